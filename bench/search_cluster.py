"""How quickly a search cluster answers and indexes, beside what the embedded engine is asked.

    make search-cluster
    .venv/bin/python bench/search_cluster.py http://127.0.0.1:9200 [--rounds 200]

Each question is asked as the page of all kinds asks it, one after another, from this machine; what
the network to a real cluster takes comes on top. The index it makes is removed in the end.
"""

import argparse
import math
import secrets
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from elasticsearch import Elasticsearch  # noqa: E402 - the path is set first
from search_passages import documents, questions  # noqa: E402 - as above

from search.engines.cluster.engine import ClusterEngine  # noqa: E402 - as above
from search.engines.question import Query  # noqa: E402 - as above
from search.questions.parsing import parse  # noqa: E402 - as above

MEMBERS = frozenset({"anyone", "members"})
PAGE = {"per_kind": 4, "per_group": 2}
WARMING = 100  # questions of each sort that are not measured: the node's code is compiled meanwhile


def answered(engine: ClusterEngine, texts: list[str]) -> list[float]:
    """Return how many milliseconds each question took, in ascending order."""
    times = []
    for text in texts:
        started = time.perf_counter()
        engine.search(Query(parse(text), MEMBERS, **PAGE))
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)


def line(sort: str, times: list[float]) -> str:
    shares = (times[math.floor((len(times) - 1) * part)] for part in (0.5, 0.95, 0.99))
    return f"| {sort} | " + " | ".join(f"{took:.1f}" for took in shares) + " |"


def measure(engine: ClusterEngine, count: int, rounds: int) -> None:
    held = list(documents(count))
    started = time.perf_counter()
    engine.rebuild(held)
    seconds = time.perf_counter() - started
    started = time.perf_counter()
    engine.write([held[0].entry], [held[0]])
    change = (time.perf_counter() - started) * 1000
    print(f"{count:,} passages in {seconds:.1f} s: {count / seconds:,.0f} a second; ", end="")
    print(f"one change {change:.0f} ms\n")
    print("| question | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|")
    every: list[float] = []
    for sort, texts in questions(count, rounds + WARMING).items():
        answered(engine, texts[rounds:])
        times = answered(engine, texts[:rounds])
        every += times
        print(line(sort, times), flush=True)
    print(line("all of these", sorted(every)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("cluster", help="its address, without the name of an index")
    options.add_argument("--documents", type=int, default=14_000)
    options.add_argument("--rounds", type=int, default=200, help="questions of each sort")
    chosen = options.parse_args()
    name = f"bench-{secrets.token_hex(4)}"
    client = Elasticsearch(chosen.cluster)
    try:
        measure(
            ClusterEngine(f"{chosen.cluster.rstrip('/')}/{name}?seconds=30"),
            chosen.documents,
            chosen.rounds,
        )
        size = client.indices.stats(index=name, metric="store")["_all"]["primaries"]["store"]
        print(f"\n{size['size_in_bytes'] / 1e6:.0f} MB on the cluster's disk")
    finally:
        for index in client.indices.get(index=f"{name}-*", features=["settings"]):
            client.indices.delete(index=index)


if __name__ == "__main__":
    main()
