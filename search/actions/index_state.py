"""How the index stands to its sources."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from search.actions.indexing import engine, everything
from search.engines.document import Entry
from search.engines.engine import EngineUnavailable, IndexMissing
from search.models import ChangedEntry


def index_state() -> dict[str, Any]:
    """Return the engine's name, how much is indexed and waits, and one word for it.

    `missing`: nothing can be asked; `behind`: changes wait or failed; `ready`: all is indexed.
    """
    waiting = ChangedEntry.objects.waiting().count()
    failed = ChangedEntry.objects.count() - waiting
    state: dict[str, Any] = {"engine": settings.SEARCH_ENGINE, "waiting": waiting, "failed": failed}
    try:
        documents = engine().count()
    except (IndexMissing, EngineUnavailable):
        return {**state, "documents": 0, "state": "missing"}
    return {**state, "documents": documents, "state": "behind" if waiting + failed else "ready"}


@dataclass(frozen=True)
class Differences:
    """Where the index does not say what the sources say; each is an id with its kind."""

    missing: tuple[str, ...]
    outdated: tuple[str, ...]
    superfluous: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.superfluous)


def compare_index() -> Differences:
    """Compare every document that the sources offer now with the index. Raises `IndexMissing`."""
    held = {(found.kind, found.id): hash(found) for found in engine().documents()}
    missing, outdated = [], []
    failed: dict[Entry, str] = {}
    for document in everything(failed):
        indexed = held.pop((document.kind, document.id), None)
        if indexed is None:
            missing.append(f"{document.kind}:{document.id}")
        elif indexed != hash(document):
            outdated.append(f"{document.kind}:{document.id}")
    missing += [f"{entry.kind}:{entry.key} ({reason})" for entry, reason in failed.items()]
    superfluous = [f"{kind}:{id_}" for kind, id_ in held]
    return Differences(tuple(missing), tuple(outdated), tuple(sorted(superfluous)))
