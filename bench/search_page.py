"""How long the server takes for the whole page of results, and for suggestions.

    .venv/bin/python bench/search_page.py [--documents 14000] [--rounds 100]

From the request to the finished HTML, in one process: session, audience, engine, snippets,
citations, template, and the note of what was asked. SQLite; no network.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.search_passages import questions  # noqa: E402 - the root is put on the path first
from bench.search_site import site  # noqa: E402 - as above

PAGE, SUGGEST = "/search/", "/search/suggest/"


def measured(client, address: str, asked: list[str]) -> list[float]:
    """Return the milliseconds of each answer."""
    from search.actions.deduplication import asked_today  # Django is set up by now

    taken = []
    ask = client.post if address == SUGGEST else client.get
    for question in asked:
        asked_today.forget()  # else only the first questions of a minute would be noted
        began = time.perf_counter()
        response = ask(address, {"q": question})
        taken.append((time.perf_counter() - began) * 1000)
        if response.status_code != 200:
            sys.exit(f"{response.status_code} for {question!r}")
    return taken


def half_typed(asked: list[str]) -> list[str]:
    return [question[: max(2, len(question) * 2 // 3)] for question in asked]


def row(name: str, taken: list[float]) -> str:
    centiles = statistics.quantiles(taken, n=100)
    return (
        f"| {name} | {centiles[49]:.1f} | {centiles[94]:.1f} | {centiles[98]:.1f}"
        f" | {max(taken):.1f} |"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--documents", type=int, default=14_000)
    options.add_argument("--rounds", type=int, default=100)
    given = options.parse_args()
    with site(given.documents, say=lambda said: print(said, file=sys.stderr)) as client:
        asked = questions(given.documents, given.rounds)
        every = [question for sort in asked.values() for question in sort]
        measured(client, PAGE, every[:: max(1, len(every) // 20)])  # templates are read once
        print(f"| {given.documents:,} passages | p50 ms | p95 ms | p99 ms | slowest |")
        print("|---|---|---|---|---|")
        for sort, some in asked.items():
            print(row(f"page, {sort}", measured(client, PAGE, some)))
        print(row("page, all", measured(client, PAGE, every)))
        print(row("suggestions", measured(client, SUGGEST, half_typed(every))))


if __name__ == "__main__":
    main()
