"""Finds where a rule's text refers to other rules: "Chapter 4, Clause II.1", "Clause VI"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.questions.citations import find_citations, normal_form

_STEPS = r"(?:\.(?:\d{1,3}|[A-Z]|[ivxl]{1,5}|[a-z])(?![A-Za-z0-9]))*"
_IN_BRACKETS = r"(?:\s?\((?:\d{1,3}|[A-Za-z]|[ivxl]{1,5})\))*"
_NUMBER = r"(?:\d{1,3}[A-Z]?(?:\.\d{1,3})*|[IVXL]{1,7}|[A-Z])"
_CLAUSE = re.compile(rf"\bClause\s(?:[IVXL]{{1,7}}|\d{{1,2}})\b{_STEPS}")
_NAMED = re.compile(
    rf"\b(?P<word>Appendix|Part|Schedule|Article|Section|Rule)\s(?P<number>{_NUMBER})(?![\w])"
    rf"(?P<steps>{_STEPS}{_IN_BRACKETS})"
    rf"(?:,?\sparagraph\s(?P<paragraph>\d{{1,3}}{_STEPS}))?"
)
_PARAGRAPH = re.compile(rf"\b[Pp]aragraph\s(?P<number>\d{{1,3}}{_STEPS}{_IN_BRACKETS})(?!\w)")
_ELSEWHERE = re.compile(r"\s+(?:of|to|in)\s+(?:the\s+)?(?=(?P<name>[A-Z].{0,99}))")
_AN_ACT = re.compile(r"(?:,?\s(?:[A-Z][\w’']*|of|and|the|\([A-Z]\w*\))){1,12}\s(?:Act|Order)\b")
_STEP = re.compile(r"[A-Za-z0-9]+")


class Reference(NamedTuple):
    """A reference within a text, and the citation key it means ("4.II.1").

    `elsewhere` is empty, or begins with the name of what the rule is in ("Sample Rule Book, or …"
    after "Chapter 4 of the").
    """

    start: int
    end: int
    citation: str
    elsewhere: str


def find_references(text: str, top: str, *, here: str = "") -> list[Reference]:
    """Return the references in a text that stands below the top-level citation `top` ("7").

    `here` is the citation of the clause it stands in, of whose paragraphs it may speak. What is
    said of an Act of Parliament is left out.
    """
    found: list[Reference] = []
    for start, length, citation in sorted(_found(text, top, here)):
        end = start - length
        if (not found or start >= found[-1].end) and not _AN_ACT.match(text, end):
            elsewhere = _ELSEWHERE.match(text, end)
            found.append(Reference(start, end, citation, elsewhere["name"] if elsewhere else ""))
    return found


def _found(text: str, top: str, here: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each reference begins, less where it ends (so that long ones sort first)."""
    for citation in find_citations(text):
        yield citation.start, citation.start - citation.end, citation.keys[0]
    for match in _CLAUSE.finditer(text):
        if key := normal_form(f"Chapter {top} {match.group()}"):
            yield match.start(), match.start() - match.end(), key
    for match in _NAMED.finditer(text):
        below = match["steps"] + (f".{match['paragraph']}" if match["paragraph"] else "")
        number = match["number"].replace(".", "-")
        key = ".".join([f"{match['word'].lower()}-{number}", *_STEP.findall(below)])
        yield match.start(), match.start() - match.end(), key
    if here:
        for match in _PARAGRAPH.finditer(text):
            key = ".".join([here, *_STEP.findall(match["number"])])
            yield match.start(), match.start() - match.end(), key
