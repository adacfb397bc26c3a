"""Words that a recogniser mishears, put right by a list; every use is written down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .words import MARKS, Word, bare, spread

ENDINGS = ("'s", "’s")


@dataclass(frozen=True)
class Correction:
    """``heard`` stood where now ``written`` stands, ``second`` seconds into the film."""

    heard: str
    written: str
    second: float


@dataclass(frozen=True)
class _Rule:
    heard: tuple[str, ...]
    meant: tuple[str, ...]


def correct(
    words: Sequence[Word], pairs: Iterable[tuple[str, str]]
) -> tuple[list[Word], list[Correction]]:
    """(the words with every pair's ``heard`` replaced by its ``meant``, each use of a pair).

    Whole words are compared, whatever their capitals; of several pairs the longest wins, then the
    first. What is put in is not looked at again. Punctuation around stays, so does a possessive
    ’s and the capital at the beginning of a sentence. The new words share the old ones' time by
    their lengths, with the least of their confidences.
    """
    rules = _rules(pairs)
    corrected: list[Word] = []
    uses: list[Correction] = []
    at = 0
    while at < len(words):
        rule = next((r for r in rules.get(bare(words[at].text), ()) if _fits(r, words, at)), None)
        if rule is None:
            corrected.append(words[at])
            at += 1
            continue
        old = words[at : at + len(rule.heard)]
        new = _replaced(rule, old)
        heard, written = (" ".join(word.text for word in group) for group in (old, new))
        if heard == written:
            corrected += old
        else:
            corrected += new
            uses.append(Correction(heard, written, round(old[0].start, 3)))
        at += len(old)
    return corrected, uses


def _rules(pairs: Iterable[tuple[str, str]]) -> dict[str, list[_Rule]]:
    """The pairs by the first word of what is heard, the longest first."""
    rules: dict[str, list[_Rule]] = {}
    for heard, meant in pairs:
        plain = tuple(filter(None, (bare(word) for word in heard.split())))
        if plain and meant.split():
            rules.setdefault(plain[0], []).append(_Rule(plain, tuple(meant.split())))
            if len(plain) == 1:  # “starmer’s” begins otherwise than “starmer”
                rules.setdefault(f"{plain[0]}'s", []).append(rules[plain[0]][-1])
    for group in rules.values():
        group.sort(key=lambda rule: -len(rule.heard))
    return rules


def _fits(rule: _Rule, words: Sequence[Word], at: int) -> bool:
    """Whether the words from ``at`` on are the rule's, with no punctuation between them."""
    group = words[at : at + len(rule.heard)]
    if len(group) < len(rule.heard):
        return False
    if any(word.text[-1:] in MARKS for word in group[:-1]):
        return False
    plain = [bare(word.text) for word in group]
    if plain[-1] != rule.heard[-1]:
        plain[-1] = plain[-1].removesuffix("'s")
    return tuple(plain) == rule.heard


def _replaced(rule: _Rule, old: Sequence[Word]) -> list[Word]:
    texts = list(rule.meant)
    first, last = old[0].text, old[-1].text
    opening = first[: len(first) - len(first.lstrip(MARKS))]
    closing = last[len(last.rstrip(MARKS)) :]
    unmarked = last.rstrip(MARKS)
    if unmarked.endswith(ENDINGS) and bare(unmarked) != rule.heard[-1]:
        closing = unmarked[-2:] + closing
    if texts[0].islower() and first.lstrip(MARKS)[:1].isupper():
        texts[0] = texts[0][:1].upper() + texts[0][1:]
    if texts[-1][-1:] in ".!?" and closing[:1] in ".!?":
        closing = closing[1:]
    texts[0], texts[-1] = opening + texts[0], texts[-1] + closing
    if len(texts) == len(old):
        return [
            Word(text, word.start, word.end, word.confidence)
            for text, word in zip(texts, old, strict=True)
        ]
    confidence = min(word.confidence for word in old)
    return spread(texts, old[0].start, old[-1].end, confidence=confidence)
