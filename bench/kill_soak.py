"""Kills workers at random moments over a batch of real films, and holds what is left to account.

    python -m bench.kill_soak [--kills 40] [--films 12] [--seed 3] [--database URL] [--redis URL]

Several workers, as separate processes, prepare short films with real speech: with a script, without
one, and without any speech; of some a clip is asked for. A supervisor sends SIGKILL to one of them
(to that process alone, as the kernel does for want of memory) and starts another in its place. In
the end every film must be like one that was prepared in peace, nothing may be there twice, no file
may lie about that no row names, and no process may be left. Prints a table; exits 1 on any breach.

Everything happens in a folder of its own, which goes afterwards unless --keep is given. --database
names an empty PostgreSQL database to be used instead of SQLite. Takes about eight minutes.
"""

import argparse
import contextlib
import os
import random
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from bench import killing

SHARED = Path(os.environ.get("MEMBERSNET_SHARED", killing.ROOT.parent / "shared")) / "speech"
CLIPS = ("LJ001-0003", "LJ001-0005", "LJ001-0006", "LJ001-0007")
CLIP = {"start": 0.0, "end": 4.0, "shape": "1:1", "title": "A", "imprint": "By B. Agent, C Street"}
WORKERS = {
    "worker-0": "media,speech",
    "worker-1": "speech,media",
    "worker-2": "media,speech,default,index",
}
KINDS = 2 * len(CLIPS)  # different films; further ones are the same again
TOLD = "soak_announcements"  # a table with a row for each announcement of a film


def work(queues: str) -> None:
    """Be one worker, with a listener that counts the announcements of films."""
    from django.db import connection

    from media_pipeline import listeners

    def count(film: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TOLD} (film) VALUES (%s)", [film.pk])

    listeners.register(count)
    killing.work(queues)


def make_films(folder: Path, count: int) -> list[tuple[Path, str]]:
    """Short films and the script each is given: spoken with and without script, and not spoken."""
    from tests.factories.media_pipeline import make_film

    folder.mkdir()
    films: list[tuple[Path, str]] = []
    for number in range(min(count, KINDS)):
        clip = SHARED / f"{CLIPS[number % len(CLIPS)]}.flac"
        target = folder / f"film-{number}.mp4"
        if number % 4 == 3 or not clip.exists():
            films.append((make_film(target, seconds=5, size="1280x720"), ""))
            continue
        make_film(target, sound=clip, seconds=20, size="1280x720")
        script = clip.with_suffix(".txt").read_text().strip() if number % 2 else ""
        films.append((target, script))
    return [films[number % len(films)] for number in range(count)]


def bring_in(files: list[tuple[Path, str]], *, queue: bool) -> list[Any]:
    from django.core.files import File
    from django.utils import timezone

    from media_pipeline.actions.films import receive_film
    from tests.factories.party import MemberFactory

    by = MemberFactory()
    films = []
    for path, script in files:
        with path.open("rb") as source:
            films.append(
                receive_film(
                    title=path.stem,
                    upload=File(source, name=path.name),
                    language="en",
                    script=script,
                    by=by,
                    now=timezone.now(),
                    queue=queue,
                )
            )
    return films


def facts(film: Any) -> dict[str, Any]:
    """All that a viewer gets of a film, without what differs from upload to upload."""
    tracks = film.tracks.order_by("version")
    return {
        "state": film.state,
        "jobs": sorted(film.jobs.steps().values_list("step", "position", "status")),
        "renditions": sorted(film.renditions.values_list("kind", "height", "width")),
        "stills": sorted(film.stills.values_list("position", "second", "is_poster")),
        "tracks": [(one.kind, one.stage, one.is_current, one.version) for one in tracks],
        "cues": [list(one.cues.values_list("position", "start", "end", "text")) for one in tracks],
    }


