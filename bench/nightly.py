"""What takes minutes: soaks, killed workers, stopped clusters, and what is promised in seconds.

    python -m bench.nightly [--only WORD …] [--summary FILE]

Each check is a program of its own with a time limit. What it measured is printed beside what is
promised. A promise in seconds holds for the machine on which the yardstick (bench/yardstick.py)
takes one second; here it is measured before and after each check, and the figure divided by it.
Exits with 1 where a promise was not met. `bash .ci/nightly` starts what the checks need.
"""

import argparse
import datetime
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import yardstick

ROOT = Path(__file__).resolve().parent.parent
SUMMARY = ROOT / "var" / "nightly.md"


@dataclass(frozen=True)
class Promise:
    """A figure that a check prints, and the most that it may be."""

    what: str
    pattern: str  # its first group is the figure, in what the check prints; the last match counts
    most: float
    unit: str = ""
    by_the_clock: bool = False  # seconds or so: divided by the yardstick


@dataclass(frozen=True)
class Check:
    """A program, how long it may take, and what is promised of it."""

    name: str
    command: tuple[str, ...]
    minutes: float  # the limit
    promises: tuple[Promise, ...] = ()
    needs: tuple[str, ...] = ()  # variables of the environment without which it is left out
    beside_a_neighbour: bool = False  # on one core, which another process keeps busy
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    check: str
    what: str
    figure: str
    promised: str
    verdict: str  # met, missed, left out

    def row(self) -> str:
        return f"| {self.check} | {self.what} | {self.figure} | {self.promised} | {self.verdict} |"


