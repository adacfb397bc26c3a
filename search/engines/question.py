"""What an engine is asked: a question taken apart, who asks, and how generously words match."""

import datetime
import math
from dataclasses import dataclass
from enum import IntEnum, StrEnum


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: a word as typed, or (`exact`) the words between quotation marks.

    What the vocabulary adds has a `weight` below 1, and may be several words in that order.
    """

    text: str
    exact: bool = False
    weight: float = 1.0


Clause = tuple[Term, ...]  # alternatives; any of them will do


@dataclass(frozen=True, slots=True)
class Reference:
    """One citation as it was typed, and the keys of what it names: all of a range or list.

    Where its beginning was left out there are no keys, and `part` is the rest of one.
    """

    typed: str
    keys: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart. `search.questions.parsing.parse` makes one from what was typed.

    `clauses` are wanted, `excluded` must not occur, `citations` (keys) come first; `wordings` are
    for each of them the words, side by side, in which texts cite it.
    `literal` are the clauses with the words of the citations too, for a citation that is not there.
    `pairs` are words typed side by side, to prefer places where they stand together.
    `unfinished` is the last word, which may be half typed. `references` are the citations as they
    were typed, those whose beginning was left out too. `is_asked`: it reads as a question.
    """

    text: str = ""
    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Term, ...] = ()
    citations: tuple[str, ...] = ()
    wordings: tuple[tuple[str, ...], ...] = ()
    literal: tuple[Clause, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    unfinished: str = ""
    references: tuple[Reference, ...] = ()
    is_asked: bool = False

    @property
    def cited(self) -> dict[str, tuple[str, ...]]:
        """The keys of what is cited, each with its wordings."""
        missing = len(self.citations) - len(self.wordings)
        return dict(zip(self.citations, [*self.wordings, *[()] * missing], strict=True))

    def clauses_for(self, reach: "Reach") -> tuple[Clause, ...]:
        """Return the clauses that are looked for with this reach."""
        return self.literal if reach is Reach.SOME_WORDS else self.clauses

    @property
    def asks_nothing(self) -> bool:
        return not (self.clauses or self.citations)


class Sort(StrEnum):
    RELEVANCE = "relevance"
    DATE = "date"  # the latest first; what has no date last


@dataclass(frozen=True, slots=True)
class Query:
    """A question, who asks, and which part of the answer is wanted.

    `kind`, `edition`, `course` and `group` narrow it to documents that say exactly that; `since`
    and `until` (both included) to those with a date between. With `per_kind` the hits are at most
    that many of each kind, the kind with the best hit first, and at most `per_group` of one group
    (unless something is cited); else they are `limit` hits from `offset` on, best first.
    """

    question: Question
    audience: frozenset[str]
    kind: str = ""
    limit: int = 10
    offset: int = 0
    per_kind: int = 0
    per_group: int = 0
    edition: str = ""
    course: str = ""
    group: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    sort: Sort = Sort.RELEVANCE


class Reach(IntEnum):
    """How generously words match; the next step is taken where the one before finds little."""

    WORDS = 1  # the words, in any of their forms
    HALF_TYPED = 2  # also words that begin with the last one
    FORGIVING = 3  # also words with a typing mistake: `mistakes`
    SOME_WORDS = 4  # also documents that hold only some of the words


FEW = 3  # below this many hits, the next reach is tried

LONGEST_FORGIVEN = 24  # letters; to compare longer words takes long, and they are no words


def mistakes(word: str) -> int:
    """Return how many typing mistakes are forgiven in a plain word: Damerau's distance.

    One from four letters on, two from eight, none in what is too long to be a word. A number is
    never a mistyped other one.
    """
    if not 4 <= len(word) <= LONGEST_FORGIVEN or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2


def least(words: int, reach: Reach = Reach.WORDS) -> int:
    """Return how many of so many words a document must hold to be a sensible hit.

    All of up to three, 75 % of up to six, and at least three or a quarter of a whole sentence:
    asking more of long questions loses many of the judged answers (bench/search_judged.py).
    """
    if reach is Reach.SOME_WORDS:
        return max(1, math.ceil(words / 4)) if words > 3 else max(1, words // 2)
    if words <= 3:
        return words
    return math.floor(words * 0.75) if words <= 6 else max(3, words // 4)
