"""Where English may be broken between two captions, or between the two lines of one.

A price says how bad a break is: 0 after a sentence, more at a comma, more before a conjunction,
much more after “the” or inside a name or a number. Where punctuation is missing, pauses stand for
it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .words import Word

AFTER_SENTENCE, AFTER_CLAUSE, BEFORE_CONJUNCTION, BEFORE_PREPOSITION = 0.0, 3.0, 6.0, 9.0
ANYWHERE, AFTER_LEANING, INSIDE_NAME = 14.0, 30.0, 60.0
LONG_PAUSE, PAUSE = 0.7, 0.25  # seconds: of a sentence's end, of a breath


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONJUNCTIONS = _set(
    "although and as because but if nor or since so than that though unless until when where "
    "whereas whether which while who whose yet"
)
PREPOSITIONS = _set(
    "about above after against among around at before behind between beyond by during for from in "
    "inside into near of off on onto out outside over past through to towards under upon with "
    "within without"
)
LEANING = _set(  # words that lean on the next one
    "a an the my your his her its our their this these those no every each some any very not "
    "mr mrs ms dr st is are was were be been am has have had will would can could may might must "
    "shall should do does did don't can't won't"
)
AUXILIARIES = _set(
    "is are was were has have had will would can could may might must shall should does did"
)
NUMBERS = _set(
    "nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand million"
)
ABBREVIATIONS = _set("mr. mrs. ms. dr. st. e.g. i.e. etc. vs. cllr. prof. rev.")
CLOSERS = "\"'”’)]"


@dataclass(frozen=True)
class Names:
    """Terms of several words that must stay together, each in plain lower-case words."""

    terms: frozenset[tuple[str, ...]]
    longest: int

    def part_at(self, words: list[Word], after: int) -> bool:
        """Whether a break after ``words[after]`` would part one of the terms."""
        if not self.terms:
            return False
        begin = max(0, after - self.longest + 2)
        plain = [_plain(word.text) for word in words[begin : after + self.longest]]
        place = after - begin + 1  # how many of these stand before the break
        for first in range(place):
            for last in range(place + 1, min(len(plain), first + self.longest) + 1):
                if tuple(plain[first:last]) in self.terms:
                    return True
        return False


def names_in(terms: Iterable[str]) -> Names:
    """The terms of a glossary that have more than one word."""
    split = (tuple(filter(None, map(_plain, term.split()))) for term in terms)
    several = frozenset(words for words in split if len(words) > 1)
    return Names(several, max((len(words) for words in several), default=0))


NO_NAMES = names_in(())


def price(words: list[Word], after: int, names: Names = NO_NAMES) -> float:
    """The price of a break after ``words[after]``; the end of the list costs nothing."""
    if after + 1 >= len(words):
        return 0.0
    word, following = words[after], words[after + 1]
    pause = following.start - word.end
    cost = min(_by_text(word.text, following.text), _by_pause(pause))
    if cost < INSIDE_NAME and names.part_at(words, after):
        return INSIDE_NAME
    return cost


def ends_sentence(text: str) -> bool:
    """Whether a word closes a sentence: “go.” and “go?”, but neither “Mr.” nor the initial “J.”"""
    bare = text.rstrip(CLOSERS)
    if not bare.endswith((".", "!", "?", "…")):
        return False
    return bare.lower() not in ABBREVIATIONS and not (len(bare) == 2 and bare[0].isupper())


def _by_text(word: str, following: str) -> float:
    if ends_sentence(word):
        return AFTER_SENTENCE
    if word.rstrip(CLOSERS).endswith((",", ";", ":", "–", "—")) or following[:1] in "–—(":
        return AFTER_CLAUSE
    spoken, then = _plain(word), _plain(following)
    if (_is_name(word) and _is_name(following)) or (spoken in NUMBERS and then in NUMBERS):
        return INSIDE_NAME
    if spoken in LEANING or spoken in PREPOSITIONS or spoken in CONJUNCTIONS:
        return AFTER_LEANING
    if then in CONJUNCTIONS:
        return BEFORE_CONJUNCTION
    return BEFORE_PREPOSITION if then in PREPOSITIONS or then in AUXILIARIES else ANYWHERE


def _by_pause(seconds: float) -> float:
    if seconds >= LONG_PAUSE:
        return AFTER_SENTENCE
    return AFTER_CLAUSE if seconds >= PAUSE else INSIDE_NAME


def _is_name(text: str) -> bool:
    return text[:1].isupper() and text != "I" and not text.startswith(("I'", "I’"))


def _plain(text: str) -> str:
    return text.strip("\"'“”‘’()[].,;:!?…").replace("’", "'").lower()
