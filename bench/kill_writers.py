"""Kills workers and writers at random moments, and counts what was acknowledged and is not there.

    python -m bench.kill_writers [--kills 40] [--seed 3] [--database URL] [--redis URL]

Two workers and a writer run as processes of their own. The writer does by turns what members and
editors do (give a rule book to be imported, publish an edition, have a lesson go live at a moment,
save a fact card, hand in a quiz, report what was watched) and notes each in a file once its
transaction is committed: that is what was acknowledged. A supervisor sends SIGKILL to one of the
three and starts another in its place. In the end, when the workers have nothing left to do, all
that was acknowledged must be there once, and nothing twice: imports with one edition each, notices
of each edition, pages live with one entry in their history, attempts, watched seconds, and an index
that says what its sources say. Prints a table; exits 1 on any breach.

Not covered here: films (bench/kill_soak.py) and uploads (bench/uploading.py kills the server).
"""

import argparse
import datetime
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.kill_soak import ROOT, prepare_environment

WORKERS = ("default,index", "index,default")
PUBLISHED = "wagtail.publish.scheduled"


# --- the writer -------------------------------------------------------------------------------
class Writer:
    """Does one thing after the other, and notes what was done once it is committed."""

    def __init__(self, folder: Path) -> None:
        self.acknowledged = os.open(
            folder / "acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
        )

    def write(self) -> None:
        """Go on until killed."""
        for act in itertools.cycle(ACTS):
            token = f"{os.getpid()}-{time.monotonic_ns():x}"
            key = ACTS[act](token)
            line = json.dumps([act, token, key]) + "\n"
            os.write(self.acknowledged, line.encode())
            time.sleep(0.02)


def give_file(token: str) -> int:
    from django.core.files.base import ContentFile
    from django.utils import timezone

    from library.rules.actions.imports import request_import
    from library.rules.models import Work
    from tests.factories.library import BOOK

    given = request_import(
        work=Work.objects.get(slug="imported"),
        label=token,
        in_force_from=datetime.date(2030, 1, 1),
        file=ContentFile(BOOK.encode(), name="rules.md"),
        by=None,
        now=timezone.now(),
    )
    return given.pk


def publish_rules(token: str) -> int:
    from library.rules.models import Edition, Work
    from tests.factories.library import BOOK, make_edition

    work = Work.objects.get(slug="published")
    editions = Edition.objects.filter(work=work)
    last = editions.published().order_by("in_force_from").last()
    text = BOOK.replace("ten members", f"{editions.count() + 20} members")
    start = last.in_force_from + datetime.timedelta(days=1)
    return make_edition(work, text, label=token, in_force_from=start).pk


def schedule(token: str) -> int:
    """Have a lesson that is live have a new title in a second."""
    from django.db import transaction
    from django.utils import timezone

    from courses.models import CoursePage, LessonPage
    from tests.factories.courses import make_lesson

    course = CoursePage.objects.get(slug="killed")
    with transaction.atomic():
        made = make_lesson(course, 1, slug=f"lesson-{token}", title="Before")
        made.save_revision().publish()
        lesson = LessonPage.objects.get(pk=made.pk)
        lesson.title = f"Live {token}"
        lesson.go_live_at = timezone.now() + datetime.timedelta(seconds=1)
        lesson.save_revision().publish()
    return lesson.pk


def save_card(token: str) -> int:
    from tests.factories.library import make_card

    return make_card(f"card-{token}").pk


def hand_in(token: str) -> int:
    from django.utils import timezone

    from courses.models import QuizPage
    from learning.actions.attempts import submit_attempt
    from learning.models import Enrolment
    from tests.factories.courses import wrong_answers

    quiz, enrolment = QuizPage.objects.get(), Enrolment.objects.get()
    return submit_attempt(
        enrolment, quiz, chosen=wrong_answers(quiz), by=enrolment.member, now=timezone.now()
    ).pk


