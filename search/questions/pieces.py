"""Words and phrases as they stand in a question, with the signs that say how they are meant."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from search.citations import grammar
from search.engines.question import Term
from search.engines.text import clean, plain_words

SAME = 0.9  # the same abbreviation with or without its full stops

# Words that say how a question is asked and not what about. They are in the index all the same,
# so that phrases and the letters of citations are found; a question of nothing else is taken at its
# word.
_SLIGHT = """
    a about an and any anybody anyone are as at be been being but by can could did do does for
    from had has have how i if in into is it its may me might must my need needs of on or our
    shall should so somebody someone such than that the their them then there these they this
    those to under upon us was we were what when where which who whom whose why will with would
    you your
"""
SLIGHT_WORDS = frozenset(_SLIGHT.split())

# "How long", "how many": what they ask for stands in no document beside what it is asked of.
_MEASURES = frozenset(
    ["big", "early", "far", "late", "long", "many", "much", "often", "old", "soon"]
)

_CHUNK = re.compile(r'(?P<minus>(?<!\S)[-−–])?"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+)|"')
_WORD = re.compile(
    r"(?<![\w.])(?P<dotted>[^\W\d_](?:\.[^\W\d_])+)(?![^\W_])|[^\W_]+(?:['’\-‐‑][^\W_]+)*"
)


class Piece(NamedTuple):
    """One word or phrase, where it stands, and what was said of it.

    `also` are other ways to write the very same; `alternative`: OR stood before it; `slight`: it
    only says how the question is asked.
    """

    term: Term
    start: int
    end: int
    also: tuple[Term, ...] = ()
    excluded: bool = False
    alternative: bool = False
    slight: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is a word, wanted, of no alternatives: one that others may stand beside."""
        return not (self.excluded or self.alternative or self.term.exact)


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces of a text in which all quotation marks are straight."""
    found = list(_read(text))
    words = [piece.term.text for piece in found]
    return [
        piece._replace(slight=_is_slight(piece.term, words, n, text[piece.end :]))
        for n, piece in enumerate(found)
    ]


def _read(text: str) -> Iterator[Piece]:
    alternative = exclude = False
    for match in _CHUNK.finditer(text):
        plain = match["plain"] or ""
        if plain in ("OR", "|"):
            alternative = True
        elif plain == "NOT":
            exclude = True
        elif plain not in ("AND", "&", "+"):
            for piece in _terms(match):
                minus = piece.excluded or exclude
                yield piece._replace(excluded=minus, alternative=alternative)
                alternative = exclude = False


def _terms(match: re.Match[str]) -> Iterator[Piece]:
    if match["phrase"] is not None:
        if plain_words(match["phrase"]):
            term = Term(match["phrase"].strip(), exact=True)
            yield Piece(term, *match.span("phrase"), excluded=bool(match["minus"]))
        return
    plain = match["plain"] or ""
    minus = len(plain) > 1 and plain[0] in "-−–" and plain[1] not in "-−–"
    for word in _WORD.finditer(plain):
        if plain_words(word.group()):
            start, end = match.start() + word.start(), match.start() + word.end()
            if dotted := word["dotted"]:
                spelt = Term(dotted, exact=minus, weight=1.0 if minus else SAME)
                whole = Term(dotted.replace(".", ""))
                yield Piece(whole, start, end, also=(spelt,), excluded=minus)
            else:
                yield Piece(Term(word.group()), start, end, excluded=minus)


def _is_slight(term: Term, words: Sequence[str], place: int, following: str) -> bool:
    word = clean(term.text).lower()
    if term.exact or word not in SLIGHT_WORDS:
        after_how = place > 0 and words[place - 1].lower() == "how"
        return not term.exact and word in _MEASURES and after_how
    return not grammar().names_a_step(words, place, following)
