"""Where the vectors of the documents are kept: beside an index of words, and never in its way.

```
<root>/waiting-00000012   a change that the index took and that has no vectors yet, in its order
<root>/vectors-00000011   all documents, as the change of this number left them (`snapshot`)
<root>/computing.lock     held by the one that computes vectors, let go by its death
```

A change is written down before the index takes it. From then on nothing older is told of its
entries, so that nobody finds by its meaning what the index no longer lets them find.
"""

import contextlib
import fcntl
import json
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from search.engines.base import Document, Entry
from search.engines.meaning.snapshot import (
    Kept,
    Name,
    Snapshot,
    keep,
    line_of,
    parts,
    read_line,
    write_snapshot,
)

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Vectors = NDArray[numpy.float32]

STEP = 2000  # documents that get their vectors in one step; a step that was taken is kept
OLD = 86_400.0  # seconds after which a draft belongs to nobody who still writes it

Embed = Callable[[Sequence[str]], "Vectors"]


class Reading(NamedTuple):
    """The vectors that count now: those of a snapshot, save of the entries changed since."""

    snapshot: Snapshot
    changed: frozenset[Entry]


class VectorStore:
    """The vectors in a folder of this machine; any process reads, one at a time computes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._opened: tuple[int, int, Snapshot] | None = None

    def note(self, entries: Iterable[Entry], documents: Iterable[Document]) -> None:
        """Write down what the index is about to take. Only for the index's sole writer."""
        self.root.mkdir(parents=True, exist_ok=True)
        draft = self._draft()
        _write_change(draft, entries, documents)
        draft.rename(self._change(self._last_number() + 1))

    def noting(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Pass on the documents of a new index, and write them down once all have passed."""
        self.root.mkdir(parents=True, exist_ok=True)
        drafts: list[Path] = []
        part: list[Document] = []
        try:
            for document in documents:
                part.append(document)
                if len(part) == STEP:
                    drafts.append(_write_change(self._draft(), (), part, anew=not drafts))
                    part = []
                yield document
            if part or not drafts:
                drafts.append(_write_change(self._draft(), (), part, anew=not drafts))
            last = self._last_number()
            for number, draft in enumerate(drafts, start=last + 1):
                draft.rename(self._change(number))
        finally:
            for draft in drafts:
                draft.unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove everything. Raises OSError where that cannot be done."""
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self.root)

    def read(self, model: str) -> Reading | None:
        """Return the vectors that this model made, or None where there are none."""
        for _again in range(2):
            changes = self._changes()  # first: one may become part of a newer snapshot meanwhile
            try:
                number, snapshot = self._latest()
                if snapshot is None or snapshot.model != model:
                    return None
                heads = [_head(self._change(each)) for each in changes if each > number]
            except OSError:
                continue  # it did
            if any(anew for anew, _entries in heads):
                return None
            return Reading(snapshot, frozenset().union(*(entries for _anew, entries in heads)))
        return None

    def catch_up(self, model: str, embed: Embed) -> int:
        """Compute what is waiting, and return how many documents got vectors.

        Returns 0 at once where another thread or process is at it: that one does all of it.
        """
        if not self.root.is_dir():
            return 0
        with (self.root / "computing.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return 0
            done, known = 0, dict[str, "Vectors"]()
            while changes := self._next_changes():
                done += self._take(changes, model, embed, known)
            return done

    def _next_changes(self) -> list[int]:
        """Return the oldest changes that wait, as many as make a step."""
        number, _snapshot = self._latest()
        chosen: list[int] = []
        size = 0
        for change in self._changes():
            if change > number and (not chosen or size < STEP):
                chosen.append(change)
                size += len(_lines(self._change(change)))
        return chosen

    def _take(
        self, changes: Sequence[int], model: str, embed: Embed, known: dict[str, "Vectors"]
    ) -> int:
        """Make a snapshot that holds these changes too; `known` are vectors by their texts."""
        _number, before = self._latest()
        kept: dict[Name, Kept] = {one.name: one for one in before.kept()} if before else {}
        if before and before.model == model:
            known |= {one.texts: one.rows for one in kept.values() if one.rows is not None}
        for change in changes:
            anew, entries = _head(self._change(change))
            documents = [keep(read_line(line)) for line in _lines(self._change(change))]
            kept = {} if anew else {n: one for n, one in kept.items() if one.entry not in entries}
            kept |= {one.name: one for one in documents}
        missing = [one for one in kept.values() if one.texts not in known]
        _compute(missing, embed, known)
        for one in kept.values():
            one.rows = known[one.texts]
        draft = self._draft()
        write_snapshot(draft, model, list(kept.values()))
        draft.rename(self.root / f"vectors-{changes[-1]:08}")
        self._sweep(changes[-1])
        return len(missing)

    def _latest(self) -> tuple[int, Snapshot | None]:
        """Return the newest snapshot and its number, 0 where there is none."""
        number = max(self._numbers("vectors"), default=0)
        if not number:
            return 0, None
        folder = self.root / f"vectors-{number:08}"
        written = folder.stat().st_mtime_ns  # numbers begin anew where all was forgotten
        opened = self._opened
        if opened is None or opened[:2] != (number, written):
            opened = self._opened = (number, written, Snapshot(folder))
        return number, opened[2]

    def _sweep(self, number: int) -> None:
        """Remove what the snapshot of this number replaces; who reads it keeps its files."""
        for older in self._numbers("vectors"):
            if older < number:
                shutil.rmtree(self.root / f"vectors-{older:08}", ignore_errors=True)
        for change in self._changes():
            if change <= number:
                self._change(change).unlink(missing_ok=True)
        for draft in self.root.glob("draft-*"):  # of a process that died
            with contextlib.suppress(OSError):
                if draft.stat().st_mtime < time.time() - OLD:
                    shutil.rmtree(draft) if draft.is_dir() else draft.unlink()

    def _last_number(self) -> int:
        changes = self._changes()  # first: one may become a snapshot meanwhile, none goes back
        return max([0, *changes, *self._numbers("vectors")])

    def _changes(self) -> list[int]:
        return sorted(self._numbers("waiting"))

    def _numbers(self, kind: str) -> list[int]:
        return [int(path.name.rpartition("-")[2]) for path in self.root.glob(f"{kind}-*")]

    def _change(self, number: int) -> Path:
        return self.root / f"waiting-{number:08}"

    def _draft(self) -> Path:
        return self.root / f"draft-{uuid.uuid4().hex}"


def _write_change(
    draft: Path,
    entries: Iterable[Entry],
    documents: Iterable[Document],
    *,
    anew: bool = False,
) -> Path:
    """Write a change: what it replaces, all that there was where `anew`, then the documents."""
    held = list(documents)
    replaced = dict.fromkeys([*entries, *(document.entry for document in held)])
    head = {"anew": anew, "entries": list(replaced)}
    with draft.open("wb") as file:
        file.write(json.dumps(head).encode() + b"\n")
        file.writelines(line_of(document) + b"\n" for document in held)
    return draft


def _head(change: Path) -> tuple[bool, frozenset[Entry]]:
    """Return whether a change makes all anew, and what it replaces."""
    return _read_head(change, change.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _read_head(change: Path, _written: int) -> tuple[bool, frozenset[Entry]]:
    with change.open("rb") as file:
        told = json.loads(file.readline())
    return bool(told["anew"]), frozenset(Entry(kind, key) for kind, key in told["entries"])


def _lines(change: Path) -> list[bytes]:
    return change.read_bytes().splitlines()[1:]


def _compute(missing: Iterable[Kept], embed: Embed, known: dict[str, "Vectors"]) -> None:
    """Add the vectors of documents to those that are known."""
    texts: dict[str, list[str]] = {}
    for one in missing:
        texts[one.texts] = [text for _start, text in parts(read_line(one.line))]
    rows = embed([text for several in texts.values() for text in several])
    start = 0
    for word, several in texts.items():
        known[word] = rows[start : start + len(several)]
        start += len(several)
