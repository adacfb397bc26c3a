"""What the embedded index holds of a document, and how it gives it back."""

import hashlib
import math
from functools import lru_cache
from typing import Any

import tantivy

from search.engines.document import Document
from search.engines.grouping import day_number
from search.engines.text import clean, joined, plain_words
from search.engines.weights import SPOKEN, SUPERSEDED

# Raise this number when fields or analysers change: an index of another number is built anew.
SCHEMA_VERSION = 4
SCHEMA = f"{SCHEMA_VERSION}, {getattr(tantivy, '__version__', '')}"

# In the place of a film's title where titles are weighed: a word that nobody asks. With nothing
# there, engines differ in whether such a document counts where it is counted how rare words are.
UNWEIGHED = "titleofafilm"
SCALE = 4.0  # the index multiplies scores by up to this much: `_weight`


def make_schema() -> tantivy.Schema:
    """Return the fields: texts to search, words to filter by, and the document as it was given.

    `whole` is title, heading and body (or spoken words) together: one list of documents for each
    word is what makes long questions quick. `title` and `heading` add to it what they weigh; the
    title of a film stands on all its passages, says little of any one of them and adds nothing.
    """
    builder = tantivy.SchemaBuilder()
    for name in ("title", "heading", "whole"):
        builder.add_text_field(name, tokenizer_name="english")
    for name in ("exact", "name"):
        builder.add_text_field(name, tokenizer_name="plain")
    for name in ("entry", "audience", "citation", "within", "quoted"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("kind", "group", "edition", "course"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("kind_number", "group_number", "day"):
        builder.add_integer_field(name, fast=True)
    builder.add_integer_field("name_number", fast=True, indexed=True)
    builder.add_float_field("weight", fast=True)
    builder.add_bytes_field("document", stored=True)
    return builder.build()


@lru_cache(maxsize=4096)
def number_of(word: str) -> int:
    """Return a number that stands for a word, 0 for none; only numbers are quick to read."""
    if not word:
        return 0
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 2 or 1


def texts_of(document: Document) -> list[str]:
    """Return title, heading and body, cleaned, and then their hyphened words in one piece."""
    texts = [clean(text) for text in (document.title, document.heading, document.body)]
    return [*texts, *filter(None, map(joined, texts))]


def steps_above(citation: str) -> list[str]:
    """Return the citations of all that what is cited is a part of, the widest first."""
    steps = citation.split(".")
    return [".".join(steps[:depth]) for depth in range(1, len(steps))]


def indexed(document: Document) -> tantivy.Document:
    """Return a document as the index takes it. Raises ValueError for what is no text."""
    texts = texts_of(document)
    title, heading, *_rest = texts
    citation = document.citation.strip().lower()
    known = {name: getattr(document, name) for name in ("group", "edition", "course")}
    return tantivy.Document(
        title=UNWEIGHED if document.seconds is not None else title,
        heading=heading,
        whole=texts,
        exact=texts,
        name=title,
        entry=document.entry.word,
        kind=document.kind,
        audience=list(document.audience),
        citation=citation,
        quoted="yes" if citation else "no",
        within=steps_above(citation),
        kind_number=number_of(document.kind),
        group_number=number_of(document.group),
        name_number=number_of(" ".join(plain_words(title))),
        day=day_number(document.date),
        weight=_weight(document),
        document=document.packed().encode("ascii"),
        **{name: word for name, word in known.items() if word},
    )


def _weight(document: Document) -> float:
    """Return the number by which the index multiplies a score with `SCALE` times the weight.

    It takes the logarithm to base 2 of 2 and this number.
    """
    weight = 1.0 if document.current else SUPERSEDED
    if document.seconds is not None:
        weight *= SPOKEN
    return math.exp2(SCALE * weight) - 2.0


def stored(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Document:
    """Return the document at an address as it was given. Raises ValueError where it is damaged."""
    try:
        packed: Any = searcher.doc(address).get_first("document")
        return Document.unpacked(bytes(packed))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("Data corrupted: a stored document cannot be read.") from error
