"""Titles offered while somebody types."""

import pytest

from tests.search.engines.contract.conftest import MEMBERS, doc

HELD = [
    doc("5.I", title="Removing members", citation="5.I"),
    doc("guide", "Removing is the word.", title="Removing comments from a page"),
    doc("page", title="Comments page"),
    doc("body", "Removing members of a page.", title="Something else"),
    doc("hidden", title="Removing editors", audience=("editors",)),
    doc("o", title="The women’s officer & café"),
    *(doc(f"film{n}", f"Part {n}", title="Remote meetings", group="f") for n in range(90)),
]


@pytest.fixture(scope="module", autouse=True)
def _filled(engine):
    engine.rebuild(HELD)


def offered(engine, *words: str, audience=MEMBERS, limit: int = 8) -> list[str]:
    return [document.title for document in engine.suggest(words, audience, limit)]


def test_all_words_must_stand_in_the_title_the_last_may_be_half_typed(engine):
    assert offered(engine, "removing", "comm") == ["Removing comments from a page"]
    assert offered(engine, "page", "removing") == ["Removing comments from a page"]
    assert set(offered(engine, "page")) == {"Removing comments from a page", "Comments page"}
    assert offered(engine, "remov", "comments") == []


def test_what_has_a_citation_comes_first(engine):
    assert offered(engine, "remov")[0] == "Removing members"


def test_every_title_is_offered_once(engine):
    assert sorted(offered(engine, "rem")) == [
        "Remote meetings",
        "Removing comments from a page",
        "Removing members",
    ]
    assert len(offered(engine, "rem", limit=2)) == 2


def test_words_are_plain_ones(engine):
    for words in (("womens",), ("officer", "caf"), ("women", "s")):
        titles = offered(engine, *words)
        assert titles in (["The women’s officer & café"], []), words
    assert offered(engine, "womens", "offic") == ["The women’s officer & café"]


def test_nothing_hidden_is_offered(engine):
    assert offered(engine, "removing", "ed") == []
    assert offered(engine, "removing", "ed", audience=frozenset({"editors"})) == [
        "Removing editors"
    ]
    assert offered(engine, "removing", audience=frozenset()) == []


@pytest.mark.parametrize("words", [(), ("",), ("zebra",), ("*",), ("re",) * 20, ("x" * 300,)])
def test_odd_words_offer_nothing_and_raise_nothing(engine, words):
    assert offered(engine, *words) in ([], ["Removing members"])
