"""Tells the numbers of headings and list items from the words that follow them."""

import re
from collections.abc import Iterable, Sequence

from library.rules.rulebooks.numbering import distance, firsts, meanings, parsed

_ROMAN = r"[ivxlc]{1,8}|[IVXLC]{1,8}"
_ONE = rf"\d{{1,3}}[A-Za-z]?|{_ROMAN}|[A-Za-z]|([A-Za-z])\1"
_NUMBER = re.compile(
    rf"(?:[(\[](?:{_ONE})[)\]]|(?:{_ONE})[.)]|(?:\([^\s()]{{1,5}}\)){{2,3}}"
    r"|(?:\d{1,3}|[A-Z]|[IVXLC]{1,8})(?:\.(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,8}))+[A-Za-z]?[.)]?"
    r"(?:\([^\s()]{1,5}\))*)"
)
_BARE = re.compile(rf"\d{{1,3}}[A-Z]?|{_ROMAN}|[A-Z]")
BULLETS = set("•‣◦▪●○■□–—-−∗*·➢➤✓\uf0b7\uf0a7\uf0d8")
_NAMED = re.compile(
    r"(chapter|part|article|section|rule|clause|schedule|appendix|annex|paragraph|division|title)",
    re.IGNORECASE,
)
_NAMED_NUMBER = re.compile(rf"[(]?(?:\d{{1,4}}[A-Za-z]?|{_ROMAN}|[A-Za-z])[)]?[.:]?")
_CITING = re.compile(
    r"\b(?:sub)?(?:sections?|clauses?|articles?|chapters?|rules?|paragraphs?|para|parts?|schedules?"
    r"|appendix|appendices|and|or|to|see|under|in|of|with|by|the)$",
    re.IGNORECASE,
)


def is_label(text: str) -> bool:
    """Is this word a number as lists draw them ("A.", "(iv)", "3.1"), or a bullet?"""
    return text in BULLETS or text == "o" or bool(_NUMBER.fullmatch(text))


def is_bare_number(text: str) -> bool:
    """Is this word a number without punctuation, which alone does not make it a label?"""
    return bool(_BARE.fullmatch(text))


def is_citing(text: str) -> bool:
    """Does the text end so that a number after it is cited, not the next item's?"""
    return bool(_CITING.search(text.rsplit(" ", 1)[-1]))


def named_label(words: Sequence[str]) -> int:
    """Return how many of the first words name a division: 2 for "Article IV. …", else 0."""
    if len(words) < 2 or not _NAMED.fullmatch(words[0]):
        return 0
    return 2 if _NAMED_NUMBER.fullmatch(words[1]) else 0


def division(text: str) -> str:
    """Return the word by which the text names a division, in small letters, or nothing."""
    first = text.split(" ", 1)[0].casefold()
    return first if _NAMED.fullmatch(first) else ""


def counts_on(label: str, before: Iterable[str]) -> bool:
    """Is the label the first of a list, or the next after one of those before it?"""
    new = parsed(label)
    if new is None:
        return any(parsed(earlier) is None for earlier in before)
    counted = meanings(new.number)
    if firsts(counted):
        return True
    return any(
        earlier is not None
        and earlier.shape == new.shape
        and distance(counted, meanings(earlier.number)) in (1, 2)
        for earlier in map(parsed, before)
    )


def is_first(label: str) -> bool:
    """Does a list begin with this label?"""
    new = parsed(label)
    return new is not None and bool(firsts(meanings(new.number)))
