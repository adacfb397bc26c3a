"""Typing mistakes: forgiven in words, where the words themselves find little."""

import pytest

from search.engines.question import Reach
from tests.search.engines.contract.conftest import ask, doc, found

BODIES = {
    "branch": "The branch elects a treasurer.",
    "committee": "The committee meets in September.",
    "form": "Fill in the form.",
    "from": "It comes from Sheffield.",
    "long": f"{'abcdefgh' * 3} and {'zyxwvuts' * 3}r are as long as no word.",
    "year": "In 2024 the fee was 1150 pence.",
}


@pytest.fixture(scope="module", autouse=True)
def _filled(engine):
    engine.rebuild(doc(key, body) for key, body in BODIES.items())


@pytest.mark.parametrize(
    ("mistyped", "key"),
    [
        ("branhc", "branch"),  # two neighbours swapped
        ("brnch", "branch"),  # one missing
        ("brannch", "branch"),  # one too many
        ("bramch", "branch"),  # a wrong one
        ("vranch", "branch"),  # the first one
        ("comittee", "committee"),
        ("comitteee", "committee"),  # two, in a long word
        ("tresurer elects", "branch"),
        ("septemebr commitee", "committee"),
        ("abcdefgh" * 2 + "abcefdgh", "long"),  # 24 letters
    ],
)
def test_a_mistyped_word_finds_what_was_meant(engine, mistyped, key):
    results = ask(engine, mistyped)

    assert [hit.document.key for hit in results.hits] == [key]
    assert results.reach is Reach.FORGIVING


@pytest.mark.parametrize("question", ["brnhc", "fee9", "2025", "1160", "oth", "zyxwvuts" * 3 + "q"])
def test_more_mistakes_short_words_and_numbers_are_not_forgiven(engine, question):
    assert found(engine, question) == []


def test_the_word_itself_always_wins(engine):
    assert found(engine, "form") == ["form", "from"]
    assert found(engine, "from") == ["from", "form"]


def test_words_between_quotation_marks_are_taken_exactly(engine):
    assert found(engine, '"branhc"') == []
    assert found(engine, '"brnch elects"') == []


def test_an_excluded_word_is_not_stretched(engine):
    assert set(found(engine, "form -fill")) == {"from"}
    assert found(engine, "branhc -elect") == []
    assert found(engine, "branhc -elekt") == ["branch"]


def test_the_word_that_was_meant_is_marked(engine):
    [hit] = ask(engine, "branhc tresurer").hits

    assert hit.snippet == "The <mark>branch</mark> elects a <mark>treasurer</mark>."


def test_nothing_is_stretched_where_the_words_find_enough(engine):
    more = [doc(f"form{n}", "Another form.") for n in range(3)]
    engine.write([], more)

    results = ask(engine, "form")
    assert {hit.document.key for hit in results.hits} == {"form", "form0", "form1", "form2"}
    assert results.reach is Reach.WORDS
    engine.write([document.entry for document in more], [])


def test_some_words_may_be_mistyped_and_half_typed_too(engine):
    results = ask(engine, "zeppelin tresurer")
    assert [hit.document.key for hit in results.hits] == ["branch"]
    assert results.reach is Reach.SOME_WORDS

    assert found(engine, "zeppelin commit") == ["committee"]
