"""What the hub's pages cost beside those of wagtail-lms, in the processor's time, in one run.

    python -m bench.pages [--lessons 10 100] [--units 6500] [--rounds 30] [--requests 10]

Compared are the pages that a signed-in learner sees: home, a course, a lesson of words, a lesson
with a film, and the search for a word. Both sides teach the same courses (`bench/pages_course.py`)
of as many lessons of the same text, and their learner has done the first half. Each side is a
process of its own on the same Python, Django and Wagtail, with DEBUG off, templates read once,
static files named by their content, SQLite in a file with an open connection, sessions in the
database. A request is answered from its WSGI environment to the last byte, uncompressed, by a
process that is warm. The two answer in turn, so that whatever else the machine does meets both,
and only the processor's time of the process counts; a ratio is the median over the rounds.

wagtail-lms (MIT) is no part of the hub: it is installed into `var/peers` for this program alone,
beside the very Django and Wagtail that the hub runs on. It has a course's and a lesson's page; the
rest of its site (`bench/lms_site`) is as `wagtail start` makes it, with the least a learner's home
needs: their courses, how far they are and the next lesson. What counts for it and against the hub:
its site has a page frame of two links and signing out, its cache is in memory, and it does nothing
of what the hub's pages do beside: the post and its lead, what is due, notices, the quiz, the
transcript of a film of three minutes (it names an H5P activity instead), a content security policy.

Then the hub alone: pages of a course of more lessons, and what somebody sees who works for the
whole party, with so many units of three posts each.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.pages_course import Course

ROOT = Path(__file__).resolve().parent.parent
PEER = "wagtail-lms==0.11.1"
PEERS = ROOT / "var" / "peers"
COMPARED = ("home", "course", "lesson", "lesson with a film", "search")
PROMISED = ("home", "course", "lesson")  # at most 1.0 × what wagtail-lms takes


class NotInstalled(Exception):
    """The package that the hub is compared with cannot be had here."""


def installed_peer() -> Path:
    """Return a folder with wagtail-lms and nothing else; raise NotInstalled with a sentence."""
    folder = PEERS / PEER.replace("==", "-")
    if (folder / "wagtail_lms" / "models.py").exists():
        return folder
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*command, "--no-deps", "--target", str(folder), PEER],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["pip gave no reason."]
        raise NotInstalled(f"{PEER} cannot be installed, so nothing was compared: {lines[-1]}")
    return folder


@dataclass
class Side:
    """A process that answers requests (`bench/answering.py`)."""

    process: subprocess.Popen[str]
    looks: Mapping[str, Mapping[str, int]]  # by page: its queries and its bytes

    def measure(self, page: str, requests: int) -> float:
        """Return the milliseconds of the processor that a request of a page took."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps({"page": page, "requests": requests}), file=self.process.stdin, flush=True)
        return float(json.loads(self.process.stdout.readline())["ms"])


@contextmanager
def side(module: str, *arguments: str, path: Sequence[Path] = ()) -> Iterator[Side]:
    """Start one side in a folder of its own; yield it once it is ready, and end it after."""
    found = os.pathsep.join(map(str, [*path, ROOT]))
    with tempfile.TemporaryDirectory(prefix="membersnet-bench-") as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", module, folder, *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": found},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            first = process.stdout.readline()
            if not first:
                raise SystemExit(f"{module} ended with {process.wait()} before it answered.")
            yield Side(process, json.loads(first))
        finally:
            process.stdin.close()  # which ends it
            process.wait()
            process.stdout.close()


def in_turn(
    sides: Sequence[tuple[Side, str]], rounds: int, requests: int
) -> list[tuple[float, ...]]:
    """Return, round by round, what a request took on each side; every other round begins last."""
    found = []
    for number in range(rounds):
        order = list(enumerate(sides))[:: -1 if number % 2 else 1]
        taken = {place: one.measure(page, requests) for place, (one, page) in order}
        found.append(tuple(taken[place] for place in range(len(sides))))
    return found


def ratio(rounds: Sequence[tuple[float, ...]]) -> float:
    return statistics.median(first / second for first, second, *_more in rounds)


def compare(hub: Side, peer: Side, course: Course, given: argparse.Namespace) -> None:
    print(f"a course of {course.lessons} lessons, milliseconds of the processor a request, medians")
    print("| page | hub | wagtail-lms | hub ÷ wagtail-lms | queries | KB |")
    print("|---|---|---|---|---|---|")
    for name in COMPARED:
        page = course.page(name)
        rounds = in_turn([(hub, page), (peer, page)], given.rounds, given.requests)
        ours, theirs = (statistics.median(times) for times in zip(*rounds, strict=True))
        looks = hub.looks[page], peer.looks[page]
        queries = " and ".join(str(look["queries"]) for look in looks)
        kilobytes = " and ".join(f"{look['bytes'] / 1024:.1f}" for look in looks)
        promised = " (at most 1.0)" if name in PROMISED else ""
        print(
            f"| {name} | {ours:.2f} | {theirs:.2f} | {ratio(rounds):.2f}{promised}"
            f" | {queries} | {kilobytes} |",
            flush=True,
        )


def grow(hub: Side, short: Course, long: Course, given: argparse.Namespace) -> None:
    """Print what home and a lesson cost in a long course ÷ what they cost in a short one."""
    for name in ("home", "lesson", "lesson with a film"):
        pages = [course.page(name) for course in (long, short)]
        rounds = in_turn([(hub, page) for page in pages], given.rounds, given.requests)
        queries = [hub.looks[page]["queries"] for page in pages]
        print(
            f"{name}, {long.lessons} lessons ÷ {short.lessons}: {ratio(rounds):.2f};"
            f" queries {queries[0]} and {queries[1]}: {queries[0] - queries[1]} more",
            flush=True,
        )


def look_at_the_party(hub: Side, given: argparse.Namespace) -> None:
    for page in ("national home", "list of regions"):
        taken = statistics.median(hub.measure(page, 3) for _round in range(given.rounds))
        queries = hub.looks[page]["queries"]
        print(f"{page}, {given.units} units: {taken:.1f} ms, {queries} queries", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lessons", type=int, nargs=2, default=[10, 100])
    parser.add_argument("--units", type=int, default=6_500)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--requests", type=int, default=10, help="of a page in each round")
    given = parser.parse_args()
    try:
        peer_folder = installed_peer()
    except NotInstalled as reason:
        sys.exit(str(reason))
    short, long = (Course.of(lessons) for lessons in given.lessons)
    lessons = ["--lessons", *map(str, given.lessons)]
    with ExitStack() as stack:
        peer = stack.enter_context(side("bench.pages_peer", *lessons, path=[peer_folder]))
        hub = stack.enter_context(side("bench.pages_hub", *lessons, "--units", str(given.units)))
        compare(hub, peer, short, given)
        grow(hub, short, long, given)
        look_at_the_party(hub, given)


if __name__ == "__main__":
    main()
