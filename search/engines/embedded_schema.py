"""What the embedded index holds of a document, and how it gives it back."""

import datetime
import json
from dataclasses import fields
from typing import Any

import tantivy

from search.engines.base import Document, Entry
from search.engines.text import clean, joined

# Raise this number when fields or analysers change: an index of another number is built anew.
SCHEMA_VERSION = 2
SCHEMA = f"{SCHEMA_VERSION}, {getattr(tantivy, '__version__', '')}"

_FIELDS = tuple(field.name for field in fields(Document))


def make_schema() -> tantivy.Schema:
    """Return the fields: texts to search, words to filter by, and the document as it was given."""
    builder = tantivy.SchemaBuilder()
    for name in ("title", "heading", "body"):
        builder.add_text_field(name, tokenizer_name="english")
    builder.add_text_field("exact", tokenizer_name="plain")
    for name in ("entry", "audience", "citation", "within"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_bytes_field("document", stored=True)
    return builder.build()


def entry_word(entry: Entry) -> str:
    """Return the one word by which all documents of an entry are deleted."""
    return f"{entry.kind}:{entry.key}"


def indexed(document: Document) -> tantivy.Document:
    """Return a document as the index takes it. Raises ValueError for what is no text."""
    title, heading, body = clean(document.title), clean(document.heading), clean(document.body)
    whole = [word for text in (title, heading, body) if (word := joined(text))]
    citation = document.citation.strip().lower()
    steps = citation.split(".") if citation else []
    return tantivy.Document(
        title=title,
        heading=heading,
        body=[body, *whole],
        exact=[title, heading, body, *whole],
        entry=entry_word(document.entry),
        kind=document.kind,
        audience=list(document.audience),
        citation=citation,
        within=[".".join(steps[:depth]) for depth in range(1, len(steps))],
        document=_packed(document),
    )


def stored(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Document:
    """Return the document at an address as it was given. Raises ValueError where it is damaged."""
    try:
        packed: Any = searcher.doc(address).get_first("document")
        values = json.loads(bytes(packed))
        values["audience"] = tuple(values["audience"])
        values["moments"] = tuple(tuple(moment) for moment in values["moments"])
        if values["date"]:
            values["date"] = datetime.date.fromisoformat(values["date"])
        return Document(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("Data corrupted: a stored document cannot be read.") from error


def _packed(document: Document) -> bytes:
    values = {name: getattr(document, name) for name in _FIELDS}
    if document.date:
        values["date"] = document.date.isoformat()
    return json.dumps(values, separators=(",", ":"), default=str).encode("ascii")
