"""Kills whoever writes at random moments, and counts what was acknowledged and is not there.

    python -m bench.kill_writers [--kills 40] [--only uploads …] [--seed 3] [--database URL]
                                 [--redis URL]

One kind of thing after the other is done over and over (bench/kill_targets): files are imported,
editions and pages published, the index written, films uploaded, quizzes handed in, progress
reported. During each, SIGKILL goes so many times to one process at a random moment: the one that
writes or one of two workers that go on with it, or the web server's, to which a person sends their
request again until it is answered. What was done is noted once its transaction is committed, or its
answer has come: that is what was acknowledged. In the end, when the workers have nothing left to
do, all of it must be there once, and nothing twice. Prints a table; exits 1 on any breach.

Films in the making are killed by bench/kill_soak.py.
"""

import argparse
import itertools
import json
import os
import random
import sys
import threading
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from bench import killing
from bench.kill_targets import indexed, learners, pages, rules, uploads
from bench.kill_targets.target import Acknowledged, Client, Sent, Target, Written
from bench.own_hub import sign_in
from bench.server import Server

TARGETS: tuple[Target, ...] = (
    rules.IMPORTS,
    rules.EDITIONS,
    pages.SCHEDULED,
    indexed.INDEX,
    uploads.UPLOADS,
    learners.QUIZZES,
    learners.PROGRESS,
)
WORKERS = {"worker-0": "default,index", "worker-1": "index,default"}
WRITER = "writer"
OFTEN = 2  # seconds between two looks for pages to be published, so that kills meet it
LONGEST_PAUSE = 0.3  # seconds from an acknowledgement to a kill: longer than most acts take
MEETS_WITHIN = 1.5  # seconds in which a worker is expected to have a job in hand


