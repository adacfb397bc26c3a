"""How quickly the embedded engine answers and indexes, and how that grows.

    .venv/bin/python bench/search.py [--documents 14000 140000] [--rounds 200] [--draw]

The whole series with its drawing, on a machine that does nothing else (about ten minutes):

    .venv/bin/python bench/search.py --documents 14000 140000 1000000 --draw

One process on one core. Each question is asked as the page of all kinds asks it. `--cpu` counts
the process's own time and not the clock's, where the machine has other work.
"""

import argparse
import contextlib
import math
import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from growth_drawing import Curve, drawing  # noqa: E402 - the path is set first
from search_passages import documents, questions  # noqa: E402 - as above

from search.engines.embedded import EmbeddedEngine  # noqa: E402 - as above
from search.engines.question import Query  # noqa: E402 - as above
from search.questions.parsing import parse  # noqa: E402 - as above

MEMBERS = frozenset({"anyone", "members"})
PAGE = {"per_kind": 4, "per_group": 2}
DRAWING = ROOT / "docs" / "images" / "search-growth.svg"
TARGETS = {14_000: 5.0, 140_000: 15.0, 1_000_000: 60.0}  # p95 of all sorts together, milliseconds
ALL = "all of these"


@dataclass
class Measured:
    """What was found at one size; times in milliseconds, in order, by the sort of question."""

    count: int
    seconds: float
    megabytes: float
    change_ms: float
    times: dict[str, list[float]]


def share(ordered: list[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, math.floor(len(ordered) * part))]


def measure(count: int, rounds: int, clock) -> Measured:
    asked = questions(count, rounds)
    first = next(documents(1))
    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder))
        making = time.perf_counter()
        for _document in documents(count):
            pass
        making = time.perf_counter() - making
        started = time.perf_counter()
        engine.rebuild(documents(count))
        seconds = time.perf_counter() - started - making
        size = sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file())
        started = time.perf_counter()
        engine.write([first.entry], [first])
        change = (time.perf_counter() - started) * 1000
        times = {sort: sorted(answered(engine, texts, clock)) for sort, texts in asked.items()}
        times[ALL] = sorted(took for each in times.values() for took in each)
        words = [text.split() for text in asked["half-typed"]]
        times["suggestions"] = sorted(suggested(engine, words, clock))
    return Measured(count, seconds, size / 1e6, change, times)


def answered(engine: EmbeddedEngine, texts: list[str], clock) -> list[float]:
    times = []
    for text in texts:
        started = clock()
        engine.search(Query(parse(text), MEMBERS, **PAGE))
        times.append((clock() - started) * 1000)
    return times


def suggested(engine: EmbeddedEngine, texts: list[list[str]], clock) -> list[float]:
    times = []
    for words in texts:
        plain = tuple(word.lower() for word in words)
        for asked in (plain, plain[-1:], (plain[-1][:2],)):
            started = clock()
            engine.suggest(asked, MEMBERS, 8)
            times.append((clock() - started) * 1000)
    return times


def told(found: Measured) -> str:
    rate = found.count / found.seconds
    lines = [
        f"\n## {found.count:,} passages\n",
        f"indexed in {found.seconds:.1f} s: {rate:,.0f} a second; {found.megabytes:.0f} MB on disk;"
        f" one change {found.change_ms:.0f} ms\n",
        "| question | p50 ms | p95 ms | p99 ms |",
        "|---|---|---|---|",
    ]
    for sort, times in found.times.items():
        p50, p95, p99 = (share(times, part) for part in (0.5, 0.95, 0.99))
        lines.append(f"| {sort} | {p50:.2f} | {p95:.2f} | {p99:.2f} |")
    target = TARGETS.get(found.count)
    if target:
        met = "met" if share(found.times[ALL], 0.95) <= target else "missed"
        lines.append(f"\np95 of all at most {target:.0f} ms: {met}")
    return "\n".join(lines)


def draw(series: list[Measured]) -> None:
    sizes = [found.count for found in series]
    names = [sort for sort in series[0].times if sort != ALL]
    curves = [
        Curve(sort, [(f.count, share(f.times[sort], 0.95)) for f in series]) for sort in names
    ]
    curves.append(Curve(ALL, [(f.count, share(f.times[ALL], 0.95)) for f in series], strong=True))
    target = [(size, TARGETS[size]) for size in sizes if size in TARGETS]
    curves.append(Curve("at most", target, dashed=True))
    answering = ("How answers grow", "95 of 100 answers take at most, ms", curves)
    indexing = (
        "How indexing grows",
        "seconds; megabytes",
        [
            Curve("seconds to index all", [(f.count, f.seconds) for f in series]),
            Curve("megabytes on disk", [(f.count, f.megabytes) for f in series]),
        ],
    )
    DRAWING.write_text(drawing([answering, indexing], "passages"), encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("--documents", type=int, nargs="+", default=[14_000, 140_000])
    options.add_argument("--rounds", type=int, default=200, help="questions of each sort")
    options.add_argument("--draw", action="store_true", help=f"write {DRAWING.relative_to(ROOT)}")
    options.add_argument("--cpu", action="store_true", help="count the process's own time")
    chosen = options.parse_args()
    clock = time.process_time if chosen.cpu else time.perf_counter
    with contextlib.suppress(AttributeError, OSError):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    series = []
    for count in chosen.documents:
        series.append(measure(count, chosen.rounds, clock))
        print(told(series[-1]), flush=True)
    if chosen.draw:
        draw(series)
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\n{kilobytes / 1024:.0f} MB of memory at most")


if __name__ == "__main__":
    main()
