"""What a block is by its own words: a title, a number, a heading, a line of a contents page."""

import itertools
import re
from collections.abc import Sequence

from library.rules.rulebooks import numbering
from library.rules.rulebooks.numbering import Label
from library.rules.rulebooks.tree import Block

REASONS = {
    "contents": "A contents page; the tree takes its place.",
    "running": "A running head, foot or page number.",
    "comment": "A remark beside the text, not part of it.",
}
HEADING = 120  # characters up to which a line may be a heading that nothing marks as one
_CONTENTS = re.compile(r"(?:table of )?contents\W*", re.IGNORECASE)
_LEADER = re.compile(r"(?:\.{3,}|…|(?:\s\.){3,}|\t)\s*(?:\d{1,4}|[ivxl]{1,6})\s*$")


def titles(blocks: Sequence[Block]) -> set[int]:
    """Return which blocks are the book's title and what stands below it on its title page.

    A first heading is the title if it has no number, and no other heading of its level or above is
    without one.
    """
    spoken = [i for i, block in enumerate(blocks) if block.style not in (*REASONS, "footnote")]
    page = itertools.takewhile(lambda i: blocks[i].style in ("title", "paragraph"), spoken)
    marked = {i for i in page if blocks[i].style == "title" and not blocks[i].label}
    if marked:
        return marked
    headings = [i for i in spoken if blocks[i].style == "heading"]
    if not headings or headings[0] != spoken[0] or heading_label(blocks[headings[0]])[0]:
        return set()
    level = blocks[headings[0]].level
    found = {headings[0]}
    rest = [i for i in headings[1:] if blocks[i].level <= level and not heading_label(blocks[i])[0]]
    if rest and rest[0] == spoken[1]:
        found.add(rest.pop(0))
    return found if not rest else set()


def contents(blocks: Sequence[Block]) -> set[int]:
    """Return which blocks are a contents page that nothing marks as one.

    Below the word "Contents" they end in a page number, or are said again as headings later.
    """
    found: set[int] = set()
    last = {_plain(f"{block.label} {block.text}"): at for at, block in enumerate(blocks)}
    for start, block in enumerate(blocks):
        if start in found or block.style not in ("heading", "paragraph"):
            continue
        if not _CONTENTS.fullmatch(block.text):
            continue
        entries = []
        for index in range(start + 1, len(blocks)):
            entry = blocks[index]
            if entry.style not in ("paragraph", "item", "contents"):
                break
            again = last.get(_plain(f"{entry.label} {_LEADER.sub('', entry.text)}"), -1) > index
            if not (again or _LEADER.search(entry.text)):
                break
            entries.append(index)
        if entries:
            found |= {start, *entries}
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def heading_label(block: Block) -> tuple[Label | None, str]:
    """Return a heading's number, if it has one, and its words."""
    if block.label and (label := numbering.parsed(block.label)):
        if not label.kind:
            spoken = numbering.named(f"{block.label} {block.text}")
            if spoken and not label.number.isdecimal():
                return spoken[1], f"{block.label} {block.text}"[len(spoken[0]) :].strip()
        return label, block.text.strip()
    found = numbering.named(block.text) or numbering.typed(block.text, heading=True)
    return (found[1], block.text[len(found[0]) :].strip()) if found else (None, block.text.strip())


def label_of(block: Block) -> tuple[Label | None, str]:
    """Return the number of a paragraph or item, and how much of its text is that number."""
    if block.label:
        return numbering.parsed(block.label), ""
    if block.style == "paragraph" and (found := numbering.named(block.text)):
        drawn, label = found
        certain = block.run_in >= len(drawn.strip()) or drawn.rstrip()[-1:] in tuple(".:—–-)")
        shouted = block.text.isupper() and len(block.text) <= HEADING
        if certain or shouted or drawn == block.text:
            return label, drawn
    if typed := numbering.typed(block.text):
        return typed[1], typed[0]
    return None, ""


def looks_like_heading(words: str) -> bool:
    """Return whether a line is short and written like a heading: "Purpose and Scope."."""
    long_words = [word for word in re.findall(r"\w+", words) if len(word) > 3]
    lower = sum(word[0].islower() for word in long_words)
    ends = words.rstrip().endswith((";", ":", ","))
    if not words or len(words) > HEADING or ends:
        return False
    return not lower or (not words.rstrip().endswith((".", "?", "!")) and len(words) <= 60)


def is_all_heading(block: Block) -> bool:
    return 0 < len(block.text) <= min(block.run_in, HEADING)
