"""Documents with their vectors in files that are read without loading them.

```
vectors.npy       a row for each part of a document, float32
starts.npy        the first row of each document        facet.npy    the number of its facet
documents.jsonl   each document on a line               offsets.npy  where each line begins
names.json        what the documents are called, and the facets
```
"""

import datetime
import json
import mmap
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from search.engines.base import Document, Entry

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Vectors = NDArray[numpy.float32]
    Numbers = NDArray[numpy.int64]

LONGEST_PART = 1000  # characters of a document that share a vector
MOST_PARTS = 24  # of one document; what stands further down is found by its words alone

Name = tuple[str, str]  # of a document: its kind and id


class Facet(NamedTuple):
    """All of a document that a search may be narrowed to."""

    kind: str
    audience: tuple[str, ...]
    edition: str
    course: str
    group: str
    day: int  # of its date, as `date.toordinal` counts; 0 for none
    current: bool


@dataclass
class Kept:
    """A document as it is kept; `rows` are its vectors, once there are any for its `texts`."""

    name: Name
    entry: Entry
    facet: Facet
    line: bytes
    texts: str  # a word that is another one for other texts
    rows: "Vectors | None" = None


def keep(document: Document) -> Kept:
    """Return a document that has no vectors yet."""
    facet = Facet(
        document.kind,
        document.audience,
        document.edition,
        document.course,
        document.group,
        document.date.toordinal() if document.date else 0,
        document.current,
    )
    texts = "\0".join(text for _start, text in parts(document))
    word = blake2b(texts.encode("utf-8", "replace"), digest_size=12).hexdigest()
    return Kept((document.kind, document.id), document.entry, facet, line_of(document), word)


def parts(document: Document) -> list[tuple[int, str]]:
    """Return the texts of a document that get a vector each, and where in the body they begin.

    Each stands under the title and the heading, as people read it.
    """
    found: list[tuple[int, str]] = []
    above = "\n".join(filter(None, (document.title, document.heading)))
    start = 0
    while len(found) < MOST_PARTS and (start < len(document.body) or not found):
        end = _end_of_part(document.body, start)
        found.append((start, f"{above}\n{document.body[start:end]}".strip()))
        start = end
    return found


def _end_of_part(body: str, start: int) -> int:
    limit = start + LONGEST_PART
    if len(body) <= limit:
        return max(len(body), start + 1)
    ends = (body.rfind(sign, start, limit) + len(sign) for sign in ("\n", ". ", " "))
    return next((end for end in ends if end > start + LONGEST_PART // 3), limit)


def line_of(document: Document) -> bytes:
    """Return a document as one line of JSON, without its end."""
    told = asdict(document)
    told["date"] = document.date.isoformat() if document.date else None
    return json.dumps(told).encode()


def read_line(line: bytes) -> Document:
    """Return the document of a line."""
    told = json.loads(line)
    told["audience"] = tuple(told["audience"])
    told["moments"] = tuple((int(at), float(second)) for at, second in told["moments"])
    told["date"] = datetime.date.fromisoformat(told["date"]) if told["date"] else None
    return Document(**told)


class Snapshot:
    """What one folder holds. Documents have places from 0 on; `model` made their vectors."""

    def __init__(self, folder: Path) -> None:
        import numpy as np

        told = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        self.model = str(told["model"])
        self.facets = [Facet(one[0], tuple(one[1]), *one[2:]) for one in told["facets"]]
        self.names: list[Name] = [(kind, id_) for kind, id_, _key, _texts in told["names"]]
        self.entries = [Entry(kind, key) for kind, _id, key, _texts in told["names"]]
        self.texts = [str(texts) for *_name, texts in told["names"]]
        self.rows: Vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        self.starts: Numbers = np.load(folder / "starts.npy")
        self.facet: Numbers = np.load(folder / "facet.npy")
        self._offsets: Numbers = np.load(folder / "offsets.npy")
        with (folder / "documents.jsonl").open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    @cached_property
    def places(self) -> dict[Name, int]:
        """The place of each document."""
        return {name: place for place, name in enumerate(self.names)}

    @cached_property
    def of_entry(self) -> dict[Entry, list[int]]:
        """The places of the documents of each entry."""
        found: dict[Entry, list[int]] = {}
        for place, entry in enumerate(self.entries):
            found.setdefault(entry, []).append(place)
        return found

    def document(self, place: int) -> Document:
        return read_line(self._line(place))

    def kept(self) -> Iterator[Kept]:
        """Yield the documents with their vectors."""
        ends = [*self.starts[1:], len(self.rows)]
        for place, (start, end) in enumerate(zip(self.starts, ends, strict=True)):
            yield Kept(
                self.names[place],
                self.entries[place],
                self.facets[self.facet[place]],
                self._line(place),
                self.texts[place],
                self.rows[start:end],
            )

    def _line(self, place: int) -> bytes:
        return self._lines[self._offsets[place] : self._offsets[place + 1] - 1]


def write_snapshot(folder: Path, model: str, kept: Sequence[Kept]) -> None:
    """Make the folder and put these documents into it, those without vectors left out."""
    import numpy as np

    folder.mkdir()
    held = [(one, one.rows) for one in kept if one.rows is not None]
    facets = {facet: n for n, facet in enumerate(dict.fromkeys(one.facet for one, _rows in held))}
    counts = [len(rows) for _one, rows in held]
    lines = [len(one.line) + 1 for one, _rows in held]
    rows = [rows for _one, rows in held]
    together = np.concatenate(rows) if rows else np.zeros((0, 0))
    np.save(folder / "vectors.npy", together.astype(np.float32, copy=False))
    np.save(folder / "starts.npy", np.cumsum([0, *counts], dtype=np.int64)[:-1])
    np.save(folder / "offsets.npy", np.cumsum([0, *lines], dtype=np.int64))
    numbers = [facets[one.facet] for one, _rows in held]
    np.save(folder / "facet.npy", np.array(numbers, dtype=np.int64))
    with (folder / "documents.jsonl").open("wb") as file:
        file.writelines(one.line + b"\n" for one, _rows in held)
        file.write(b"\n")  # no file that is read in this way may be empty
    names = [(*one.name, one.entry.key, one.texts) for one, _rows in held]
    told = {"model": model, "facets": list(facets), "names": names}
    (folder / "names.json").write_text(json.dumps(told), encoding="utf-8")
