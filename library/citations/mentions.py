"""The citations of a text, and the normal form of one."""

from collections.abc import Iterable

from library.citations import forms
from library.citations.parser import Citation, between, read_at

# Letters that a pattern without regard to case takes for I, S and K; a place of one for a place.
_NO_NUMERALS = str.maketrans("ıİſ\u212a", "____")


def find_citations(text: str) -> list[Citation]:
    """Return the citations of a text in their order; ranges and lists are written out."""
    return [found for found in find_mentions(text) if found.keys]


def find_mentions(text: str) -> list[Citation]:
    """Return the citations of a text, those too whose chapter was left out ("Clause IX")."""
    text = text.translate(_NO_NUMERALS)
    found: list[Citation] = []
    position = 0
    while start := forms.BEGINNING.search(text, position):
        citation = read_at(text, start.start())
        if citation:
            found.append(citation)
        position = citation.end if citation else start.start() + 1
    return _ranges_joined(text, found)


def normal_form(text: str) -> str:
    """Return the normal form of a text that is one citation and nothing else, or nothing."""
    found = find_citations(text.strip())
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text.strip())):
        return ""
    return found[0].keys[0] if len(found[0].keys) == 1 else ""


def _ranges_joined(text: str, found: Iterable[Citation]) -> list[Citation]:
    """Write out ranges between two full citations: "6.I.1 to 6.I.4"."""
    result: list[Citation] = []
    for citation in found:
        before = result[-1] if result else None
        joined = before and forms.RANGE.fullmatch(text, before.end, citation.start)
        if before and joined and before.keys and citation.keys:
            inside = between(before.keys[-1], citation.keys[0])
            keys = dict.fromkeys([*before.keys, *inside, *citation.keys])
            result[-1] = Citation(tuple(keys), before.start, citation.end)
        else:
            result.append(citation)
    return result
