"""What search asks of citations: `search.citations.Grammar`, for the rule book."""

import re
from collections.abc import Sequence

from library.citations.mentions import find_mentions
from library.citations.numerals import number_of, to_roman
from library.citations.parser import AFTER_ME, Citation

# "Option A", "step I": after these, and after numbers, A and I are names and not words.
_LABELS = """
    annex annexe appendix article category clause cl class form grade group item letter list option
    para paragraph part plan point rule schedule section stage step sub-clause subclause team type
"""
_NAMED = frozenset(f"{word}{ending}" for word in _LABELS.split() for ending in ("", "s"))
_NUMBER = re.compile(r"\d{1,3}|[IVXL]{1,6}|[B-H]")

# How the lines of a rule begin, from the outermost to the innermost: 1. › A. › i. › a.
_MARKS = tuple(re.compile(mark) for mark in (r"\d+\.", r"[A-Z]+\.", r"[ivxl]+\.", r"[a-z]+\."))


class RuleGrammar:
    """How rules are cited."""

    def mentions(self, text: str) -> list[Citation]:
        return find_mentions(text)

    def wordings(self, key: str) -> tuple[str, ...]:
        """Return "7.viii.3" and "chapter 7 clause viii.3"; of a chapter alone too much is said."""
        chapter, _, below = key.lower().partition(".")
        return (key.lower(), f"chapter {chapter} clause {below}") if below else ()

    def called(self, part: str) -> str:
        return f"Clause {part}"

    def numerals(self, word: str) -> tuple[str, ...]:
        """Return the other forms of a number: a clause may be cited as 9, nine or IX."""
        number = number_of(word)
        forms = (to_roman(number), str(number) if number else "")
        return tuple(form for form in forms if form and form != word)

    def names_a_step(self, words: Sequence[str], place: int, following: str) -> bool:
        """Say whether an A or I is the letter of a clause: "option A", "3 a", "clauses I and A"."""
        if words[place] not in ("a", "A", "i", "I"):
            return False
        word, before = words[place], words[place - 1] if place else ""
        named = before.lower() in _NAMED or bool(_NUMBER.fullmatch(before))
        if before.lower() in ("and", "or", "to") and place > 1:
            before = words[place - 2]
            named = before == "A" or bool(_NUMBER.fullmatch(before))
        last = place == len(words) - 1
        if word in ("a", "i"):
            return named and last
        if word == "I" and AFTER_ME.match(following):
            return False
        return named or (last and word == "A" and place > 0)

    def depth(self, line: str) -> int:
        return next((n for n, mark in enumerate(_MARKS, start=1) if mark.match(line)), 0)
