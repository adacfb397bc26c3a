"""What citations lead to: their text, what they may mean, or the nearest that is there."""

import datetime
import uuid

import pytest
from django.utils import timezone

from library.rules.models import Provision, Work
from library.rules.sources.cited_provisions import LONGEST_TEXT
from library.rules.sources.provisions import Provisions
from search.questions.parsing import parse
from tests.factories.library import BOOK, make_edition, make_work

MEMBERS = frozenset({"anyone", "members"})

ORDERS = """\
# Standing orders

## Chapter 4 — Motions

### Clause II — Moving

1. A motion is moved.

## Part 1 — Meetings

1. The chair counts.
"""


def resolved(question: str, audience=MEMBERS):
    return Provisions().resolve(parse(question).references, audience)


def one(question: str, audience=MEMBERS):
    (found,) = resolved(question, audience)
    return found


def titles(documents) -> list[str]:
    return [document.title for document in documents]


def test_a_citation_leads_to_the_whole_text_with_that_of_its_parts(book):
    found = one("what does clause VIII of chapter 7 say?")

    (clause,) = found.cited
    assert (found.meanings, found.neighbours) == ((), ())
    assert clause.title == "Chapter 7 Clause VIII — Removing a comment"
    assert clause.url == "/rules/sample/7/VIII/"
    assert clause.body.splitlines() == [
        "A comment is removed for what it says.",
        "1. Before acting, a moderator keeps a copy, subject to Clause IV.1.",
        "3. A moderator may remove a comment that:",
        "A. harasses a person, as Chapter 4, Clause II.1 never says; or",
        "B. shows an image:",
        "i. of a child.",
    ]


def test_the_parts_of_a_chapter_are_told_with_their_headings(book):
    (chapter,) = one("Chapter 4").cited

    assert chapter.body.splitlines() == [
        "Clause II — Quorum",
        "1. The quorum is ten members.",
    ]


def test_a_long_text_ends_with_a_whole_line(db):
    lines = "\n".join(f"{n}. Members of branch {n} meet every month." for n in range(1, 120))
    make_edition(make_work(), f"## Chapter 1 — Long\n### Clause I — Long\n{lines}\n")

    body = one("1.I").cited[0].body.splitlines()

    assert body[0] == "1. Members of branch 1 meet every month."
    assert body[-1] == "…"
    assert all(line.endswith("month.") for line in body[:-1])
    assert LONGEST_TEXT - 100 < len("\n".join(body)) <= LONGEST_TEXT + 10


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("7.VIII.3.A", ["Chapter 7 Clause VIII.3.A"]),
        ("rule 7.8.3(B)(i)", ["Chapter 7 Clause VIII.3.B.i"]),
        ("7.VIII.3A", ["Chapter 7 Clause VIII.3.A"]),
        ("7.VIII.3.B and A", ["Chapter 7 Clause VIII.3.A", "Chapter 7 Clause VIII.3.B"]),
        ("7.VIII.1 to 7.VIII.3", ["Chapter 7 Clause VIII.1", "Chapter 7 Clause VIII.3"]),
        (
            "Chapter 7 Clauses IV-VIII",
            ["Chapter 7 Clause IV — The log", "Chapter 7 Clause VIII — Removing a comment"],
        ),
        ("Appendix 1 paragraph 1", ["Appendix 1 paragraph 1"]),
        ("Clause VIII.3.A", ["Chapter 7 Clause VIII.3.A"]),
        ("clause four", ["Chapter 7 Clause IV — The log"]),
    ],
)
def test_every_form_leads_to_the_provisions_in_the_order_of_the_book(book, question, cited):
    assert titles(one(question).cited) == cited


def test_each_citation_of_a_question_is_told_apart(book):
    found = resolved("compare 7.IV with clause VIII and with 9.IX")

    assert [(each.reference.typed, titles(each.cited)) for each in found] == [
        ("7.IV", ["Chapter 7 Clause IV — The log"]),
        ("clause VIII", ["Chapter 7 Clause VIII — Removing a comment"]),
        ("9.IX", []),
    ]


def test_a_clause_that_several_chapters_have_lists_its_meanings(book):
    make_edition(make_work("orders", kind=Work.Kind.STANDING_ORDERS), ORDERS)
    make_edition(make_work("a-policy", kind=Work.Kind.POLICY), BOOK)

    found = one("which clause II.1?")

    assert (found.cited, found.neighbours) == ((), ())
    assert [(each.title, each.edition) for each in found.meanings] == [
        ("Chapter 4 Clause II.1", "The sample book, First edition"),
        ("Chapter 4 Clause II.1", "The orders book, First edition"),
        ("Chapter 4 Clause II.1", "The a-policy book, First edition"),
    ]


