"""What narrows a search, and what is counted beside it."""

import datetime
from dataclasses import replace

import pytest

from search.engines.question import Reach
from tests.search.engines.contract.conftest import ask, doc

SPRING, SUMMER, AUTUMN = (datetime.date(2026, month, 1) for month in (4, 7, 10))

HELD = [
    doc("old", edition="Rule book 2024", group="c1", date=SPRING),
    doc("new", edition="Rule book 2026", group="c1", date=SUMMER),
    doc("newer", edition="Rule book 2026", group="c2", date=AUTUMN),
    doc("lesson", kind="lesson", course="Filming", date=SUMMER),
    doc("film", kind="film", course="Filming", group="f1"),
    doc("other", kind="film", course="Writing & “press”", group="f2", date=AUTUMN),
    doc("hidden", kind="film", course="Secret", edition="Draft", group="f1", audience=("editors",)),
]


@pytest.fixture(scope="module", autouse=True)
def _filled(engine):
    engine.rebuild(replace(held, body="An oboe is played.") for held in HELD)


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ({}, {"old", "new", "newer", "lesson", "film", "other"}),
        ({"edition": "Rule book 2026"}, {"new", "newer"}),
        ({"edition": "rule book 2026"}, set()),
        ({"edition": "Rule book"}, set()),
        ({"course": "Filming"}, {"lesson", "film"}),
        ({"course": "Writing & “press”"}, {"other"}),
        ({"course": "Secret"}, set()),
        ({"group": "c1"}, {"old", "new"}),
        ({"group": "f1"}, {"film"}),
        ({"kind": "film", "course": "Filming"}, {"film"}),
        ({"kind": "rule", "course": "Filming"}, set()),
        ({"since": SUMMER}, {"new", "newer", "lesson", "other"}),
        ({"until": SUMMER}, {"old", "new", "lesson"}),
        ({"since": SUMMER, "until": SUMMER}, {"new", "lesson"}),
        ({"since": AUTUMN, "until": SPRING}, set()),
        ({"until": datetime.date.max}, {"old", "new", "newer", "lesson", "other"}),
        ({"since": datetime.date.min}, {"old", "new", "newer", "lesson", "other"}),
        ({"edition": "Rule book 2026", "group": "c1", "since": SPRING}, {"new"}),
    ],
)  # fmt: skip
def test_a_search_finds_only_what_says_all_that_was_asked(engine, asked, keys):
    results = ask(engine, "oboe", **asked)

    assert {hit.document.key for hit in results.hits} == keys
    assert results.total == len(keys)


def test_each_count_ignores_its_own_filter_and_honours_all_others(engine):
    results = ask(engine, "oboe", kind="film", course="Filming")

    assert results.counts == {"lesson": 1, "film": 1}
    assert results.courses == {"Filming": 1, "Writing & “press”": 1}
    assert results.editions == {}

    results = ask(engine, "oboe", edition="Rule book 2024", since=SPRING)
    assert results.counts == {"rule": 1}
    assert results.editions == {"Rule book 2024": 1, "Rule book 2026": 2}
    assert (results.courses, results.total) == ({}, 1)


def test_everything_is_counted_where_nothing_narrows(engine):
    results = ask(engine, "oboe")

    assert results.counts == {"rule": 3, "lesson": 1, "film": 2}
    assert results.editions == {"Rule book 2024": 1, "Rule book 2026": 2}
    assert results.courses == {"Filming": 2, "Writing & “press”": 1}


def test_what_the_other_filters_leave_is_told_where_nothing_is_found(engine):
    results = ask(engine, "oboe", kind="fact", edition="Rule book 2026")

    assert (results.total, results.hits) == (0, ())
    assert results.counts == {"rule": 2}


def test_narrowing_holds_however_generously_words_match(engine):
    for question, reach in (("ob", Reach.HALF_TYPED), ("obeo", Reach.FORGIVING)):
        results = ask(engine, question, course="Filming")
        assert {hit.document.key for hit in results.hits} == {"lesson", "film"}
        assert results.reach is reach
    results = ask(engine, "oboe zebra zeppelin", group="c1")
    assert {hit.document.key for hit in results.hits} == {"old", "new"}
    assert results.reach is Reach.SOME_WORDS


def test_hidden_documents_are_counted_for_those_who_may_see_them_only(engine):
    results = ask(engine, "oboe", audience=frozenset({"editors"}))

    assert (results.counts, results.courses, results.editions) == (
        {"film": 1},
        {"Secret": 1},
        {"Draft": 1},
    )
