"""Documents that mean much the same as a question, of those that may be found."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from search.engines.base import Document, Query
from search.engines.grouping import SUPERSEDED
from search.engines.meaning.snapshot import Facet, Name, parts
from search.engines.meaning.store import Reading

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Vectors = NDArray[numpy.float32]


def may_be_found(facet: Facet, query: Query) -> bool:
    """Say whether documents of a facet may be found by this query: the rules of every engine."""
    asked = (query.kind, query.edition, query.course, query.group)
    said = (facet.kind, facet.edition, facet.course, facet.group)
    if any(word and word != other for word, other in zip(asked, said, strict=True)):
        return False
    if query.since and facet.day < query.since.toordinal():
        return False
    if query.until and not 0 < facet.day <= query.until.toordinal():
        return False
    return not query.audience.isdisjoint(facet.audience)


class Nearness:
    """How near each document is to one question, by the vectors that count at this moment."""

    def __init__(self, reading: Reading, asked: "Vectors") -> None:
        import numpy as np

        self._reading = reading
        self._snapshot = snapshot = reading.snapshot
        self._rows = snapshot.rows @ asked if len(snapshot.starts) else asked[:0]
        self._scores: Vectors = asked[:0]
        if len(snapshot.starts):
            halved = np.array([1.0 if one.current else SUPERSEDED for one in snapshot.facets])
            best = np.maximum.reduceat(self._rows, snapshot.starts)
            self._scores = (best * halved[snapshot.facet]).astype(np.float32)

    def of(self, names: Iterable[Name]) -> dict[Name, float]:
        """Return how near the documents of these names are; those without vectors are left out."""
        places = {name: self._snapshot.places.get(name) for name in names}
        return {
            name: float(self._scores[place])
            for name, place in places.items()
            if place is not None and self._snapshot.entries[place] not in self._reading.changed
        }

    def best(self, query: Query, most: int, least: float) -> dict[Name, float]:
        """Return the nearest that this query may find, at least so near, the nearest first."""
        import numpy as np

        snapshot = self._snapshot
        if not len(snapshot.starts):
            return {}
        allowed = np.array([may_be_found(facet, query) for facet in snapshot.facets])
        scores = np.where(allowed[snapshot.facet], self._scores, -1.0)
        for entry in self._reading.changed:
            scores[snapshot.of_entry.get(entry, [])] = -1.0
        few = min(most, len(scores))
        places = np.argpartition(-scores, few - 1)[:few]
        ordered = sorted(places.tolist(), key=lambda place: (-scores[place], place))
        return {
            snapshot.names[place]: float(scores[place])
            for place in ordered
            if scores[place] >= max(least, 0.0)
        }

    def document(self, name: Name) -> Document:
        """Return the document of a name that `best` told."""
        return self._snapshot.document(self._snapshot.places[name])

    def opening(self, document: Document) -> int:
        """Return at which character of the body the part begins that is nearest."""
        place = self._snapshot.places[document.kind, document.id]
        start = int(self._snapshot.starts[place])
        texts = parts(document)
        rows = self._rows[start : start + len(texts)]
        return texts[int(rows.argmax())][0]