@dataclass
class Watch:
    """How long jobs were silent until another worker claimed them, and what the kills met."""

    seen: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    waited: list[float] = field(default_factory=list)
    hit: Counter[str] = field(default_factory=Counter)

    def look(self) -> list[str]:
        """Note every running job's lease and last sign of life; return the steps that run."""
        from media_pipeline.models import Job

        steps = []
        running = Job.objects.running().values_list(
            "pk", "lease", "heartbeat_at", "started_at", "step"
        )
        for pk, lease, heartbeat, started, step in running:
            before = self.seen.get(pk)
            if before and before[0] != lease:
                self.waited.append((started - before[1]).total_seconds())
            self.seen[pk] = (lease, heartbeat)
            steps.append(step)
        return steps


def soak(processes: killing.Processes, options: argparse.Namespace) -> Watch:
    """Kill workers until the number is reached, then wait until the batch is done."""
    from media_pipeline.models import Job
    from search.models import ChangedEntry

    watch, kills, asked, rng = Watch(), 0, set[int](), random.Random(options.seed)
    next_kill = time.monotonic() + 6.0  # seconds in which the workers start
    deadline = time.monotonic() + options.limit
    while time.monotonic() < deadline:
        ask_for_clips(asked)
        steps = watch.look()
        left = Job.objects.under_way().count()
        if kills < options.kills and time.monotonic() >= next_kill and (steps or not left):
            kills += 1
            watch.hit.update(steps)
            pid = processes.kill(rng.choice(processes.names))
            at_work = ", ".join(steps) or "nothing"
            print(f"  kill {kills:2}: process {pid}; running: {at_work}; {left} left", flush=True)
            next_kill = time.monotonic() + rng.uniform(0.5, 2 * options.every - 0.5)
        if kills >= options.kills and not left and not ChangedEntry.objects.exists():
            break
        time.sleep(0.25)
    return watch


def ask_for_clips(asked: set[int], most: int = 5) -> None:
    """Ask for a clip of each film that is ready, up to so many; a person has three open at once."""
    from django.utils import timezone

    from ground.refusals import Refused
    from media_pipeline.actions.clips import request_clip
    from media_pipeline.models import Film

    for film in Film.objects.ready().exclude(pk__in=asked)[: most - len(asked)]:
        with contextlib.suppress(Refused):
            request_clip(
                film,
                **CLIP,
                by=film.uploaded_by,
                now=timezone.now(),
            )
            asked.add(film.pk)


def breaches(films: list[Any], peaceful: list[dict[str, Any]]) -> list[str]:
    """Everything that is not as it would be in peace, in a line each."""
    import av
    from django.db import connection

    from media_pipeline.models import Clip, Film, Job
    from search.actions.index_state import compare_index
    from search.actions.indexing import engine

    found = []
    for film, expected in zip(films, peaceful, strict=True):
        film = Film.objects.get(pk=film.pk)
        actual = facts(film)
        found += [
            f"{film}: {key} is {actual[key]}, in peace {expected[key]}"
            for key in expected
            if actual[key] != expected[key]
        ]
        for rendition in film.renditions.all():
            if rendition.kind == "mp4":
                with av.open(rendition.file.path) as opened:
                    if abs(opened.duration / av.time_base - film.duration) > 0.3:
                        found.append(f"{rendition}: its file has another length")
        for attempt in film.jobs.filter(attempts__gt=5):
            found.append(f"{attempt}: {attempt.attempts} attempts")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT film, COUNT(*) FROM {TOLD} GROUP BY film HAVING COUNT(*) <> 1")
        found += [f"film {pk} was announced {count} times" for pk, count in cursor.fetchall()]
        cursor.execute(f"SELECT COUNT(DISTINCT film) FROM {TOLD}")
        if cursor.fetchone()[0] != len(films):
            found.append("not every film was announced")
    found += [f"{job} is {job.status}" for job in Job.objects.exclude(status=Job.Status.DONE)]
    found += [f"{clip} has no file" for clip in Clip.objects.filter(file="")]
    found += [] if Clip.objects.exists() else ["no clip was made"]
    ids = [document.id for document in engine().documents()]
    if len(ids) != len(set(ids)):
        found.append("the index holds a document twice")
    if differences := compare_index():
        found.append(f"the index is not what the sources say: {differences}")
    return found


