"""Finds where a rule's text refers to other rules: "Chapter 4, Clause II.1", "Clause VI"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from library.citations.mentions import find_citations, normal_form
from library.citations.numerals import from_roman

_STEPS = r"(?:\.(?:\d{1,3}|[A-Z]|[ivxl]{1,5}|[a-z])(?![A-Za-z0-9]))*"
_IN_BRACKETS = r"(?:\s?\((?:\d{1,3}|[A-Za-z]|[ivxl]{1,5})\))*"
_NUMBER = r"(?:\d{1,3}[A-Z]?(?:\.\d{1,3})*|[IVXL]{1,7}|[A-Z])"
_FIRST = r"(?:\d{1,3}[A-Z]?|[IVXL]{2,5}|[A-Z]|\((?:\d{1,3}|[A-Za-z]|[ivxl]{1,5})\))"
_OWN = rf"(?>{_FIRST}{_STEPS}{_IN_BRACKETS})(?!\w)"
_SUBSECTION = r"[Ss]ub-?[Ss]ection"
_CLAUSE = re.compile(rf"\bClause\s(?:[IVXL]{{1,7}}|\d{{1,2}})\b{_STEPS}")
_NAMED = re.compile(
    rf"(?<![\w-])(?:{_SUBSECTION}\s(?P<first>{_OWN})\s(?:of|in|under)\s)?"
    rf"(?:(?P<word>Appendix|Part|Schedule|Article|Section|Rule)\s(?P<number>{_NUMBER})"
    r"|section\s(?P<dotted>\d{1,3}(?:\.\d{1,3})+))(?![\w])"
    rf"(?:,?\sSection\s(?P<section>{_NUMBER})(?![\w]))?"
    rf"(?P<steps>{_STEPS}{_IN_BRACKETS})"
    rf"(?:,?\s(?:paragraph\s(?P<paragraph>\d{{1,3}}{_STEPS})|{_SUBSECTION}\s(?P<last>{_OWN})))?"
)
_PARAGRAPH = re.compile(rf"\b[Pp]aragraph\s(?P<number>\d{{1,3}}{_STEPS}{_IN_BRACKETS})(?!\w)")
_OF_ITS_OWN = re.compile(
    rf"(?<![\w-]){_SUBSECTION}\s(?P<number>{_OWN})(?!\sof\s(?!(?:this|these)\b))"
)
_ELSEWHERE = re.compile(r"\s+(?:of|to|in)\s+(?:the\s+)?(?=(?P<name>[A-Z].{0,99}))")
_AN_ACT = re.compile(
    r"(?:,?\s(?:[A-Z][\w’']*|of|and|the|\([A-Z]\w*\))){1,12}\s(?:Act|Order)\b"
    r"|\s(?:of|in|to|under)\s(?:the|that|this)\s(?:\d{4}\s)?(?:Act|Order)\b"
)
_ACT_BEFORE = re.compile(r"\bAct\b")
_STEP = re.compile(r"[A-Za-z0-9]+")


class Reference(NamedTuple):
    """A reference within a text, and the citation key it means ("4.II.1").

    `elsewhere` is empty, or begins with the name of what the rule is in ("Sample Rule Book, or …"
    after "Chapter 4 of the"). `nearby` is what "subsection 6.e" names of the text's own clause: the
    citation is then the outermost of those that it may mean, see `places`.
    """

    start: int
    end: int
    citation: str
    elsewhere: str
    nearby: str = ""

    def places(self, own: str) -> Iterator[str]:
        """Yield what a text with the citation `own` may mean: what is nearest to it comes first.

        What it stands in itself is not meant; "IV" may be a number that is written "4".
        """
        outermost = self.citation.removesuffix(f".{self.nearby}")
        for steps in _spellings(self.nearby):
            above = own
            while above and (above == outermost or above.startswith(f"{outermost}.")):
                if not f"{own}.".startswith(f"{above}.{steps}."):
                    yield f"{above}.{steps}"
                above = above.rpartition(".")[0]


def find_references(text: str, top: str, *, here: str = "") -> list[Reference]:
    """Return the references in a text that stands below the top-level citation `top` ("7").

    `here` is the citation of the clause it stands in, of whose paragraphs it may speak. What is
    said of an Act of Parliament is left out.
    """
    found: list[Reference] = []
    for start, length, citation, nearby in sorted(_found(text, top, here)):
        end = start - length
        if (not found or start >= found[-1].end) and not _AN_ACT.match(text, end):
            match = _ELSEWHERE.match(text, end)
            elsewhere = match["name"] if match else ""
            found.append(Reference(start, end, citation, elsewhere, nearby))
    return found


def _found(text: str, top: str, here: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield where each reference begins, less where it ends (so that long ones sort first)."""
    for citation in find_citations(text):
        yield citation.start, citation.start - citation.end, citation.keys[0], ""
    for match in _CLAUSE.finditer(text):
        if key := normal_form(f"Chapter {top} {match.group()}"):
            yield match.start(), match.start() - match.end(), key, ""
    for match in _NAMED.finditer(text):
        yield match.start(), match.start() - match.end(), _key_of(match), ""
    if here:
        yield from _of_its_own(text, here)


def _key_of(match: re.Match[str]) -> str:
    """Return the citation key of something named by its kind: "article-IV.section-2.J"."""
    word, number = match["word"] or "section", match["number"] or match["dotted"]
    keys = [f"{word.lower()}-{number.replace('.', '-')}"]
    if match["section"]:
        keys.append(f"section-{match['section'].replace('.', '-')}")
    for below in ("steps", "paragraph", "last", "first"):
        keys += _STEP.findall(match[below] or "")
    return ".".join(keys)


def _of_its_own(text: str, here: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield the paragraphs and subsections that a text names without saying of what."""
    for match in _PARAGRAPH.finditer(text):
        key = ".".join([here, *_STEP.findall(match["number"])])
        yield match.start(), match.start() - match.end(), key, ""
    for match in _OF_ITS_OWN.finditer(text):
        if not _ACT_BEFORE.search(text, 0, match.start()):
            steps = ".".join(_STEP.findall(match["number"]))
            yield match.start(), match.start() - match.end(), f"{here}.{steps}", steps


def _spellings(steps: str) -> list[str]:
    """Return steps as they are written, and with a number for a Roman one of several letters."""
    first, point, rest = steps.partition(".")
    number = from_roman(first) if len(first) > 1 and first.isupper() else 0
    return [steps, f"{number}{point}{rest}"] if number else [steps]
