"""From what a person types to a question that an engine can be asked. Pure; nothing raises."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from search.engines.base import Clause, Question, Reference, Term
from search.engines.text import clean, plain_words
from search.questions.citations import Citation, find_citations
from search.questions.synonyms import NONE, Synonyms

LONGEST = 1000  # characters of a question that are looked at
MOST_CLAUSES = 32
MOST_EXCLUDED = 10
MOST_CITATIONS = 50

# Words that say how a question is asked and not what about. They are in the index all the same,
# so that phrases and clause letters are found; a question made only of them is taken at its word.
_SLIGHT = """
    a about an and any are as at be been being but by can could did do does for from had has have
    how i if in into is it its may me might must my of on or our shall should so such than that the
    their them then there these they this those to under upon us was we were what when where which
    who whom whose why will with would you your
"""
SLIGHT_WORDS = frozenset(_SLIGHT.split())

_QUOTES = str.maketrans("“”„‟«»″＂", '""""""""')
_CHUNK = re.compile(r'(?P<minus>(?<!\S)[-−–])?"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+)|"')
_WORD = re.compile(r"[^\W_]+(?:['’\-‐‑][^\W_]+)*")
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


class _Piece(NamedTuple):
    term: Term
    excluded: bool = False
    alternative: bool = False  # OR stood before it


def parse(typed: str, synonyms: Synonyms = NONE) -> Question:
    """Take a question apart: words, "phrases", -exclusions, OR, and citations of the rule book.

    Any text at all gives a question; quotation marks left open are taken as not typed.
    """
    text = _NOT_TEXT.sub(" ", typed[:LONGEST]).translate(_QUOTES).strip()
    cited = _unquoted_citations(text)
    pieces = list(_pieces(_without(text, cited)))
    keys = dict.fromkeys(key for citation in cited for key in citation.keys)
    clauses = _clauses(pieces)
    wanted = _weighty(clauses)
    if keys and _all_slight(clauses):
        wanted = ()
    return Question(
        text=text,
        clauses=wanted,
        excluded=tuple(piece.term for piece in pieces if piece.excluded)[:MOST_EXCLUDED],
        citations=tuple(keys)[:MOST_CITATIONS],
        literal=_weighty(_clauses(list(_pieces(text)))) if keys else wanted,
        pairs=tuple(_pairs(pieces)),
        unfinished=_unfinished(pieces, wanted),
        references=tuple(
            Reference(text[each.start : each.end], each.keys) for each in cited[:MOST_CITATIONS]
        ),
    )


def _unquoted_citations(text: str) -> list[Citation]:
    quoted = [match.span() for match in re.finditer(r'"[^"]*"', text)]
    return [
        citation
        for citation in find_citations(text)
        if not any(start < citation.end and citation.start < end for start, end in quoted)
    ]


def _without(text: str, cited: Iterable[Citation]) -> str:
    parts, position = [], 0
    for citation in cited:
        parts.append(text[position : citation.start])
        position = citation.end
    return " ".join([*parts, text[position:]])


def _pieces(text: str) -> Iterator[_Piece]:
    alternative = exclude = False
    for match in _CHUNK.finditer(text):
        plain = match["plain"] or ""
        if plain in ("OR", "|"):
            alternative = True
        elif plain == "NOT":
            exclude = True
        elif plain not in ("AND", "&", "+"):
            for term, minus in _terms(match):
                yield _Piece(term, excluded=minus or exclude, alternative=alternative)
                alternative = exclude = False


def _terms(match: re.Match[str]) -> Iterator[tuple[Term, bool]]:
    if match["phrase"] is not None:
        if plain_words(match["phrase"]):
            yield Term(match["phrase"].strip(), exact=True), bool(match["minus"])
        return
    plain = match["plain"] or ""
    minus = len(plain) > 1 and plain[0] in "-−–" and plain[1] not in "-−–"
    for word in _WORD.findall(plain):
        if plain_words(word):
            yield Term(word), minus


def _clauses(pieces: Iterable[_Piece]) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    joinable = False  # what stands before an OR was a clause, not an exclusion
    for piece in pieces:
        if piece.excluded:
            joinable = False
            continue
        if piece.alternative and joinable:
            clauses[-1] = (*clauses[-1], piece.term)
        else:
            clauses.append((piece.term,))
        joinable = True
    return tuple(dict.fromkeys(clauses))


def _weighty(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    if _all_slight(clauses):
        return clauses[:MOST_CLAUSES]
    return tuple(clause for clause in clauses if not _is_slight(clause))[:MOST_CLAUSES]


def _all_slight(clauses: tuple[Clause, ...]) -> bool:
    return all(_is_slight(clause) for clause in clauses)


def _is_slight(clause: Clause) -> bool:
    return all(not term.exact and clean(term.text).lower() in SLIGHT_WORDS for term in clause)


def _pairs(pieces: list[_Piece]) -> Iterator[tuple[str, str]]:
    """Yield the words that were typed side by side, unless both only say how it is asked."""
    for first, second in pairwise(pieces[: MOST_CLAUSES * 2]):
        aside = any(p.excluded or p.alternative or p.term.exact for p in (first, second))
        if not aside and not _is_slight((first.term, second.term)):
            yield first.term.text, second.term.text


def _unfinished(pieces: list[_Piece], wanted: tuple[Clause, ...]) -> str:
    """Return the last word where it may be the beginning of a longer one."""
    if not pieces or pieces[-1].excluded or pieces[-1].term.exact:
        return ""
    last = pieces[-1].term
    words = plain_words(last.text)
    asked = any(last in clause for clause in wanted)
    return words[0] if asked and len(words) == 1 and len(words[0]) > 1 else ""
