"""Which links of a page are marks of footnotes, and where those footnotes are."""

import re
from typing import Any

from library.rules.rulebooks.html.styles import Element

_MARK = re.compile(r"[\[(]?(?:\d{1,4}|[a-z]{1,4}|[*†‡§]{1,3})[\])]?")
_BACK = re.compile(r"[\s↩︎↑^⏎\u2191\u21a9\ufe0e]+|back|return", re.IGNORECASE)
BLOCKS = {"p", "li", "div", "aside", "dd", "dt", "td", "section"}


class Notes:
    """`marks` are the links that stand for a footnote's number, `bodies` the footnotes."""

    def __init__(self, root: Element) -> None:
        self.marks: dict[Element, str] = {}
        self.bodies: dict[Element, str] = {}
        self.back: set[Element] = set()
        targets = _targets(root)
        for link in root.iter("a"):
            target = targets.get(_aim(link))
            body = _block(target) if target is not None else None
            if body is None or link in self.back or not _is_mark(link, body):
                continue
            self.marks[link] = self.bodies.setdefault(body, str(len(self.bodies) + 1))
            own = {link.get("id"), link.get("name"), *(a.get("id") for a in link.iterancestors())}
            for back in body.iter("a"):
                wanted = _aim(back) in own or "back" in f"{back.get('class')} {back.get('role')}"
                text = "".join(back.itertext()).strip() or "^"
                if wanted and (_BACK.fullmatch(text) or _MARK.fullmatch(text)):
                    self.back.add(back)


def _targets(root: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for element in root.iter():
        for name in (element.get("id"), element.get("name")):
            if name:
                found.setdefault(name, element)
    return found


def _aim(link: Any) -> str:
    """Return what place of its own page a link leads to, or nothing."""
    href = link.get("href") or ""
    return href[1:] if href.startswith("#") else ""


def _block(target: Element) -> Element | None:
    for place in (target, *target.iterancestors()):
        if place.tag in BLOCKS:
            return place
    return None


def _is_mark(link: Element, body: Element) -> bool:
    """Return whether a link is marked as a footnote's, or is a number that the note links back."""
    if any(place is body for place in link.iterancestors()):
        return False
    named = f"{link.get('class') or ''} {link.get('role') or ''}".lower()
    if "back" in named:
        return False
    if any(word in named for word in ("footnote", "noteref", "endnote")):
        return True
    if not _MARK.fullmatch("".join(link.itertext()).strip()):
        return False
    own = {link.get("id"), link.get("name"), *(a.get("id") for a in link.iterancestors())}
    return any(_aim(back) in own - {None, ""} for back in body.iter("a"))
