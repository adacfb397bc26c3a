"""The database's own search: what answers while the index cannot."""

import datetime

import pytest

from search.actions.database_fallback import fallback_results
from search.engines.question import Query, Sort
from search.questions.parsing import parse

pytestmark = pytest.mark.django_db
EVERYBODY = frozenset({"anyone", "members"})


def asked(text, *, audience=EVERYBODY, **narrowed):
    return fallback_results(Query(parse(text), audience, **narrowed))


def found(text, **narrowed) -> list[str]:
    return [hit.document.key for hit in asked(text, **narrowed).hits]


@pytest.fixture
def brass(films, facts):
    facts.put("tuba", "A tuba in a band.", title="Low", group="low", date=datetime.date(2025, 1, 1))
    facts.put("horn", "A horn in a band.", title="Horn", date=datetime.date(2026, 1, 1))
    facts.put("both", "A horn beside a tuba.", title="Both", group="low")
    facts.put("secret", "A tuba for editors.", title="Secret", audience=("editors",))
    films.put("film", "The tuba is played.", title="Film", seconds=9.0, url="/f/?t={t}")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("tuba", ["tuba", "both", "film"]),
        ("tuba horn", ["both"]),
        ("band tuba OR horn", ["tuba", "horn"]),
        ("tuba -horn", ["tuba", "film"]),
        ("plays tuba", []),  # the database knows no other forms of a word
        ("tubas", []),
        ('"tuba', ["tuba", "both", "film"]),
        ("7.VIII.3", []),  # a citation is resolved, not searched for
        ("", []),
        ("trombone", []),
    ],
)
def test_what_holds_all_the_words_is_found(brass, text, keys):
    assert found(text) == keys


def test_only_what_a_person_may_see_is_found_and_counted(brass):
    assert asked("tuba").counts == {"fact": 2, "film": 1}
    assert found("tuba", audience=frozenset({"anyone"})) == []
    assert "secret" in found("tuba", audience=EVERYBODY | {"editors"})


def test_filters_and_order_hold_here_too(brass):
    assert found("tuba", kind="film") == ["film"]
    assert found("band", since=datetime.date(2025, 6, 1)) == ["horn"]
    assert found("band", until=datetime.date(2025, 6, 1)) == ["tuba"]
    assert found("tuba", group="low") == ["tuba", "both"]
    assert found("band", sort=Sort.DATE) == ["horn", "tuba"]


def test_a_kind_counts_whichever_kind_was_asked_for(brass):
    answer = asked("tuba", kind="film")

    assert (answer.total, answer.counts) == (1, {"fact": 2, "film": 1})


def test_a_page_holds_a_few_of_each_kind_or_some_of_one(brass):
    assert found("tuba", per_kind=1) == ["tuba", "film"]
    assert found("tuba", per_kind=4, per_group=1) == ["tuba", "film"]
    assert found("tuba", limit=2, offset=1) == ["both", "film"]


def test_hits_are_marked_and_open_at_their_place(brass):
    (hit,) = asked("tuba", kind="film").hits

    assert hit.snippet == "The <mark>tuba</mark> is played."
    assert hit.url == "/f/?t=7.0"
