"""Finds where a rule's text refers to other rules: "Chapter 4, Clause II.1", "Clause VI"."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from search.questions.citations import find_citations, normal_form

_STEPS = r"(?:\.(?:\d{1,3}|[A-Z]|[ivxl]{1,5}|[a-z])(?![A-Za-z0-9]))*"
_CLAUSE = re.compile(rf"\bClause\s(?:[IVXL]{{1,7}}|\d{{1,2}})\b{_STEPS}")
_OUTSIDE = re.compile(
    rf"\b(?P<word>Appendix|Part)\s(?P<number>\d{{1,2}}|[IVXL]{{1,7}}|[A-Z])\b"
    rf"(?:,?\sparagraph\s(?P<paragraph>\d{{1,3}}{_STEPS}))?"
)
_ELSEWHERE = re.compile(r"\s+of\s+(?:the\s+)?(?=(?P<name>[A-Z].{0,99}))")


class Reference(NamedTuple):
    """A reference within a text, and the citation key it means ("4.II.1").

    `elsewhere` is empty, or begins with the name of what the rule is in ("Sample Rule Book, or …"
    after "Chapter 4 of the").
    """

    start: int
    end: int
    citation: str
    elsewhere: str


class Piece(NamedTuple):
    """A stretch of a text, and the address it links to, or an empty one."""

    text: str
    url: str = ""


def find_references(text: str, top: str) -> list[Reference]:
    """Return the references in a text that stands below the top-level citation `top` ("7")."""
    found: list[Reference] = []
    for start, end, citation in sorted(_found(text, top)):
        if not found or start >= found[-1].end:
            elsewhere = _ELSEWHERE.match(text, end)
            found.append(Reference(start, end, citation, elsewhere["name"] if elsewhere else ""))
    return found


def pieces(text: str, urls: Mapping[Reference, str]) -> list[Piece]:
    """Cut a text into pieces, those with a known reference carrying its address."""
    cut, position = [], 0
    for reference in sorted(urls):
        if reference.start > position:
            cut.append(Piece(text[position : reference.start]))
        cut.append(Piece(text[reference.start : reference.end], urls[reference]))
        position = reference.end
    if position < len(text):
        cut.append(Piece(text[position:]))
    return cut


def _found(text: str, top: str) -> Iterator[tuple[int, int, str]]:
    for citation in find_citations(text):
        yield citation.start, citation.end, citation.keys[0]
    for match in _CLAUSE.finditer(text):
        if key := normal_form(f"Chapter {top} {match.group()}"):
            yield match.start(), match.end(), key
    for match in _OUTSIDE.finditer(text):
        below = f".{match['paragraph']}" if match["paragraph"] else ""
        yield match.start(), match.end(), f"{match['word'].lower()}-{match['number']}{below}"
