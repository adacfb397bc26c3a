"""What stands above what: by relevance, and by date."""

import datetime
from dataclasses import replace

import pytest

from search.engines.question import Query, Question, Sort, Term
from tests.search.engines.contract.conftest import MEMBERS, ask, doc, found

DAY = datetime.date(2026, 11, 21)


@pytest.fixture
def holding(engine):
    """Build the index of these documents."""
    return engine.rebuild


def test_what_is_superseded_stands_below_what_is_current(engine, holding):
    old = doc("old", "The quorum is ten.", edition="2024", current=False)
    holding([old, replace(old, id="new#1", key="new", edition="2026", current=True)])

    assert found(engine, "quorum") == ["new", "old"]
    assert found(engine, "quorum", edition="2024") == ["old"]


def test_what_is_superseded_is_found_first_where_it_says_much_more(engine, holding):
    holding(
        [
            doc("old", "Quorum.", title="Quorum of the conference", current=False),
            doc("new", "A long text that says quorum once among many other words. " * 3),
        ]
    )

    assert found(engine, "quorum conference") == ["old"]


def test_written_words_stand_above_spoken_ones(engine, holding):
    said = doc("said", "The quorum is ten people.", kind="film", seconds=12.0)
    holding([said, replace(said, id="w", key="written", kind="rule", seconds=None)])

    assert found(engine, "quorum") == ["written", "said"]


def test_the_title_of_a_film_lifts_none_of_its_passages(engine, holding):
    film = {"kind": "film", "group": "film", "title": "Before you remove a comment"}
    said = [f"Number {n}: somebody says this and that at some length." for n in range(3)]
    holding(
        [
            *(doc(f"f{n}", body, seconds=float(n), **film) for n, body in enumerate(said)),
            doc("rule", "A comment is removed where it is against the rules.", title="Rule"),
        ]
    )

    assert found(engine, "remove comment")[0] == "rule"
    assert set(found(engine, "before you remove a comment")) == {"f0", "f1", "f2"}


def test_a_half_typed_word_of_the_title_comes_first(engine, holding):
    holding(
        [
            doc("text", "Whoever appeals, appeals in writing; the appeal is heard."),
            doc("title", "It is heard by a panel.", title="Appeals"),
        ]
    )

    assert found(engine, "appea") == ["title", "text"]


def test_the_cited_provision_of_the_current_edition_comes_first(engine, holding):
    old = doc("old", "A text.", citation="3.I.2", current=False)
    holding([old, replace(old, id="new#1", key="new", current=True)])

    assert found(engine, "3.I.2") == ["new", "old"]


def test_a_long_text_that_is_about_the_question_beats_a_short_one_that_is_not(engine, holding):
    about = "The quorum of a branch meeting is ten. Without a quorum the meeting is adjourned. "
    other = "Posters are put up where people walk past, and leaflets are handed out at stations. "
    holding(
        [
            doc("long", other * 12 + about * 3 + other * 12),
            doc("short", "A meeting has a chair."),
        ]
    )
    results = ask(engine, "quorum OR chair")

    assert [hit.document.key for hit in results.hits] == ["long", "short"]
    assert results.hits[0].snippet.startswith("The <mark>quorum</mark> of a branch")


def test_words_that_stand_together_are_preferred(engine, holding):
    holding(
        [
            doc("apart", "The officer of a branch looks after social events and the media list."),
            doc("together", "The social media officer of a branch looks after events and the list"),
        ]
    )

    assert found(engine, "social media officer") == ["together", "apart"]


def test_by_date_the_latest_comes_first_and_what_has_none_last(engine, holding):
    days = {"middle": DAY, "none": None, "late": DAY.replace(year=2027), "early": DAY.replace(1999)}
    holding(doc(key, "An oboe is played.", date=day) for key, day in days.items())

    assert found(engine, "oboe", sort=Sort.DATE) == ["late", "middle", "early", "none"]
    assert found(engine, "oboe", sort=Sort.DATE, limit=2) == ["late", "middle"]
    assert found(engine, "oboe", sort=Sort.DATE, limit=2, offset=2) == ["early", "none"]


def test_of_one_day_the_best_comes_first_on_every_page(engine, holding):
    plain = [doc(f"plain{n}", f"On page {n} an oboe is mentioned.", date=DAY) for n in range(6)]
    best = doc("best", "Oboe, oboe, oboe.", title="Oboe", date=DAY)
    last = doc("last", "Oboe, oboe, oboe.", title="Oboe", date=DAY.replace(year=2020))
    holding([last, *plain[:3], best, *plain[3:]])
    whole = found(engine, "oboe", sort=Sort.DATE)

    assert (whole[0], set(whole[1:7]), whole[7]) == ("best", {d.key for d in plain}, "last")
    for size in (1, 2, 3, 5):
        paged = [
            key
            for offset in range(0, 8, size)
            for key in found(engine, "oboe", sort=Sort.DATE, limit=size, offset=offset)
        ]
        assert paged == whole, size


def test_by_date_each_kind_shows_its_latest_and_the_kind_with_the_latest_comes_first(
    engine, holding
):
    holding(
        doc(f"{kind}{year}", "An oboe is played.", kind=kind, date=DAY.replace(year=year))
        for kind, years in (("rule", (2001, 2005, 2003)), ("fact", (2004, 2006)))
        for year in years
    )

    assert found(engine, "oboe", sort=Sort.DATE, per_kind=2) == [
        "fact2006",
        "fact2004",
        "rule2005",
        "rule2003",
    ]


def meaning(*terms: Term) -> Query:
    return Query(Question(text="as the vocabulary made it", clauses=(terms,)), MEMBERS)


def keys(engine, query: Query) -> list[str]:
    return [hit.document.key for hit in engine.search(query).hits]


def test_a_synonym_counts_less_than_the_word_that_was_typed(engine, holding):
    holding(
        [
            doc("typed", "The oboe is played."),
            doc("other", "The tuba is played."),
            doc("third", "The horn is played."),
        ]
    )

    query = meaning(Term("oboe"), Term("tuba", weight=0.6))
    assert keys(engine, query) == ["typed", "other"]
    assert keys(engine, meaning(Term("oboe", weight=0.5), Term("tuba"))) == ["other", "typed"]


def test_a_synonym_of_several_words_is_found_where_they_stand_in_that_order(engine, holding):
    holding(
        [
            doc("order", "Both constituency labour parties meet."),
            doc("title", "They meet.", title="Our constituency labour party"),
            doc("mixed", "The labour constituency has a party."),
            doc("typed", "The CLP meets."),
        ]
    )
    query = meaning(Term("CLP"), Term("constituency labour party", weight=0.7))

    assert set(keys(engine, query)) == {"order", "title", "typed"}
    marked = {hit.document.key: hit.snippet for hit in engine.search(query).hits}
    assert marked["order"] == (
        "Both <mark>constituency</mark> <mark>labour</mark> <mark>parties</mark> meet."
    )
