"""What an engine is asked, what it is given to keep, and what it answers.

Nothing here knows Django or an index format: an engine is chosen by one setting and every engine
passes the same contract tests.
"""

import datetime
import math
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import ClassVar, NamedTuple

from search.engines.highlighting import Marked

LEAD_SECONDS = 2.0  # a film plays from so long before the words that were found


class IndexMissing(Exception):
    """There is no index that can be read: none was built, it is damaged, or its schema is old."""


class WriterBusy(Exception):
    """Somebody else is writing the index; nothing was changed, try again in a few seconds."""


class EngineUnavailable(Exception):
    """The engine's storage cannot be used just now (disk full, no permission, node down)."""


def aside(audience: Iterable[str]) -> frozenset[str]:
    """Return the words under which what is not in force is kept for an audience.

    A document whose `audience` is these is found only by who asks for other editions too: whose
    `Query.audience` holds them beside her own words.
    """
    return frozenset(f"{word}@aside" for word in audience)


class Entry(NamedTuple):
    """What the index is told about: one row of one source. It may hold several documents."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found.

    `id` is unique within its kind; `key` is its entry's. `citation` is the key by which people cite
    it, its steps separated by full stops: who cites a beginning of it finds it too. `group` names
    what the document is a part of, so that one of them does not flood a page. `audience`: words of
    `party.permissions.audience_tokens`: a document without any is found by nobody; `group_label`
    is what people call the group. `edition` and `course` are what people may narrow their search
    to, in the words they read. What has been superseded is not `current` and stands below what is.

    Spoken words have `seconds`, where in the film the body begins, and `moments`: for each stretch
    of the body the character at which it begins and its second, in their order. In the `url` of
    such a document `{t}` stands for the second to play from (`Document.opening_at`).
    `page` is the page of a paginated file, to which `url` already leads.
    """

    id: str
    key: str
    kind: str
    url: str
    title: str
    heading: str = ""
    body: str = ""
    citation: str = ""
    audience: tuple[str, ...] = ()
    group: str = ""
    group_label: str = ""
    edition: str = ""
    course: str = ""
    current: bool = True
    seconds: float | None = None
    moments: tuple[tuple[int, float], ...] = ()
    page: int | None = None
    language: str = "en"
    date: datetime.date | None = None

    @property
    def entry(self) -> Entry:
        return Entry(self.kind, self.key)

    def second_of(self, character: int) -> float | None:
        """Return when in the film a character of the body is said; None where nothing is said."""
        before = [second for start, second in self.moments if start <= character]
        return before[-1] if before else self.seconds

    def opening_at(self, second: float | None) -> str:
        """Return the address that opens the document, a film two seconds before a moment."""
        begin = max(0.0, (second or 0.0) - LEAD_SECONDS)
        return self.url.replace("{t}", f"{begin:.1f}")


def clock(second: float | None) -> str:
    """Return a second of a film as people write it: 1:23, or 1:02:03 from an hour on."""
    if second is None:
        return ""
    minutes, seconds = divmod(int(second), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


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
    """A question taken apart. `search.questions.parse` makes one from what was typed.

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


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found, with the asked words marked in safe HTML.

    `more` is how many further documents of its group were found and are not among the hits; only
    the last hit of a group says so. `seconds` is when the first marked word of the snippet is said.
    """

    document: Document
    score: float
    title: Marked
    heading: Marked
    snippet: Marked
    cited: bool = False
    more: int = 0
    seconds: float | None = None

    @property
    def url(self) -> str:
        return self.document.opening_at(self.seconds)

    @property
    def time(self) -> str:
        return clock(self.seconds)


@dataclass(frozen=True, slots=True)
class Results:
    """`total` within all that was asked for; `counts` by kind, whichever kind was asked for.

    In the same way `editions` and `courses` count by edition and course, whichever of them was
    asked for, within everything else that was.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    editions: dict[str, int] = field(default_factory=dict)
    courses: dict[str, int] = field(default_factory=dict)
    took_ms: float = 0.0
    reach: Reach = Reach.WORDS


class Writer(ABC):
    """The sole right to change an index, for as long as `Engine.writing` is open."""

    @abstractmethod
    def replace(self, entries: Iterable[Entry], documents: Iterable[Document]) -> None:
        """Put the documents in the place of all that the entries had; durable on return."""


class Engine(ABC):
    """An index that can be asked. Safe to share between threads."""

    name: ClassVar[str]
    single_machine: ClassVar[bool]  # the index lives in a directory of this machine
    forgives_typing: ClassVar[bool]  # a mistyped word still finds

    @abstractmethod
    def writing(self) -> AbstractContextManager[Writer]:
        """Take the sole right to write; what is read meanwhile cannot be overwritten by others.

        Raises `WriterBusy` at once where another process or thread has it, and `IndexMissing`
        where there is nothing to add to (then `rebuild`).
        """

    @abstractmethod
    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make a new index of these documents and put it in the old one's place in one step.

        The old one answers until then, and stays if `documents` raises. Returns how many
        documents it holds. Raises `WriterBusy`.
        """

    @abstractmethod
    def match(self, query: Query, reach: Reach) -> Results:
        """Answer a query with exactly this reach. Raises `IndexMissing`."""

    @abstractmethod
    def suggest(
        self, words: tuple[str, ...], audience: frozenset[str], limit: int
    ) -> tuple[Document, ...]:
        """Return the documents in whose title all these plain words stand, the last half typed.

        One of a title, those with a citation first; nothing that this audience may not find.
        Raises `IndexMissing`.
        """

    @abstractmethod
    def count(self) -> int:
        """Return the number of documents. Raises `IndexMissing`."""

    @abstractmethod
    def documents(self) -> Iterator[Document]:
        """Yield every document held, in no particular order. Raises `IndexMissing`."""

    @abstractmethod
    def size(self) -> int:
        """Return how many bytes the index takes. Raises `IndexMissing`."""

    @abstractmethod
    def remove(self) -> None:
        """Take the index away, and all that belongs to it; without one, do nothing.

        Raises `WriterBusy` and `EngineUnavailable`.
        """

    def write(self, entries: Iterable[Entry], documents: Iterable[Document]) -> None:
        """Replace what these entries had by these documents. Raises as `writing` does."""
        with self.writing() as writer:
            writer.replace(entries, documents)

    def keys(self) -> set[Entry]:
        """Return the entries that have a document. Raises `IndexMissing`."""
        return {document.entry for document in self.documents()}

    def healthy(self) -> bool:
        """Say whether the index can be asked."""
        try:
            self.count()
        except (IndexMissing, EngineUnavailable):
            return False
        return True

    def search(self, query: Query) -> Results:
        """Answer a query as generously as it needs. Raises `IndexMissing`; never for the words."""
        started = time.perf_counter()
        results = Results()
        if not query.question.asks_nothing and query.audience:
            results = self._reach_out(query)
        return replace(results, took_ms=(time.perf_counter() - started) * 1000)

    def _reach_out(self, query: Query) -> Results:
        results = self.match(query, Reach.WORDS)
        for reach in (Reach.HALF_TYPED, Reach.FORGIVING):
            if query.question.clauses and sum(results.counts.values()) < FEW:
                wider = self.match(query, reach)
                if sum(wider.counts.values()) > sum(results.counts.values()):
                    results = wider
        if not results.counts:
            results = self.match(query, Reach.SOME_WORDS)
        return results
