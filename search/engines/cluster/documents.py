"""What the cluster holds of a document, and how it gives it back.

Words are taken apart and stemmed on this side, by what the embedded engine uses, and reach the
cluster separated by spaces; its analyser only splits them again.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import tantivy
from elasticsearch import dsl

from search.engines.base import Document, Entry
from search.engines.embedded_schema import number_of
from search.engines.text import clean, english_analyser, joined, plain_analyser, plain_words

# Raise this number when fields or analysers change: an index of another number is built anew.
SCHEMA_VERSION = 1
SCHEMA = f"{SCHEMA_VERSION}, {getattr(tantivy, '__version__', '')}"

LONGEST_WORD = 100  # characters; the cluster's analyser cuts words of more than 255
_FIELDS = tuple(field.name for field in fields(Document))
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


def entry_word(entry: Entry) -> str:
    """Return the one word by which all documents of an entry are found."""
    return f"{entry.kind}:{entry.key}"


def indexed(document: Document) -> dict[str, Any]:
    """Return the action of a bulk request that puts a document into the index."""
    title, heading, body = clean(document.title), clean(document.heading), clean(document.body)
    texts = [title, heading, body, *filter(None, map(joined, (title, heading, body)))]
    citation = _sound(document.citation.strip().lower())
    steps = citation.split(".") if citation else []
    held = Indexed(
        title=stemmed(title),
        heading=stemmed(heading),
        whole=[stemmed(text) for text in texts],
        exact=[plain(text) for text in texts],
        name=plain(title),
        name_number=number_of(" ".join(plain_words(title))),
        entry=_sound(entry_word(document.entry)),
        audience=[_sound(token) for token in document.audience],
        citation=citation or None,
        within=[".".join(steps[:depth]) for depth in range(1, len(steps))],
        kind=_sound(document.kind),
        group=_sound(document.group) or None,
        edition=_sound(document.edition) or None,
        course=_sound(document.course) or None,
        date=document.date,
        current=document.current,
        spoken=document.seconds is not None,
        document=_packed(document),
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


def given(packed: str) -> Document:
    """Return the document as it was given. Raises ValueError where it is damaged."""
    try:
        values = json.loads(packed)
        values["audience"] = tuple(values["audience"])
        values["moments"] = tuple(tuple(moment) for moment in values["moments"])
        if values["date"]:
            values["date"] = datetime.date.fromisoformat(values["date"])
        return Document(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("A document of the index cannot be read.") from error


def _packed(document: Document) -> str:
    values = {name: getattr(document, name) for name in _FIELDS}
    if document.date:
        values["date"] = document.date.isoformat()
    return json.dumps(values, separators=(",", ":"), default=str)


def _id(document: Document) -> str:
    name = f"{document.kind}\0{document.id}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(name, digest_size=16).hexdigest()


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
