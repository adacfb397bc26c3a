"""How long two editions of 3,000 provisions take: proposing their lineage, comparing, the pages.

    .venv/bin/python bench/compare_editions.py [--provisions 3000] [--rounds 10]

The second edition has clauses moved and renumbered, provisions reworded, removed and added, about a
tenth of each. In one process, from the request to the finished HTML; SQLite; no network.
"""

import argparse
import datetime
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SEED = 20260101
CHAPTERS, CLAUSES = 20, 10
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def words() -> list[str]:
    """Return the words of the sample rule book."""
    return (ROOT / "demo" / "content" / "rulebook.md").read_text().split()


def tree(count: int, chance: random.Random) -> list[Any]:
    """Return a made-up book of about so many provisions, in chapters and clauses."""
    from library.rules.rulebooks.tree import Node

    known = words()
    each = max(1, (count - CHAPTERS * (CLAUSES + 1)) // (CHAPTERS * CLAUSES))

    def text(length: int) -> str:
        return " ".join(chance.choices(known, k=length))

    return [
        Node(
            "chapter",
            str(chapter + 1),
            text(4),
            children=[
                Node(
                    "clause",
                    ROMAN[clause],
                    text(3),
                    children=[
                        Node("provision", str(number + 1), text=text(chance.randint(8, 70)))
                        for number in range(each)
                    ],
                )
                for clause in range(CLAUSES)
            ],
        )
        for chapter in range(CHAPTERS)
    ]


def edit(book: list[Any], chance: random.Random) -> None:
    """Change about a tenth of a book in each of the ways in which editions differ."""
    from library.rules.rulebooks.tree import Node

    known = words()
    for chapter in book:
        chapter.children.insert(0, chapter.children.pop(chance.randrange(CLAUSES)))
        for number, clause in enumerate(chapter.children):
            clause.number = ROMAN[number]
            for provision in clause.children:
                if chance.random() < 0.1:
                    changed = provision.text.split()
                    changed[chance.randrange(len(changed))] = chance.choice(known)
                    provision.text = " ".join(changed)
            if chance.random() < 0.6:
                clause.children.pop(chance.randrange(len(clause.children)))
            if chance.random() < 0.6:
                clause.children.append(
                    Node("provision", text=" ".join(chance.choices(known, k=30)))
                )
            for place, provision in enumerate(clause.children):
                provision.number = str(place + 1)


def timed(what: str, do: Callable[[], Any], rounds: int = 1) -> Any:
    """Do something some times, print how long it took, and return what came out."""
    taken, busy = [], []
    for _round in range(rounds):
        began, busy_from = time.perf_counter(), time.process_time()
        result = do()
        taken.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - busy_from) * 1000)
    clock, own = statistics.median(taken), statistics.median(busy)
    print(f"{what:<50} {clock:8.0f} ms, {own:8.0f} of them in this process")
    return result


def set_up(folder: str) -> None:
    os.environ["MEMBERSNET_DATA_DIR"] = folder
    os.environ.setdefault("EMAIL_URL", "consolemail://")
    os.environ["MEMBERSNET_LOG_LEVEL"] = "ERROR"
    os.environ.pop("DATABASE_URL", None)
    from demo.environment import prepare_environment

    prepare_environment("localhost", 8000)
    import django

    django.setup()
    from demo import setup

    setup.make_tables()
    setup.collect_static()


def measure(count: int, rounds: int) -> None:
    from django.core.cache import cache
    from django.test import Client
    from django.utils import timezone

    from library.rules.actions.drafts import import_edition
    from library.rules.actions.lineage import confirm_lineage, propose_lineage
    from library.rules.actions.publication import publish_edition
    from library.rules.actions.works import save_work
    from library.rules.models import Work
    from library.rules.models.changes import Comparison
    from party.models import Member
    from party.permissions import MEMBERS

    chance = random.Random(SEED)
    now = timezone.now()
    work = Work(slug="book", title="Book", kind=Work.Kind.RULE_BOOK)
    save_work(work, by=None, now=now)
    book, editions = tree(count, chance), []
    for year in (2025, 2026):
        if editions:
            edit(book, chance)
        edition = timed(
            f"import of {year} with lineage proposed",
            lambda year=year: import_edition(
                work=work,
                label=f"{year} edition",
                in_force_from=datetime.date(year, 1, 1),
                tree=book,
                by=None,
                now=now,
            ),
        )
        if editions:
            timed(
                "  … of which: proposing lineage, writing it",
                lambda edition=edition: propose_lineage(edition, by=None, now=now),
            )
            print(
                f"  provisions that wait for the librarian: {edition.provisions.waiting().count()}"
            )
        confirm_lineage(edition, by=None, now=now)
        editions.append(publish_edition(edition, by=None, now=now))
    sizes = [edition.provisions.count() for edition in editions]
    print(f"two editions of {sizes[0]} and {sizes[1]} provisions")

    def compared() -> Comparison:
        return Comparison(editions[0], editions[1], [MEMBERS])

    def afresh() -> Comparison:
        cache.clear()
        return compared()

    timed("comparing them afresh", afresh, rounds)
    timed("comparing them again, from the cache", compared, rounds)
    client = Client(raise_request_exception=False, HTTP_HOST="localhost")
    client.force_login(Member.objects.create(email="reader@members.example"))
    for name, address in (
        ("page of the summary", "/rules/book/compare/2025-edition/2026-edition/"),
        ("page of one chapter", "/rules/book/compare/2025-edition/2026-edition/7/"),
        ("page of what changed for me", "/rules/book/changes/"),
    ):
        answer = timed(f"{name}, from the cache", lambda a=address: client.get(a), rounds)
        if answer.status_code != 200:
            sys.exit(f"{answer.status_code} for {address}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--provisions", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="membersnet-bench-") as folder:
        set_up(folder)
        measure(given.provisions, given.rounds)


if __name__ == "__main__":
    main()