def watch(token: str) -> int:
    """Report a second of the film as watched, and return which."""
    from django.utils import timezone

    from courses.models import LessonPage
    from learning.actions.lessons import record_watching
    from learning.models import Enrolment

    lesson = LessonPage.objects.exclude(film=None).get()
    second = 2 * (time.time_ns() // 100_000_000 % 40_000)
    segments, enrolment, now = [(second, second + 1)], Enrolment.objects.get(), timezone.now()
    record_watching(enrolment, lesson, segments=segments, position=second, position_at=now, now=now)
    return second


ACTS: dict[str, Callable[[str], int]] = {
    "import": give_file,
    "edition": publish_rules,
    "scheduled": schedule,
    "index": save_card,
    "quiz": hand_in,
    "watched": watch,
}


def set_up() -> None:
    """Make what the writer writes about."""
    from django.core.management import call_command
    from django.utils import timezone

    from learning.actions.enrolments import enrol
    from library.rules.actions.followers import follow
    from search.actions.indexing import rebuild_index
    from tests.factories.courses import make_course, make_lesson
    from tests.factories.library import make_edition, make_work
    from tests.factories.media_pipeline import ReadyFilmFactory
    from tests.factories.party import MemberFactory

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    make_work("imported")
    first, member = make_edition(make_work("published")), MemberFactory()
    follow(first.work, by=member, now=timezone.now())
    course = make_course("killed", lessons=0)
    lesson = make_lesson(course, 1)
    lesson.film = ReadyFilmFactory(title="A film", duration=100_000.0)
    lesson.save_revision().publish()
    enrol(course, by=member, now=timezone.now())
    rebuild_index()


# --- the supervisor ---------------------------------------------------------------------------
def at_work() -> bool:
    """Say whether a worker has a job in hand."""
    from ground.jobs.models import TaskJob
    from library.rules.models import RulesImport

    return RulesImport.objects.running().exists() or TaskJob.objects.running().exists()


class Supervisor:
    """Keeps the workers and the writer running, and kills one of them when told to."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder, self.rng = folder, rng
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.killed: Counter[str] = Counter()
        self.met = 0  # kills of a worker while some job ran

    def start(self, name: str) -> None:
        command = [sys.executable, "-m", "bench.kill_writers", "--write", str(self.folder)]
        if name != "writer":
            command = [sys.executable, "manage.py", "worker", "--no-startup-delay"]
            command += ["--interval", "0.1", "--queue-name", WORKERS[int(name[-1])]]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def look_after(self) -> list[str]:
        """Start what ended by itself anew; return its names."""
        ended = [name for name, process in self.running.items() if process.poll() is not None]
        for name in ended:
            self.start(name)
        return ended

    def kill_one(self) -> None:
        """Kill the writer at any moment, a worker where one of them is at work, if that is soon."""
        name = self.rng.choice(sorted(self.running))
        until = time.monotonic() + 5.0
        while name != "writer" and not at_work() and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(self.rng.uniform(0.0, 0.05))
        self.met += name != "writer" and at_work()
        self.kill(name)
        self.start(name)
        self.killed[name] += 1

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def size_of(folder: Path) -> int:
    """Return how many bytes of acknowledgements there are."""
    return (folder / "acknowledged").stat().st_size


def acknowledged(folder: Path) -> dict[str, dict[str, int]]:
    """Return what was acknowledged: by act, the row's number by token."""
    found: dict[str, dict[str, int]] = {act: {} for act in ACTS}
    file = folder / "acknowledged"
    for line in file.read_text().splitlines() if file.exists() else ():
        act, token, key = json.loads(line)
        found[act][token] = key
    return found


def soak(supervisor: Supervisor, options: argparse.Namespace) -> int:
    """Kill until the number is reached, with a random pause after each; return unasked-for ends."""
    ended = 0
    for name in ("worker-0", "worker-1", "writer"):
        supervisor.start(name)
    deadline = time.monotonic() + options.limit
    while not acknowledged(supervisor.folder)["watched"]:  # all have started, and each act is done
        time.sleep(0.2)
        if time.monotonic() > deadline:
            raise SystemExit("The writer never began; see its log.")
    for _kill in range(options.kills):
        written = size_of(supervisor.folder)
        while size_of(supervisor.folder) == written and time.monotonic() < deadline:
            time.sleep(0.05)  # a writer that was just started has to begin
        time.sleep(supervisor.rng.uniform(0.0, 2 * options.every))
        ended += len(supervisor.look_after())
        supervisor.kill_one()
    time.sleep(2 * options.every)
    supervisor.kill("writer")
    return ended


def wait_until_done(limit: float) -> float:
    """Wait until nothing is left to do; return how many seconds that took."""
    from django.utils import timezone
    from wagtail.models import Revision

    from ground.jobs.models import TaskJob
    from library.rules.models import RulesImport
    from search.models import ChangedEntry

    began = time.monotonic()
    while time.monotonic() < began + limit:
        left = (
            TaskJob.objects.under_way().exists()
            or RulesImport.objects.under_way().exists()
            or ChangedEntry.objects.exists()
            or Revision.objects.filter(approved_go_live_at__lt=timezone.now()).exists()
        )
        if not left:
            break
        time.sleep(0.5)
    return time.monotonic() - began


# --- the account ------------------------------------------------------------------------------
def breaches(done: dict[str, dict[str, int]]) -> list[str]:
    """Everything that was acknowledged and is not there, or is there twice, in a line each."""
    return [
        f"{act}: {line}"
        for act, check in (
            ("import", imports),
            ("edition", editions),
            ("scheduled", lessons),
            ("index", index),
            ("quiz", attempts),
            ("watched", watched),
            ("jobs", jobs),
        )
        for line in check(done.get(act, {}))
    ]


def imports(done: dict[str, int]) -> list[str]:
    from library.rules.models import Edition, RulesImport

    labels = Counter(Edition.objects.filter(work__slug="imported").values_list("label", flat=True))
    stand = dict(RulesImport.objects.values_list("label", "status"))
    return [f"{token} has {labels[token]} drafts" for token in done if labels[token] != 1] + [
        f"{label} is {status}, with {labels[label]} drafts"
        for label, status in stand.items()
        if (status, labels[label]) != ("done", 1)
    ]


def editions(done: dict[str, int]) -> list[str]:
    from library.rules.models import Edition
    from party.actions.notices.occasions import Occasion
    from party.models import Notice

    published = Edition.objects.published().filter(work__slug="published")
    kept = dict(published.values_list("label", "pk"))
    notices = Counter(Notice.objects.values_list("key", flat=True))
    first = published.order_by("in_force_from").first()
    return [f"{token} is not published" for token in done if token not in kept] + [
        f"{label} has {notices[key]} notices"
        for label, pk in kept.items()
        if pk != first.pk and notices[key := f"{Occasion.EDITION_PUBLISHED}:{pk}"] != 1
    ]


def lessons(done: dict[str, int]) -> list[str]:
    from wagtail.models import Page, PageLogEntry

    titles = dict(Page.objects.live().values_list("pk", "title"))
    entries = PageLogEntry.objects.filter(action=PUBLISHED).values_list("page_id", flat=True)
    times = Counter(entries)
    missing = [
        f"{token} is not live" for token, pk in done.items() if titles[pk] != f"Live {token}"
    ]
    return missing + [f"page {pk} went live {n} times" for pk, n in times.items() if n != 1]


def index(done: dict[str, int]) -> list[str]:
    from library.facts.models import FactCard
    from search.actions.index_state import compare_index
    from search.actions.indexing import engine

    kept = set(FactCard.objects.values_list("pk", flat=True))
    ids = [(document.kind, document.id) for document in engine().documents()]
    found = [f"card {token} is not there" for token, pk in done.items() if pk not in kept]
    found += [] if len(ids) == len(set(ids)) else ["a document is in the index twice"]
    differences = compare_index()
    return found + ([f"it is not what its sources say: {differences}"] if differences else [])


def attempts(done: dict[str, int]) -> list[str]:
    from learning.models import Attempt

    kept = set(Attempt.objects.values_list("pk", flat=True))
    return [f"attempt {token} is not there" for token, pk in done.items() if pk not in kept]


def watched(done: dict[str, int]) -> list[str]:
    from learning.models import LessonProgress

    segments = LessonProgress.objects.get().segments
    covered = [second for second in done.values() if _holds(segments, second)]
    return [f"{len(done) - len(covered)} seconds are missing"] if len(covered) < len(done) else []


def _holds(segments: list[list[float]], second: int) -> bool:
    return any(start <= second and second + 1 <= end for start, end in segments)


def jobs(done: dict[str, int]) -> list[str]:
    from ground.jobs.duties import in_trouble
    from ground.jobs.models import TaskJob

    left = TaskJob.objects.exclude(status=TaskJob.Status.DONE)
    return [f"{job} is {job.status}: {job.reason}" for job in left] + [
        f"{duty} is in trouble: {duty.reason}" for duty in in_trouble()
    ]


def run(folder: Path, options: argparse.Namespace) -> int:
    set_up()
    supervisor = Supervisor(folder, random.Random(options.seed))
    began = time.monotonic()
    try:
        ended = soak(supervisor, options)
        waited = wait_until_done(options.limit)
    finally:
        for name in list(supervisor.running):
            supervisor.kill(name)
    done = acknowledged(folder)
    found = breaches(done)
    killed = ", ".join(f"{name} {n} ×" for name, n in sorted(supervisor.killed.items()))
    print(f"killed: {killed}; a job ran {supervisor.met} ×")
    print("acknowledged: " + ", ".join(f"{len(rows)} × {act}" for act, rows in done.items()))
    print(f"lasted {time.monotonic() - began:.0f} s; until nothing was left {waited:.0f} s")
    found += [f"{ended} processes ended by themselves"] if ended else []
    print(f"breaches {len(found)}")
    for line in found[:40]:
        print(f"  {line}")
    return 1 if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--every", type=float, default=1.5, help="mean seconds between two kills")
    parser.add_argument("--limit", type=float, default=300, help="seconds until it gives up")
    parser.add_argument("--database", help="a PostgreSQL database, empty, instead of SQLite")
    parser.add_argument("--redis", help="a Redis for the queues, instead of the database")
    parser.add_argument("--keep", action="store_true", help="keep the folder")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        import django

        django.setup()
        Writer(options.write).write()
    folder = Path(tempfile.mkdtemp(prefix="membersnet-killed-"))
    try:
        prepare_environment(folder, options)
        return run(folder, options)
    finally:
        if options.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
