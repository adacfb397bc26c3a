"""Reads rules from a page of HTML: as a browser draws it, numbers included.

Nothing is fetched, run or resolved; style sheets are read where they stand in the page itself.
"""

import itertools
import re
from collections.abc import Iterator

from lxml import etree, html

from library.rules.rulebooks import conservation
from library.rules.rulebooks.html.styles import Element
from library.rules.rulebooks.html.walk import SILENT, Walk
from library.rules.rulebooks.tree import Block, NotADocument

DEEPEST = 200  # levels of elements that hold others; the parser stops at ten times as many
_TAG = re.compile(r"<(/?)(ol|ul|dl|div|section|article|blockquote|table|span|font|b|i|em|strong|a|"
                  r"center|fieldset|form|main|details)\b[^<>]*>", re.IGNORECASE)  # fmt: skip
NOTE_LINK = "A link between a footnote and its mark."
IN_HEAD = {"title", "meta", "link", "base", "style", "script", "noscript", "template"}


def blocks_of(text: str, *, name: str) -> list[Block]:
    """Return the blocks of a page. Raises NotADocument where there is nothing to read."""
    root = _tree(text)
    if root is None:
        raise NotADocument(f"“{name}” has no text; nothing was read.")
    _empty_head_of_text(root)
    walk = Walk(root)
    blocks = walk.go()
    if not any(block.style == "title" or block.level == 1 for block in blocks):
        title = root.findtext(".//title") or ""
        first = next((b for b in blocks if b.text), None)
        if title.strip() and first and first.text != title.strip():
            blocks.insert(0, Block(" ".join(title.split()), "title", line=1))
    unread = conservation.unread(_body(root), blocks)
    links = {"".join(link.itertext()).strip() for link in (*walk.notes.marks, *walk.notes.back)}
    for block in unread:
        if block.text in links:
            block.reason = NOTE_LINK
    return [*blocks, *unread]


def _tree(text: str) -> Element | None:
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any("depth" in str(error.message) for error in parser.error_log):
        flat = _flattened(text)
        return _tree(flat) if flat != text else root
    return root


def _empty_head_of_text(root: Element) -> None:
    """Move to the body what the parser put into the head: it knows no section, article or main.

    HTML 5 lets a page leave out the tags between which head and body change.
    """
    head = root.find("head")
    children = list(head) if head is not None else []
    strays = list(itertools.dropwhile(lambda child: child.tag in IN_HEAD, children))
    if not strays:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    if body.text:
        strays[-1].tail = f"{strays[-1].tail or ''}{body.text}"
        body.text = None
    body[:0] = strays


def _flattened(text: str) -> str:
    """Take off the marks of what is deeper than anyone can read; its words stay."""
    kept: list[bool] = []

    def instead(tag: re.Match[str]) -> str:
        if not tag[1]:
            kept.append(len(kept) < DEEPEST)
            return tag[0] if kept[-1] else " "
        return tag[0] if not kept or kept.pop() else " "

    return _TAG.sub(instead, text)


def _body(root: Element) -> Iterator[tuple[int, str]]:
    """Yield the strings of the page that a reader sees, in another way than the walk does."""
    body = root.find("body")
    for text in (root if body is None else body).xpath(".//text()"):
        holder = text.getparent()
        inside = holder.getparent() if text.is_tail else holder
        places = [] if inside is None else [inside, *inside.iterancestors()]
        if not any(place.tag in SILENT for place in places):
            yield holder.sourceline or 0, str(text)
