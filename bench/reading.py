"""How long the hub takes to open each provision of an edition of 3,000.

Run it against an empty database of its own: `python -m bench.reading [--provisions 3000]`. It
makes a book of chapters with clauses, references and defined words, one chapter of which has 400
provisions without a clause, publishes it, asks for each page once, as a signed-in member, and
prints the 50th and 95th percentile over all provisions and the longest answer in
milliseconds of the processor, so that what else runs on the machine does not count.
"""

import argparse
import datetime
import statistics
import time
from collections.abc import Iterator

from bench.own_hub import own_hub

IN_FORCE = datetime.date(2026, 1, 1)
ALONE = 400  # provisions of the chapter without clauses
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def book(provisions: int) -> str:
    """Return a rule book in Markdown with about so many provisions."""
    return "\n".join(_lines(provisions))


def _lines(provisions: int) -> Iterator[str]:
    yield "## Chapter 1 — Meaning of words\n### Clause I — Meaning of words"
    for number in range(1, 41):
        yield f'{number}. "Defined word {number}" means what the rules of group {number} say of it.'
    yield "## Chapter 2 — The long one"
    for number in range(1, ALONE + 1):
        yield f"{number}. A member has defined word {number % 40 + 1} under Chapter 3, Clause II.1."
    written, chapter = 41 + ALONE, 3
    while written < provisions:
        yield f"## Chapter {chapter} — Matters of group {chapter}"
        for roman in ROMAN:
            yield f"### Clause {roman} — The subject {roman} of {chapter}"
            for number in range(1, 4):
                yield f"{number}. What is decided on defined word {number}, see Clause I.{number}:"
                yield "  A. is written down as Chapter 1, Clause I.1 says; and"
                yield "  B. is told to all of its members within fourteen days."
            written += 10
        chapter += 1


def measure(provisions: int) -> None:
    from django.test import Client
    from django.utils import timezone

    from library.rules.actions.drafts import import_edition
    from library.rules.actions.publication import publish_edition
    from library.rules.actions.works import save_work
    from library.rules.models import Work
    from library.rules.rulebooks.outline_text import read_outline
    from party.models import Member

    now = timezone.now()
    work = save_work(
        Work(slug="bench", title="Bench book", kind=Work.Kind.RULE_BOOK), by=None, now=now
    )
    began = time.perf_counter()
    edition = import_edition(
        work=work,
        label="Bench",
        in_force_from=IN_FORCE,
        tree=read_outline(book(provisions)).tree,
        by=None,
        now=now,
    )
    imported = time.perf_counter()
    publish_edition(edition, by=None, now=now)
    published = time.perf_counter()
    client = Client()
    client.force_login(Member.objects.create_user(email="bench@members.example"))
    rows = list(edition.provisions.select_related("edition__work"))
    pages = [row.get_absolute_url().partition("#")[0] for row in rows]
    client.get(pages[0])  # loads the templates
    by_page: dict[str, float] = {}
    for page in dict.fromkeys(pages):
        start = time.process_time()
        assert client.get(page).status_code == 200, page
        by_page[page] = (time.process_time() - start) * 1000
    taken = [by_page[page] for page in pages]
    worst = max(by_page, key=by_page.__getitem__)
    print(f"{len(rows)} provisions; import {imported - began:.1f} s, "
          f"publishing {published - imported:.1f} s")  # fmt: skip
    centiles = statistics.quantiles(taken, n=100)
    print(f"p50 {centiles[49]:.1f} ms, p95 {centiles[94]:.1f} ms, max {max(taken):.1f} ms: {worst}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--provisions", type=int, default=3000)
    given = parser.parse_args()
    with own_hub(MEMBERSNET_HOSTS="testserver"):
        measure(given.provisions)


if __name__ == "__main__":
    main()