def program(name: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", f"bench.{name}", *arguments)


def tests(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)


BREACHES = Promise("breaches", r"breaches\s+(\d+)", 0)
SILENCE = Promise("longest silence of a killed worker’s job", r"\(longest\)\s+([\d.]+)", 60, "s")
BOTH = ("--database", "{NIGHTLY_DATABASE_URL}", "--redis", "{NIGHTLY_REDIS_URL}")
NO_LEASE_LOST = (BREACHES, SILENCE)
NOTHING_LOST = (
    Promise("tables that differ", r"tables that differ\s+(\d+)", 0),
    Promise("files that differ", r"files that differ\s+(\d+)", 0),
    Promise("acknowledged writes lost", r"acknowledged writes lost\s+(\d+)", 0),
)
CHECKS = (
    Check("tests that take minutes", tests("-m", "nightly", "tests"), 5),
    Check(
        "what pages show, on PostgreSQL",
        tests("-n", "2", "-m", "pages and not browser and not nightly and not any_database"),
        4,
        needs=("NIGHTLY_DATABASE_URL",),
        variables={"DATABASE_URL": "{NIGHTLY_DATABASE_URL}"},
    ),
    Check(
        "tests beside a busy neighbour, on half a core",
        tests(
            "-m",
            "not browser",
            "tests/ground/jobs",
            "tests/search/engines/cluster",
            "tests/search/test_crashes.py",
            "tests/media_pipeline/test_workers.py",
        ),
        5,
        beside_a_neighbour=True,
    ),
    Check(
        "workers killed at random moments, SQLite",
        program("kill_soak", "--kills", "8", "--films", "4", "--limit", "150"),
        4,
        NO_LEASE_LOST,
    ),
    Check(
        "workers killed at random moments, PostgreSQL and Redis",
        program("kill_soak", "--kills", "6", "--films", "3", "--limit", "150", *BOTH),
        4,
        NO_LEASE_LOST,
        needs=("NIGHTLY_DATABASE_URL", "NIGHTLY_REDIS_URL"),
    ),
    Check("wiped and restored, SQLite", program("restore_drill"), 2, NOTHING_LOST),
    Check(
        "wiped and restored, PostgreSQL",
        program("restore_drill", "--database", "{NIGHTLY_DATABASE_URL}"),
        2,
        NOTHING_LOST,
        needs=("NIGHTLY_DATABASE_URL",),
    ),
    Check(
        "what was acknowledged while workers, writers and the server are killed, 40 times each",
        program("kill_writers", "--kills", "40", "--limit", "460"),
        8,
        (BREACHES,),
    ),
    Check(
        "an upload of 500 MB, the server killed on the way",
        program("uploading", "--gigabytes", "0.5"),
        2,
        (Promise("largest server process", r"largest server process (\d+) MB", 250, "MB"),),
    ),
    Check(
        "the ladder of a film of 60 s",
        program("ladder", "--seconds", "60"),
        3,
        (
            Promise(
                "until it can be watched",
                r"= first to watch\s+[\d.]+\s+([\d.]+)",
                0.4,
                "× its length",
                True,
            ),
            Promise(
                "until it is whole",
                r"= whole ladder\s+[\d.]+\s+([\d.]+)",
                1.2,
                "× its length",
                True,
            ),
        ),
    ),
    Check(
        "captioning a film of one minute",
        program("captioning", "--minutes", "1", "--memory-minutes", "1"),
        3,
        (Promise("÷ the bare engine", r"bare engine [\d.]+ s: ([\d.]+) ×", 1.1, "×"),),
    ),
    Check(
        "starts of captions by alignment, 4 films",
        program("alignment", "--only", "starts", "--films", "4"),
        1,
        (Promise("95th percentile", r"95th percentile ([\d.]+) s", 0.25, "s off"),),
        needs=("MEMBERSNET_SHARED",),
    ),
    Check(
        "search among 14,000 passages",
        program("search", "--documents", "14000", "--rounds", "100"),
        2,
        (
            Promise(
                "95th percentile of all questions",
                r"\| all[^|]*\| [\d.]+ \| ([\d.]+)",
                5,
                "ms",
                True,
            ),
        ),
    ),
    Check(
        "2,000 hostile questions",
        program("search_hostile", "--questions", "2000"),
        2,
        (
            Promise("errors", r"questions: (\d+) errors", 0),
            Promise("99th percentile", r"p99 ([\d.]+) ms", 300, "ms", True),
        ),
    ),
    Check(
        "the texts that cost search most",
        program("search_limits"),
        1,
        (
            Promise("hostile question", r"hostile question[^:]*: ([\d.]+)", 20, "ms", True),
            Promise("best passage", r"best passage[^:]*: ([\d.]+)", 250, "ms", True),
            Promise("misspelt question", r"misspelt question[^:]*: ([\d.]+)", 250, "ms", True),
            Promise("synonyms made ready", r"the first question[^:]*: ([\d.]+)", 500, "ms", True),
            Promise("synonyms put in", r"each further question[^:]*: ([\d.]+)", 1, "ms", True),
        ),
    ),
    Check(
        "importing a book of 3,000 provisions",
        program("import_rules"),
        2,
        (
            Promise("Markdown", r"md\s+\d+ provisions\s+([\d.]+)", 20, "s", True),
            Promise("PDF", r"pdf\s+\d+ provisions\s+([\d.]+)", 60, "s", True),
        ),
    ),
    Check(
        "opening every provision of an edition of 3,000",
        program("reading"),
        2,
        (Promise("median of the processor’s time", r"p50 ([\d.]+) ms", 50, "ms", True),),
    ),
    Check(
        "comparing two editions of 3,000 provisions",
        program("compare_editions", "--rounds", "2"),
        2,
        (Promise("afresh", r"comparing them afresh\s+(\d+) ms", 2000, "ms", True),),
    ),
    Check(
        "pages beside those of wagtail-lms, and at ten times the party’s size",
        program("pages"),
        3,
        (
            Promise("home ÷ theirs", r"\| home \|[^|]*\|[^|]*\| ([\d.]+)", 1, "×"),
            Promise("course ÷ theirs", r"\| course \|[^|]*\|[^|]*\| ([\d.]+)", 1, "×"),
            Promise("lesson ÷ theirs", r"\| lesson \|[^|]*\|[^|]*\| ([\d.]+)", 1, "×"),
            Promise("queries that 90 lessons add to home", r"\nhome, .* (-?\d+) more", 0),
            Promise("queries that 90 lessons add to a lesson", r"\nlesson, .* (-?\d+) more", 0),
            Promise("national home", r"national home[^:]*: ([\d.]+) ms", 80, "ms", True),
        ),
    ),
    Check(
        "whether an answer's time tells who has an account",
        program("sign_in"),
        3,
        (
            Promise("forgot password, told apart", r"forgot.* in ([\d.]+) of", 0.65, "of pairs"),
            Promise("wrong password, told apart", r"wrong.* in ([\d.]+) of", 0.65, "of pairs"),
        ),
    ),
)


@contextmanager
def busy_neighbour(wanted: bool) -> Iterator[tuple[str, ...]]:
    """Keep the first core busy; yield what a command must begin with to run there too."""
    if not wanted:
        yield ()
        return
    core = str(min(os.sched_getaffinity(0)))
    spin = [sys.executable, "-c", "while True: pass"]
    neighbour = subprocess.Popen(["taskset", "-c", core, *spin])
    try:
        yield ("taskset", "-c", core)
    finally:
        neighbour.kill()
        neighbour.wait()


def run(check: Check) -> list[Verdict]:
    """Run one check within its limit and judge what it printed."""
    missing = [name for name in check.needs if not os.environ.get(name)]
    if missing:
        return [Verdict(check.name, "", f"needs {', '.join(missing)}", "", "left out")]
    before, began = yardstick.seconds(), time.monotonic()
    with busy_neighbour(check.beside_a_neighbour) as prefix:
        command = [filled_in(part) for part in check.command]
        variables = {name: filled_in(value) for name, value in check.variables.items()}
        status, said = output_of([*prefix, *command], check.minutes * 60, variables)
    speed = statistics.mean([before, yardstick.seconds()])
    print(said[-6000:], flush=True)
    took = f"{time.monotonic() - began:.0f} s, yardstick {speed:.2f} s"
    ended = {0: "to its end", None: f"stopped after {check.minutes:g} min"}
    found = [judged(check.name, promise, said, speed) for promise in check.promises]
    # A program that exits with 1 says that a promise was missed; where promises are judged here, by
    # the yardstick, only what they say counts.
    clocked = any(promise.by_the_clock for promise in check.promises)
    fine = status == 0 or (status == 1 and clocked and all(v.verdict == "met" for v in found))
    whole = "met" if fine else "missed"
    return [
        Verdict(check.name, took, ended.get(status, f"exit {status}"), "to its end", whole),
        *found,
    ]


def filled_in(text: str) -> str:
    """Put the environment's variables where a check names them in braces."""
    return text.format(**os.environ) if "{" in text else text


def output_of(
    command: list[str], limit: float, variables: dict[str, str]
) -> tuple[int | None, str]:
    """Return the exit status, None where the limit was reached, and all that was printed."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # so that what it started can be stopped with it
    )
    try:
        said, _nothing = process.communicate(timeout=limit)
        return process.returncode, said
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            said, _nothing = process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said, _nothing = process.communicate()
        return None, said


def judged(check: str, promise: Promise, said: str, speed: float) -> Verdict:
    found = re.findall(promise.pattern, said)
    promised = f"at most {promise.most:g} {promise.unit}".strip()
    if not found:
        return Verdict(check, promise.what, "not printed", promised, "missed")
    figure = float(found[-1])
    told = f"{figure:g} {promise.unit}".strip()
    if promise.by_the_clock:
        figure /= speed
        told += f", ÷ yardstick {figure:.2g}"
    return Verdict(
        check, promise.what, told, promised, "met" if figure <= promise.most else "missed"
    )


def summary(verdicts: list[Verdict], minutes: float) -> str:
    cores = len(os.sched_getaffinity(0))
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    missed = [verdict for verdict in verdicts if verdict.verdict == "missed"]
    lines = [
        f"{datetime.date.today()}, commit {commit}, {cores} cores, {minutes:.0f} minutes: "
        + (f"{len(missed)} missed" if missed else "all met"),
        "",
        "| check | what | figure | promised | verdict |",
        "|---|---|---|---|---|",
        *(verdict.row() for verdict in verdicts),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", metavar="WORD", help="checks whose names hold one")
    parser.add_argument("--summary", type=Path, default=SUMMARY)
    options = parser.parse_args()
    chosen = [c for c in CHECKS if not options.only or any(w in c.name for w in options.only)]
    began, verdicts = time.monotonic(), []
    for check in chosen:
        print(f"\n=== {time.monotonic() - began:5.0f} s  {check.name}", flush=True)
        verdicts += run(check)
    told = summary(verdicts, (time.monotonic() - began) / 60)
    options.summary.parent.mkdir(parents=True, exist_ok=True)
    options.summary.write_text(told, encoding="utf-8")
    print(f"\n{told}\n(also in {options.summary})")
    return 1 if any(verdict.verdict == "missed" for verdict in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
