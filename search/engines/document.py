"""What an engine is given to keep. Nothing here knows Django or an index format."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

LEAD_SECONDS = 2.0  # a film plays from so long before the words that were found


def aside(audience: Iterable[str]) -> frozenset[str]:
    """Return the words under which what is not in force is kept for an audience.

    A document whose `audience` is these is found only by who asks for other editions too: whose
    `Query.audience` holds them beside their own words.
    """
    return frozenset(f"{word}@aside" for word in audience)


class Entry(NamedTuple):
    """What the index is told about: one row of one source. It may hold several documents."""

    kind: str
    key: str

    @property
    def word(self) -> str:
        """The one word by which all documents of the entry are found and deleted."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found.

    `id` is unique within its kind; `key` is its entry's. `citation` is the key by which people cite
    it, its steps separated by full stops: who cites a beginning of it finds it too. `group` names
    what the document is a part of, so that one of them does not flood a page. `audience`: words of
    `audience_tokens`: a document without any is found by nobody; `group_label`
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

    def packed(self) -> str:
        """Return the document as an engine keeps it: JSON, in ASCII."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(values, separators=(",", ":"), default=str)

    @classmethod
    def unpacked(cls, packed: str | bytes) -> Self:
        """Return the document as it was given. Raises KeyError, TypeError, ValueError."""
        values = json.loads(packed)
        values["audience"] = tuple(values["audience"])
        values["moments"] = tuple((start, second) for start, second in values["moments"])
        if values["date"] is not None:
            values["date"] = datetime.date.fromisoformat(values["date"])
        return cls(**values)

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
