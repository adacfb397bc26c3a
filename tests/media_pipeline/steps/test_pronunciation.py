"""How what is written is said: numbers, signs, British words, abbreviations and new names."""

import pytest

from media_pipeline.steps.pronunciation import pronunciations, spoken_words, tokens


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("comment,", ("comment",)),
        ("“Why?”", ("why",)),
        ("member’s", ("member's",)),
        ("forty-two", ("forty", "two")),
        ("72%", ("seventy", "two", "per", "cent")),
        ("999", ("nine", "nine", "nine")),
        ("&", ("and",)),
        ("CLP,", ("CLP",)),
        ("–", ()),
    ],
)
def test_what_is_written_is_known_as_it_is_said(written: str, spoken: tuple[str, ...]) -> None:
    assert spoken_words(written) == spoken


def test_a_dash_stays_with_its_neighbour() -> None:
    found = tokens("– Stop – now, 999 –")
    assert [token.text for token in found] == ["– Stop –", "now,", "999 –"]


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("membersnet", "M EH M B ER Z N EH T"),
        ("colour", "K AH L ER"),
        ("organised", "AO R G AH N AY Z D"),
        ("CLPs", "S IY EH L P IY Z"),
        ("membersnet's", "M EH M B ER Z N EH T Z"),
        ("plothing", "P L AA TH IH NG"),
    ],
)
def test_british_words_and_new_ones_have_sounds(word: str, sounds: str) -> None:
    assert pronunciations([word])[word.lower()][0] == sounds


def test_an_abbreviation_may_also_be_said_as_a_word() -> None:
    assert pronunciations(["NATO"])["nato"] == ["EH N EY T IY OW", "N EY T OW"]
