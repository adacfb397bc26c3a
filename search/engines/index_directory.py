"""Where the embedded index lives: one directory an index, a note which one counts, one writer.

```
<root>/current.json     {"schema": "…", "directory": "index-…"}, replaced in one step
<root>/writer.lock      held by the one process that writes, let go by its death
<root>/index-…/         the files of one index
```
"""

import contextlib
import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from search.engines.engine import EngineUnavailable, IndexMissing, WriterBusy


class IndexDirectory:
    """The directory of an embedded index with this schema."""

    def __init__(self, root: Path, schema: str) -> None:
        self.root = root
        self.schema = schema

    def current(self) -> Path:
        """Return the directory of the index that counts; raises `IndexMissing`."""
        directory = self._noted()
        while not (directory / "meta.json").is_file():
            # A rebuild may have put another in its place since the note was read.
            before, directory = directory, self._noted()
            if directory == before:
                raise IndexMissing("The index's files are gone.")
        return directory

    def _noted(self) -> Path:
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            schema, directory = note["schema"], self.root / note["directory"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexMissing("No index has been built.") from error
        if schema != self.schema:
            raise IndexMissing("The index was built with another schema.")
        return directory

    @contextlib.contextmanager
    def sole_writer(self) -> Iterator[None]:
        """Hold the right to write. Raises `WriterBusy` at once, `EngineUnavailable` for the disk.

        The right belongs to one thread of one process of this machine, and ends with its death.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = (self.root / "writer.lock").open("a")
        except OSError as error:
            raise EngineUnavailable(f"The index directory cannot be written: {error}") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise WriterBusy("Another process is writing the index.") from error
            yield

    def new(self) -> Path:
        """Make an empty directory for the next index. Only for the writer."""
        directory = self.root / f"index-{uuid.uuid4().hex[:12]}"
        directory.mkdir()
        return directory

    def promote(self, directory: Path) -> None:
        """Let this directory count from now on, and remove all others. Only for the writer."""
        draft = self._note.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"schema": self.schema, "directory": directory.name}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._note)
        self.sweep()

    def sweep(self) -> None:
        """Remove every index but the one that counts. Only for the writer.

        Readers that have an older one open keep its files until they turn to the new one.
        """
        with contextlib.suppress(IndexMissing):
            self._remove_all_but(self.current())

    def clear(self) -> None:
        """Remove every index. Only for the writer."""
        self.condemn()
        self._remove_all_but(None)

    def _remove_all_but(self, keep: Path | None) -> None:
        for directory in self.root.glob("index-*"):
            if directory != keep:
                shutil.rmtree(directory, ignore_errors=True)

    def size(self) -> int:
        """Return how many bytes the index that counts takes; raises `IndexMissing`."""
        return sum(file.stat().st_size for file in self.current().iterdir() if file.is_file())

    def condemn(self) -> None:
        """Let a damaged index no longer count, so that the next writer builds a new one."""
        with contextlib.suppress(OSError):
            self._note.unlink()

    @property
    def _note(self) -> Path:
        return self.root / "current.json"