def strays(folder: Path) -> tuple[int, list[str]]:
    """Clean up as the workers do hourly; return how much went, and what no row names even so."""
    import datetime

    from django.utils import timezone

    from media_pipeline.actions import stray_files

    later = timezone.now() + datetime.timedelta(hours=2)
    removed = stray_files.remove_stray_files(later)
    named = stray_files.named_files()
    kept = {
        str(one.relative_to(folder / "media"))
        for one in (folder / "media").rglob("*")
        if one.is_file()
    }
    work = [str(one) for one in (folder / "work").rglob("*") if one.is_file()]
    return len(removed), sorted(kept ^ named) + work


def processes_left(folder: Path) -> list[str]:
    """Programs that still run on the soak's folder, such as an ffmpeg whose worker is gone."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in command and entry.name != str(os.getpid()) and "--keep" not in command:
            found.append(f"process {entry.name} is left: {command[:80]}")
    return found


def run(folder: Path, options: argparse.Namespace) -> int:
    from django.db import connection

    from courses.models import LessonPage
    from media_pipeline.actions.films import delete_film
    from media_pipeline.actions.step_runner import run_all_steps
    from tests.factories.courses import make_course, make_lesson

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TOLD} (film INTEGER NOT NULL)")
    files = make_films(folder / "made", options.films)
    print(f"{len(files)} films; first in peace, for comparison.", flush=True)
    originals = bring_in(files[:KINDS], queue=False)
    peaceful = [facts(run_all_steps(one)) for one in originals]
    for one in originals:
        delete_film(one, by=one.uploaded_by)
    course = make_course(lessons=0)
    films = bring_in(files, queue=True)
    for number, film in enumerate(films):
        lesson = make_lesson(course, number)
        LessonPage.objects.filter(pk=lesson.pk).update(film=film)  # before it is ready
    processes = killing.Processes("bench.kill_soak", folder, *WORKERS)
    began = time.monotonic()
    try:
        watch = soak(processes, options)
    finally:
        processes.stop()
    seconds = time.monotonic() - began
    found = breaches(films, [peaceful[n % len(peaceful)] for n in range(len(films))])
    removed, stray = strays(folder)
    found += [f"stray or missing file: {name}" for name in stray] + processes_left(folder)
    report(watch, seconds, removed, found)
    return 1 if found else 0


def report(watch: Watch, seconds: float, removed: int, found: list[str]) -> None:
    print("\nsteps running when a worker was killed")
    for step, count in watch.hit.most_common():
        print(f"  {step:<16}{count:4}")
    print(f"\nlasted                                  {seconds:6.0f} s")
    if watch.waited:
        print(f"jobs of killed workers claimed again     {len(watch.waited):6}")
        print(f"  silent before that (median)           {statistics.median(watch.waited):6.1f} s")
        print(f"  silent before that (longest)          {max(watch.waited):6.1f} s")
        if max(watch.waited) > 60:
            found.append("a killed worker's job waited for more than a minute")
    print(f"stray files that the hourly look removes{removed:6}")
    print(f"breaches                                {len(found):6}")
    for line in found:
        print(f"  {line}")


def main() -> int:
    parser = killing.options(__doc__.splitlines()[0], kills="of workers", limit=1500)
    parser.add_argument("--films", type=int, default=16)
    parser.add_argument("--every", type=float, default=8.0, help="mean seconds between two kills")
    options = parser.parse_args()
    if options.serve:
        works = {name: partial(work, queues) for name, queues in WORKERS.items()}
        return killing.serve(options.serve, works)
    with killing.killed_hub(
        options,
        HF_HUB_OFFLINE="1",
        MEMBERSNET_SPEECH_AT_ONCE="1",
        MEMBERSNET_SPEECH_ENGINE="pocketsphinx",
    ) as folder:
        return run(folder, options)


if __name__ == "__main__":
    sys.exit(main())