def test_a_rule_book_comes_before_standing_orders_and_two_rule_books_are_two_meanings(book):
    make_edition(make_work("orders", kind=Work.Kind.STANDING_ORDERS), ORDERS)

    assert titles(one("4.II").cited) == ["Chapter 4 Clause II — Quorum"]
    assert titles(one("Part 1 paragraph 1").cited) == ["Part 1 paragraph 1"]

    make_edition(make_work("another"))

    found = one("4.II")
    assert [each.edition for each in found.meanings] == [
        "The another book, First edition",
        "The sample book, First edition",
    ]
    assert found.cited == ()


@pytest.mark.parametrize(
    ("question", "neighbours"),
    [
        ("7.VIII.99", ["Chapter 7 Clause VIII — Removing a comment", "Chapter 7 Clause VIII.1",
                       "Chapter 7 Clause VIII.3"]),
        ("7.VIII.3.Z", ["Chapter 7 Clause VIII.3", "Chapter 7 Clause VIII.3.A",
                        "Chapter 7 Clause VIII.3.B"]),
        ("7.IX", ["Chapter 7 — Online groups", "Chapter 7 Clause IV — The log",
                  "Chapter 7 Clause VIII — Removing a comment"]),
        ("Chapter 6", ["Chapter 4 — Meetings", "Chapter 7 — Online groups",
                       "Appendix 1 — House rules"]),
        ("Clause VIII.7", ["Chapter 7 Clause VIII — Removing a comment"]),
        ("Clause V", ["Chapter 4 Clause II — Quorum", "Chapter 7 Clause IV — The log",
                      "Chapter 7 Clause VIII — Removing a comment"]),
    ],
)  # fmt: skip
def test_what_does_not_exist_shows_its_nearest_neighbours(book, question, neighbours):
    found = one(question)

    assert (found.cited, found.meanings) == ((), ())
    assert titles(found.neighbours) == neighbours


def test_of_many_neighbours_the_five_nearest_are_shown_in_their_order(db):
    rules = "\n".join(f"{n}. Rule number {n}." for n in range(1, 30) if n != 15)
    make_edition(make_work(), f"## Chapter 1 — All\n### Clause I — All\n{rules}\n")

    assert titles(one("1.I.15").neighbours) == [
        "Chapter 1 Clause I — All",
        "Chapter 1 Clause I.13",
        "Chapter 1 Clause I.14",
        "Chapter 1 Clause I.16",
        "Chapter 1 Clause I.17",
    ]


def test_what_has_moved_shows_first_what_has_become_of_it(book):
    renumbered = BOOK.replace("Clause IV — The log", "Clause XII — The log")
    new = make_edition(
        book.work, renumbered, label="Second", in_force_from=datetime.date(2022, 1, 1)
    )
    line = uuid.uuid4()
    Provision.objects.filter(edition=book, citation="7.IV").update(lineage=line)
    Provision.objects.filter(edition=new, citation="7.XII").update(lineage=line)

    assert titles(one("7.IV").neighbours) == [
        "Chapter 7 Clause XII — The log",
        "Chapter 7 — Online groups",
        "Chapter 7 Clause VIII — Removing a comment",
    ]
    assert one("7.XII").cited[0].edition == "The sample book, Second"


def test_only_what_the_audience_may_read_is_told(db):
    make_edition(make_work("closed", audience=Work.Audience.EDITORS))

    for question in ("7.VIII", "Clause VIII", "7.XX"):
        found = one(question)
        assert (found.cited, found.meanings, found.neighbours) == ((), (), ())
    assert titles(one("7.IV", audience=MEMBERS | {"editors"}).cited) == [
        "Chapter 7 Clause IV — The log"
    ]


def test_drafts_and_what_lies_ahead_are_not_told(book):
    later = timezone.localdate() + datetime.timedelta(days=30)
    text = BOOK.replace("Clause IV", "Clause V")
    make_edition(book.work, text, label="Draft", publish=False)
    make_edition(book.work, text, label="Ahead", in_force_from=later)

    assert one("7.V").cited == ()
    assert titles(one("7.IV").cited) == ["Chapter 7 Clause IV — The log"]


@pytest.mark.parametrize(
    "questions",
    [
        ["7.VIII", "7.VIII 7.IV.1 4.II", "6.I.1 to 6.I.40, 7.VIII and 4.II and Clause IV"],
        ["clause II", "clause II, clause IV.1 and clause VIII"],
    ],
)
def test_the_number_of_queries_does_not_grow_with_that_of_citations(
    book, questions, django_assert_max_num_queries
):
    for question in questions:
        with django_assert_max_num_queries(6):
            assert resolved(question)


@pytest.mark.parametrize(("question", "queries"), [("7.VIII", 4), ("7.VIII 7.IV.1 4.II", 4)])
def test_citations_that_exist_cost_four_queries(book, question, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        resolved(question)


@pytest.mark.parametrize("question", ["7.IX", "7.IX 7.X.3 40.I and Clause XX"])
def test_citations_that_do_not_exist_cost_five_queries(book, question, django_assert_num_queries):
    with django_assert_num_queries(5):
        resolved(question)


def test_without_citations_nothing_is_asked_of_the_database(book, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert resolved("quorum") == []
