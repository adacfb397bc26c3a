"""What an engine answers."""

from dataclasses import dataclass, field

from search.engines.document import Document, clock
from search.engines.highlighting import Marked
from search.engines.question import Reach


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
