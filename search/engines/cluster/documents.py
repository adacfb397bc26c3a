"""What the cluster holds of a document, and how it gives it back.

Words are taken apart and stemmed on this side, by what the embedded engine uses, and reach the
cluster separated by spaces; its analyser only splits them again.
"""

import hashlib
import logging
import re
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from typing import Any

import tantivy
from elasticsearch import dsl

from search.engines.document import Document
from search.engines.embedded_schema import UNWEIGHED, number_of, steps_above, texts_of
from search.engines.text import english_analyser, plain_analyser, plain_words

# Raise this number when fields or analysers change: an index of another number is built anew.
SCHEMA_VERSION = 2
SCHEMA = f"{SCHEMA_VERSION}, {getattr(tantivy, '__version__', '')}"

LONGEST_WORD = 100  # characters; the cluster's analyser cuts words of more than 255
_TEXTS = tuple(field.name for field in fields(Document) if field.type in (str, "str"))
_ENDLESS = 1e9  # seconds; no film is so long, and NaN is not less either
# An address of the hub's own, or of a secure site: nothing that a browser would take for another.
_URL = re.compile(r"(?:(?:/(?![/\\])|https://)[^\\\x00-\x1f\x7f]*)?")
_log = logging.getLogger(__name__)
_english, _plain = english_analyser(), plain_analyser()


def _words() -> dsl.Text:
    return dsl.Text(analyzer="whitespace", multi=True)


def _filter(**values: Any) -> dsl.Keyword:
    return dsl.Keyword(doc_values=False, **values)


class Indexed(dsl.Document):
    """Texts to search, words to filter and count by, and the document as it was given."""

    title = _words()
    heading = _words()
    whole = _words()
    exact = _words()
    name = _words()
    name_number = dsl.Long(index=False)  # one for each title
    entry = _filter()
    audience = _filter(multi=True)
    citation = _filter()
    within = _filter(multi=True)
    kind = dsl.Keyword()
    group = dsl.Keyword()
    edition = dsl.Keyword()
    course = dsl.Keyword()
    date = dsl.Date(format="yyyy-MM-dd")
    current = dsl.Boolean()
    spoken = dsl.Boolean()
    document = dsl.Keyword(index=False, doc_values=False)

    class Meta:
        dynamic = dsl.MetaField("strict")
        meta = dsl.MetaField({"schema": SCHEMA})
        source = dsl.MetaField({"includes": ["document"]})

    class Index:
        settings = {
            "number_of_shards": 1,  # so that how rare a word is, is known of all documents
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",  # only a finished change is seen
        }


def indexed(document: Document) -> dict[str, Any]:
    """Return the action of a bulk request that puts a document into the index."""
    texts = texts_of(document)
    title, heading, *_rest = texts
    citation = _sound(document.citation.strip().lower())
    held = Indexed(
        title=stemmed(UNWEIGHED if document.seconds is not None else title),
        heading=stemmed(heading),
        whole=[stemmed(text) for text in texts],
        exact=[plain(text) for text in texts],
        name=plain(title),
        name_number=number_of(" ".join(plain_words(title))),
        entry=_sound(document.entry.word),
        audience=[_sound(token) for token in document.audience],
        citation=citation or None,
        within=steps_above(citation),
        kind=_sound(document.kind),
        group=_sound(document.group) or None,
        edition=_sound(document.edition) or None,
        course=_sound(document.course) or None,
        date=document.date,
        current=document.current,
        spoken=document.seconds is not None,
        document=document.packed(),
    )
    return {"_id": _id(document), "_source": held.to_dict()}


def stemmed(text: str) -> str:
    """Return the stems of a cleaned text, separated by spaces."""
    return " ".join(cut(_english.analyze(text)))


def plain(text: str) -> str:
    """Return the plain words of a cleaned text, separated by spaces."""
    return " ".join(cut(_plain.analyze(text)))


def cut(words: Iterable[str]) -> list[str]:
    """Return words as the cluster keeps them: none is longer than its analyser takes."""
    return [word[:LONGEST_WORD] for word in words]


def given(packed: Any) -> Document | None:
    """Return the document as it was given; None where it is damaged, or is none of the hub's."""
    try:
        document = Document.unpacked(packed)
        sound = _is_sound(document)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        sound = False
    if not sound:
        _tell("The search cluster holds documents that cannot be read; they are left out.")
    return document if sound else None


def document_for(audience: frozenset[str], packed: Any) -> Document | None:
    """Return the document as it was given; None too where this audience may not find it.

    The cluster was asked for no such document. That it keeps to it is not taken on trust.
    """
    document = given(packed)
    if document is None or audience.isdisjoint(document.audience):
        if document:
            _tell("The search cluster gave documents that were not asked for; they are left out.")
        return None
    return document


def _is_sound(document: Document) -> bool:
    texts = (*(getattr(document, name) for name in _TEXTS), *document.audience)
    seconds = [second for _start, second in document.moments]
    if document.seconds is not None:
        seconds.append(document.seconds)
    return (
        all(type(text) is str for text in texts)
        and all(type(start) is int for start, _second in document.moments)
        and all(type(second) in (int, float) and abs(second) < _ENDLESS for second in seconds)
        and type(document.current) is bool
        and (document.page is None or type(document.page) is int)
        and _URL.fullmatch(document.url) is not None
    )


@cache
def _tell(what: str) -> None:
    """Log it, once in the life of a process."""
    _log.warning(what)


def _id(document: Document) -> str:
    name = f"{document.kind}\0{document.id}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(name, digest_size=16).hexdigest()


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
