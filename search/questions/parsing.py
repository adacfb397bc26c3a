"""From what a person types to a question that an engine can be asked. Pure; nothing raises."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from search.citations import Mention, grammar
from search.engines.question import Clause, Question, Reference, Term
from search.engines.text import plain_words, stems
from search.questions.interrogatives import is_asked
from search.questions.pieces import Piece, pieces_of
from search.questions.synonyms import NONE, OTHER, Synonyms

LONGEST = 1000  # characters of a question that are looked at
MOST_CLAUSES = 32
MOST_EXCLUDED = 10
MOST_CITATIONS = 50

_QUOTES = str.maketrans("“”„‟«»″＂", '""""""""')
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
# What is written to be invisible; it would part words and turn the page's own writing around.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def parse(typed: str, synonyms: Synonyms = NONE) -> Question:
    """Take a question apart: words, "phrases", -exclusions, OR, and citations.

    Any text at all gives a question; quotation marks left open are taken as not typed.
    """
    text = readable(typed)
    cited = unquoted_citations(text)
    pieces = pieces_of(without(text, [citation for citation in cited if citation.keys]))
    keys = dict.fromkeys(key for citation in cited for key in citation.keys)
    cited_keys = tuple(keys)[:MOST_CITATIONS]
    clauses = _clauses(pieces, synonyms, cited)
    wanted = _weighty(clauses)
    if keys and _all_slight(clauses):
        wanted = ()
    return Question(
        text=text,
        clauses=wanted,
        excluded=tuple(_excluded(pieces))[:MOST_EXCLUDED],
        citations=cited_keys,
        wordings=tuple(grammar().wordings(key) for key in cited_keys),
        literal=_weighty(_clauses(pieces_of(text), synonyms, cited)) if keys else wanted,
        pairs=tuple(_pairs(pieces)),
        unfinished=_unfinished(pieces, wanted),
        references=tuple(_references(text, cited)),
        is_asked=is_asked(text),
    )


def readable(typed: str) -> str:
    """Return what is looked at of a text: characters that show, straight quotation marks."""
    shown = _NOT_TEXT.sub(" ", _UNSEEN.sub("", typed[:LONGEST]))
    return unicodedata.normalize("NFC", shown)[:LONGEST].translate(_QUOTES).strip()


def unquoted_citations(text: str) -> list[Mention]:
    """Return the citations of a text that do not stand between quotation marks."""
    quoted = [match.span() for match in re.finditer(r'"[^"]*"', text)]
    return [
        citation
        for citation in grammar().mentions(text)
        if not any(start < citation.end and citation.start < end for start, end in quoted)
    ]


def without(text: str, cited: Iterable[Mention]) -> str:
    """Return the text with its citations blanked out: every word stays in its place."""
    parts, position = [], 0
    for citation in cited:
        parts += [text[position : citation.start], " " * (citation.end - citation.start)]
        position = citation.end
    return "".join([*parts, text[position:]])


class _Wanted(NamedTuple):
    clause: Clause
    slight: bool


def _clauses(
    pieces: Sequence[Piece], synonyms: Synonyms, cited: Sequence[Mention]
) -> tuple[_Wanted, ...]:
    added = _added(pieces, synonyms, cited)
    clauses: list[_Wanted] = []
    joinable = False  # what stands before an OR was a clause, not an exclusion
    for piece, others in zip(pieces, added, strict=True):
        if not piece.excluded:
            new = _Wanted((piece.term, *piece.also, *others), piece.slight and not others)
            if piece.alternative and joinable:
                before = clauses.pop()
                both = tuple(dict.fromkeys([*before.clause, *new.clause]))
                new = _Wanted(both, before.slight and new.slight)
            clauses.append(new)
        joinable = not piece.excluded
    return tuple(dict.fromkeys(clauses))


def _added(
    pieces: Sequence[Piece], synonyms: Synonyms, cited: Sequence[Mention]
) -> list[tuple[Term, ...]]:
    """Return what the vocabulary puts beside each piece.

    Where a form of several words was typed, a document must hold all of them or another form: the
    other stands beside each word, its weight shared between them.
    """
    parts = {place for each in cited if each.parts for place in range(each.start, each.end)}
    added = [_numeral(piece) if piece.start in parts else () for piece in pieces]
    for start, end, others in synonyms.found_in(pieces):
        weighty = [n for n in range(start, end) if not pieces[n].slight]
        for place in weighty or range(start, end):
            typed = stems(pieces[place].term.text)
            share = len(weighty) or end - start
            added[place] += tuple(
                replace(term, weight=term.weight / share)
                for term in others
                if stems(term.text) != typed
            )
    return added


def _numeral(piece: Piece) -> tuple[Term, ...]:
    """Return the other ways to write a number in a citation."""
    return tuple(Term(form, weight=OTHER) for form in grammar().numerals(piece.term.text))


def _excluded(pieces: Sequence[Piece]) -> Iterator[Term]:
    for piece in pieces:
        if piece.excluded:
            yield from (piece.term, *piece.also)


def _weighty(clauses: tuple[_Wanted, ...]) -> tuple[Clause, ...]:
    slight = _all_slight(clauses)
    kept = (clause for clause, is_slight in clauses if slight or not is_slight)
    return tuple(dict.fromkeys(kept))[:MOST_CLAUSES]


def _all_slight(clauses: tuple[_Wanted, ...]) -> bool:
    return all(clause.slight for clause in clauses)


def _pairs(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Yield the words that were typed side by side, unless both only say how it is asked."""
    for first, second in pairwise(pieces[: MOST_CLAUSES * 2]):
        if first.plain and second.plain and not (first.slight and second.slight):
            yield first.term.text, second.term.text


def _unfinished(pieces: Sequence[Piece], wanted: tuple[Clause, ...]) -> str:
    """Return the last word where it may be the beginning of a longer one."""
    if not pieces or pieces[-1].excluded or pieces[-1].term.exact:
        return ""
    last = pieces[-1].term
    words = plain_words(last.text)
    asked = any(last in clause for clause in wanted)
    return words[0] if asked and len(words) == 1 and len(words[0]) > 1 else ""


def _references(text: str, cited: Sequence[Mention]) -> Iterator[Reference]:
    """Yield what is cited, each once; what is listed without its beginning one by one."""
    found: dict[Reference, None] = {}
    for each in cited:
        if each.keys:
            found[Reference(text[each.start : each.end], each.keys[:MOST_CITATIONS])] = None
        elif len(each.parts) == 1:
            found[Reference(text[each.start : each.end], part=each.parts[0])] = None
        else:
            found |= {Reference(grammar().called(part), part=part): None for part in each.parts}
    yield from list(found)[:MOST_CITATIONS]
