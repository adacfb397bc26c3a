"""What is misheard is put right by the list, and every use of it is written down."""

import pytest

from media_pipeline.steps.corrections import Correction, correct
from media_pipeline.steps.words import Word

PAIRS = [
    ("kier starmer", "Keir Starmer"),
    ("member's net", "Membersnet"),
    ("form", "forum"),
    ("see el pea", "CLP"),
    ("form of words", "wording"),
    ("conference", "Conference"),
]


def spoken(text: str) -> list[Word]:
    return [Word(one, n / 2, n / 2 + 0.4, 0.9 - n / 100) for n, one in enumerate(text.split())]


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("we met kier starmer today", "we met Keir Starmer today"),
        ("we met Kier Starmer, today", "we met Keir Starmer, today"),
        ("kier Starmer’s speech", "Keir Starmer’s speech"),
        ("(kier starmer)", "(Keir Starmer)"),
        ("log in to member's net.", "log in to Membersnet."),
        ("the see el pea meets", "the CLP meets"),
        ("Form is open", "Forum is open"),
        ("a form of words", "a wording"),
        ("reform and forms", "reform and forms"),
        ("kier. Starmer", "kier. Starmer"),
        ("at conference", "at Conference"),
    ],
)
def test_whole_words_are_put_right_whatever_their_capitals(heard: str, written: str) -> None:
    words, _uses = correct(spoken(heard), PAIRS)
    assert " ".join(word.text for word in words) == written


def test_every_use_is_written_down_with_its_second() -> None:
    _words, uses = correct(spoken("kier starmer met the form, and kier starmer left"), PAIRS)
    assert uses == [
        Correction("kier starmer", "Keir Starmer", 0.0),
        Correction("form,", "forum,", 2.0),
        Correction("kier starmer", "Keir Starmer", 3.0),
    ]


def test_what_is_right_already_is_no_use_of_the_list() -> None:
    words = spoken("Keir Starmer met kier")
    assert correct(words, [("keir starmer", "Keir Starmer")]) == (words, [])


def test_merged_words_take_the_time_and_the_least_confidence_of_all() -> None:
    (word,), _uses = correct(spoken("see el pea"), PAIRS)
    assert word == Word("CLP", 0.0, 1.4, 0.88)


def test_one_word_for_two_shares_its_time_by_their_lengths() -> None:
    first, second = correct([Word("lowturn", 1.0, 2.0, 0.5)], [("lowturn", "low turnout")])[0]
    assert (first, second) == (Word("low", 1.0, 1.3, 0.5), Word("turnout", 1.3, 2.0, 0.5))


def test_words_of_equal_number_keep_their_own_times() -> None:
    words = spoken("kier starmer")
    corrected, _uses = correct(words, PAIRS)
    assert [(w.start, w.end, w.confidence) for w in corrected] == [
        (w.start, w.end, w.confidence) for w in words
    ]


def test_what_is_put_in_is_not_put_right_again() -> None:
    words, uses = correct(spoken("a"), [("a", "b"), ("b", "c")])
    assert ([word.text for word in words], len(uses)) == (["b"], 1)


def test_no_list_changes_nothing() -> None:
    words = spoken("as it was")
    assert correct(words, []) == (words, [])
    assert correct(words, [("", "x"), ("as", " ")]) == (words, [])
