"""What can be found, told by the apps above: each registers a source in its `AppConfig.ready`."""

import os.path
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from search.engines.document import Document
from search.engines.question import Reference
from search.engines.text import plain_words, stems


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a citation leads to today, for one audience; documents in the order of the book.

    `cited` is what it names. Where that is more than one thing ("which Clause IX?") it is empty and
    `meanings` lists them; where it does not exist both are, and `neighbours` are the nearest that
    do. `body` of a document of `cited` is its whole text, with that of its parts.
    """

    reference: Reference
    cited: tuple[Document, ...] = ()
    meanings: tuple[Document, ...] = ()
    neighbours: tuple[Document, ...] = ()


MOST_WORDS = 8  # looked for by the database's own search

_KIND = re.compile(r"[a-z][a-z0-9_-]*")
_registered: dict[str, "Source"] = {}


class Source(ABC):
    """One kind of thing that can be found.

    When one of them changes, call `search.actions.changes.mark_changed` in the transaction that
    changes it, also when it is withdrawn or deleted.
    """

    kind: str  # one lower-case word, for addresses and the index
    label: str | Promise  # what they are called together: “Rules”
    label_one: str | Promise = ""  # what one is called: “Rule”; without it the label is used
    order: int = 100  # of the filters on the page, smallest first

    @abstractmethod
    def keys(self) -> Iterable[str]:
        """Return the key of everything that should be found by somebody."""

    @abstractmethod
    def documents(self, keys: Sequence[str]) -> Iterable[Document]:
        """Return what is to be found of these keys, in a number of queries that does not grow.

        A key may yield several documents, each with an id of its own. One that nobody may see
        any longer, or that is gone, yields none and so disappears from the index.
        """

    def resolve(self, references: Sequence[Reference], audience: frozenset[str]) -> list[Resolved]:
        """Return what citations lead to, where the source knows. Constant queries."""
        return []

    def keys_with(self, words: Sequence[str], limit: int) -> Iterable[str]:
        """Return keys of entries in which all these words occur, found without the index.

        This answers while the engine cannot: one plain query of the database, `limit` keys at most.
        """
        return ()


def beginnings(words: Iterable[str]) -> list[str]:
    """Return how words begin in all their forms, for `keys_with`.

    "Removing" gives "remov", and "copies" gives "cop": a stem may end with i for y.
    """
    found = (
        os.path.commonprefix([word.lower(), plain, stem.removesuffix("i")])  # noqa: RUF071 - words, not paths
        for typed in words
        for word in re.findall(r"[^\W_]+", typed)
        for plain, stem in zip(plain_words(word), stems(word), strict=True)
    )
    return list(dict.fromkeys(filter(None, found)))[:MOST_WORDS]


def register(source: Source) -> None:
    """Let a source be indexed. Raises ValueError where another source has the same kind."""
    if not _KIND.fullmatch(source.kind):
        raise ValueError(f"“{source.kind}” is no kind: use lower-case letters, digits, - and _.")
    known = _registered.get(source.kind)
    if known is not None and type(known) is not type(source):
        raise ValueError(f"“{source.kind}” is registered already, by {type(known).__name__}.")
    _registered[source.kind] = source


def registered() -> tuple[Source, ...]:
    """Return the sources in the order in which the page shows them."""
    return tuple(sorted(_registered.values(), key=lambda source: (source.order, source.kind)))


def of_kind(kind: str) -> Source | None:
    """Return the source of a kind, or None where no app offers it."""
    return _registered.get(kind)


def documents_of(source: Source, keys: Sequence[str]) -> list[Document]:
    """Return the documents of these keys, checked. Raises ValueError for what breaks the rules."""
    asked, ids = set(keys), set()
    documents = list(source.documents(keys))
    for document in documents:
        if document.kind != source.kind or document.key not in asked:
            raise ValueError(f"{source.kind} was not asked for {document.entry}.")
        if document.id in ids:
            raise ValueError(f"Two documents of {source.kind} have the id {document.id!r}.")
        ids.add(document.id)
    return documents