# --- what the processes do --------------------------------------------------------------------
def write(folder: Path) -> None:
    """Do what the file `turn` names, and note each act once it is committed; until killed."""
    acts = {target.name: target.act for target in TARGETS if isinstance(target, Written)}
    file = os.open(folder / "acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in itertools.count():
        turn = (folder / "turn").read_text()
        if turn not in acts:
            time.sleep(0.02)
            continue
        token = f"{os.getpid()}-{number}"
        line = json.dumps([turn, token, acts[turn](token)]) + "\n"
        os.write(file, line.encode())


def work(queues: str) -> None:
    from django.conf import settings

    settings.DUTIES[pages.DUTY] = OFTEN
    killing.work(queues)


# --- who kills --------------------------------------------------------------------------------
class Writers:
    """The process that writes and the workers: done by turns, and killed by turns."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder, self.rng = folder, rng
        self.took = set()  # leases that a killed worker may have held
        self.killed: Counter[str] = Counter()
        self.met = 0  # kills of a worker while one of them had a job of this kind in hand
        self.turn("")
        self.processes = killing.Processes("bench.kill_writers", folder, WRITER, *WORKERS)

    def turn(self, name: str) -> None:
        new = self.folder / "turn.new"
        new.write_text(name)
        new.replace(self.folder / "turn")

    def begin(self, target: Written) -> None:
        self.turn(target.name)

    def end(self) -> None:
        """Stop what is being done, in the middle of it."""
        self.turn("")
        self.processes.kill(WRITER)

    def count(self) -> int:
        path = self.folder / "acknowledged"
        return path.stat().st_size if path.exists() else 0

    def kill(self, target: Written, number: int) -> None:
        """Kill the writer and, every other time, a worker, if possible while one is at it."""
        name = WRITER if number % 2 else self.rng.choice(list(WORKERS))
        if name == WRITER:
            time.sleep(self.rng.uniform(0.0, LONGEST_PAUSE))
        else:
            self._await_work(target)
            time.sleep(self.rng.uniform(0.0, LONGEST_PAUSE) * self.rng.choice([0.02, 1.0]))
            held = target.held() - self.took
            self.met += bool(held)
            self.took |= held
        self.processes.kill(name)
        self.killed[name] += 1

    def _await_work(self, target: Written) -> None:
        until = time.monotonic() + MEETS_WITHIN
        while not target.held() - self.took and time.monotonic() < until:
            time.sleep(0.002)

    def acknowledged(self, target: Written) -> Acknowledged:
        path = self.folder / "acknowledged"
        lines = path.read_text().splitlines() if path.exists() else ()
        rows = [json.loads(line) for line in lines]
        return {token: key for name, token, key in rows if name == target.name}


class Visitors:
    """Somebody who sends things to a server whose process is killed."""

    def __init__(self, server: Server, rng: random.Random) -> None:
        self.client, self.rng = Client(server), rng
        self.done: dict[str, Acknowledged] = {}
        self.failed: list[str] = []
        self.thread: threading.Thread | None = None
        self.stopping = threading.Event()

    def begin(self, target: Sent) -> None:
        self.done[target.name] = {}
        self.stopping.clear()
        self.thread = threading.Thread(target=self._send, args=(target,), daemon=True)
        self.thread.start()

    def _send(self, target: Sent) -> None:
        done = self.done[target.name]
        try:
            while not self.stopping.is_set():
                token = f"{target.name} {len(done)}"
                done[token] = target.act(self.client, token)
        except (Exception, SystemExit) as error:
            self.failed.append(f"{target.name}: {error!r}")

    def end(self) -> None:
        self.stopping.set()
        if self.thread:
            self.thread.join()

    def count(self) -> int:
        return sum(map(len, self.done.values())) + len(self.failed)

    def kill(self, target: Sent, number: int) -> None:
        time.sleep(self.rng.uniform(0.0, LONGEST_PAUSE))
        self.client.server.kill_process()

    def acknowledged(self, target: Sent) -> Acknowledged:
        return self.done.get(target.name, {})


def kill_during(target: Target, side: Any, kills: int, until: float) -> None:
    """Kill so many times while something is done, and each time only once it goes on again."""
    side.begin(target)
    for number in range(kills):
        before = side.count()
        while side.count() == before:
            time.sleep(0.01)
            if time.monotonic() > until:
                raise SystemExit(f"{target.name}: nothing was acknowledged after {number} kills.")
        side.kill(target, number)
    side.end()


def wait_until_done(until: float) -> None:
    """Wait until nothing is left to do, or the time is over."""
    from django.utils import timezone
    from wagtail.models import Revision

    from ground.jobs.models import TaskJob
    from library.rules.models import RulesImport
    from search.models import ChangedEntry

    while time.monotonic() < until:
        left = (
            TaskJob.objects.under_way().exists()
            or RulesImport.objects.under_way().exists()
            or ChangedEntry.objects.exists()
            or Revision.objects.filter(approved_go_live_at__lt=timezone.now()).exists()
        )
        if not left:
            break
        time.sleep(0.5)


def breaches_in_jobs() -> list[str]:
    """Return a line for each job that did not come to its end."""
    from ground.jobs.duties import in_trouble
    from ground.jobs.models import TaskJob

    left = TaskJob.objects.exclude(status=TaskJob.Status.DONE)
    return [f"{job} is {job.status}: {job.reason}" for job in left] + [
        f"{duty} is in trouble: {duty.reason}" for duty in in_trouble()
    ]


def run(folder: Path, chosen: argparse.Namespace) -> int:
    targets = [t for t in TARGETS if not chosen.only or any(w in t.name for w in chosen.only)]
    for target in targets:
        target.set_up()
    rng, began = random.Random(chosen.seed), time.monotonic()
    until = began + chosen.limit
    server = Server(sign_in(staff=True), "--preload", "--workers", "1")
    writers = Writers(folder, rng)
    visitors = Visitors(server, rng)
    try:
        server.start()
        for target in targets:
            side = writers if isinstance(target, Written) else visitors
            kill_during(target, side, chosen.kills, until)
            print(f"{time.monotonic() - began:4.0f} s  {target.name}", flush=True)
        ended = time.monotonic()
        wait_until_done(until)
        again = sum(t.ask_again() for t in targets if isinstance(t, Written))
        if again:
            wait_until_done(until)
        waited = time.monotonic() - ended
    finally:
        server.kill()
        writers.processes.stop()
    print("\n| what | kills | acknowledged | lost or doubled |\n|---|---|---|---|")
    found = visitors.failed + breaches_in_jobs()
    for target in targets:
        done = (writers if isinstance(target, Written) else visitors).acknowledged(target)
        lines = target.account(done)
        print(f"| {target.name} | {chosen.kills} | {len(done)} | {len(lines)} |")
        found += [f"{target.name}: {line}" for line in lines]
    killed = ", ".join(f"{name} {n} ×" for name, n in sorted(writers.killed.items()))
    print(f"\nkilled: {killed}; a worker had such a job in hand {writers.met} ×")
    print(f"requests sent again {visitors.client.again}")
    print(f"jobs given up after they lost every worker, and asked for again {again}")
    print(f"lasted {ended - began:.0f} s, and {waited:.0f} s until nothing was left to do")
    print(f"breaches {len(found)}")
    for line in found[:40]:
        print(f"  {line}")
    return 1 if found else 0


def main() -> int:
    parser = killing.options(__doc__.splitlines()[0], kills="of each kind", limit=900)
    parser.add_argument("--only", nargs="+", metavar="WORD", help="targets whose names hold one")
    chosen = parser.parse_args()
    if chosen.serve:
        works = {name: partial(work, queues) for name, queues in WORKERS.items()}
        works = {WRITER: partial(write, chosen.serve), **works}
        return killing.serve(
            chosen.serve, works, "tests.factories.courses", "tests.factories.library"
        )
    with killing.killed_hub(chosen, MEMBERSNET_MAX_OPEN_UPLOADS="1000") as folder:
        return run(folder, chosen)


if __name__ == "__main__":
    sys.exit(main())
