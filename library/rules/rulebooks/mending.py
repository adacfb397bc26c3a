"""Mends a draft's tree, one change at a time, and keeps all of its text.

Each function takes the tops of a tree and one of its nodes, and changes the tree in place; what
cannot be done raises `CannotMend` and changes nothing. Only `move` changes the order in which the
text is read.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from library.rules.rulebooks.numbering import Meaning, meanings, named, typed, written
from library.rules.rulebooks.tree import UNNUMBERED, Kind, LeftOut, Node

Tree = list[Node]
CLOSED = {"table", "footnote"}  # nothing stands below these
LONGEST_NUMBER, LONGEST_HEADING = 20, 300  # characters, as they are stored


class CannotMend(Exception):
    """A tree cannot be changed so; the message says why, and what can be done instead."""


@dataclass(slots=True)
class _Spot:
    """Where a node stands: among which siblings, as which of them, and below what."""

    siblings: Tree
    index: int
    parent: Node | None
    above: "_Spot | None"


def walk(tree: Sequence[Node]) -> Iterator[Node]:
    """Yield these nodes and all below them, in reading order."""
    for node in tree:
        yield node
        yield from walk(node.children)


def promote(tree: Tree, node: Node) -> None:
    """Put a node one level up, behind what it stood below.

    The siblings that followed it come below it, so that everything is read in the same order.
    """
    spot = _spot(tree, node)
    if spot.above is None:
        raise CannotMend("It stands at the top already.")
    following = spot.siblings[spot.index + 1 :]
    if following and node.kind in CLOSED:
        raise CannotMend(
            f"What follows this {node.kind} would have to stand below it. Move it to the end of "
            "its list first."
        )
    del spot.siblings[spot.index :]
    node.children.extend(following)
    spot.above.siblings.insert(spot.above.index + 1, node)


def demote(tree: Tree, node: Node) -> None:
    """Put a node one level down: last below the sibling before it."""
    spot = _spot(tree, node)
    if not spot.index:
        raise CannotMend("Nothing stands before it on its level, so it cannot go below anything.")
    before = spot.siblings[spot.index - 1]
    if before.kind in UNNUMBERED:
        raise CannotMend("A lead-in, table or footnote stands before it: nothing goes below those.")
    del spot.siblings[spot.index]
    before.children.append(node)


def join(tree: Tree, node: Node) -> Node:
    """Put a node's number and words at the end of what is read directly before; return that.

    That is the sibling before it, if nothing stands below that, or what a first child stands below.
    """
    spot = _spot(tree, node)
    before = spot.siblings[spot.index - 1] if spot.index else spot.parent
    if before is None:
        raise CannotMend("Nothing stands before it that it could be joined with.")
    if spot.index and before.children:
        raise CannotMend(
            "Something stands below the one before it, and would be read after the joined text. "
            "Demote this first, until it stands directly behind the text it belongs to."
        )
    if before.kind in CLOSED and node.children:
        raise CannotMend(f"A {before.kind} has nothing below it, but this has.")
    rows = "\n" if before.kind == node.kind == "table" else " "
    before.text = rows.join(filter(None, [before.text, as_text(node)]))
    before.source_from, before.source_until = _both_ranges(before, node)
    before.doubt = " ".join(filter(None, [before.doubt, node.doubt]))
    place = before.children if spot.index else spot.siblings
    del spot.siblings[spot.index]
    place[:0] = node.children
    return before


def split(tree: Tree, node: Node, at: int) -> Node:
    """Divide a node's text before a character (counted from 0); return the new second one.

    A number that the second begins with ("B. A person …") becomes its number; without one it is a
    lead-in. It follows the first, with what stood below that, or comes first below a chapter,
    clause or whatever else stands above provisions.
    """
    first, second = node.text[:at].rstrip(), node.text[at:].strip()
    if not first and not (node.heading or node.number):
        raise CannotMend("Nothing would be left of the first part.")
    if not second:
        raise CannotMend("Nothing would be left for the second part.")
    if node.kind in CLOSED and node.kind != "table":
        raise CannotMend("A footnote cannot be divided. Change its kind first.")
    spot = _spot(tree, node)
    new = _second(node, second)
    new.line, new.page = node.line, node.page
    new.source_from, new.source_until = node.source_from, node.source_until
    node.text = first
    if node.kind in ("provision", "lead_in", "table"):
        new.children, node.children = node.children, []
        spot.siblings.insert(spot.index + 1, new)
    else:
        node.children.insert(0, new)
    return new


def renumber(tree: Tree, node: Node, number: str, *, following: bool) -> list[Node]:
    """Give a node another number and, if wished, its later siblings those that follow it.

    Siblings of other kinds, and those without a number, are passed over. Returns what has another
    number now.
    """
    number = number.strip()
    if node.kind in ("lead_in", "table"):
        raise CannotMend("A lead-in or a table has no number. Change its kind first.")
    spot = _spot(tree, node)
    meant = [node]
    if following:
        later = spot.siblings[spot.index + 1 :]
        meant += [each for each in later if each.kind == node.kind and each.number]
    kin = [each.number for each in spot.siblings if each.kind == node.kind and each is not node]
    numbers = list(itertools.islice(_counting(number, kin), len(meant)))
    if any(len(one) > LONGEST_NUMBER for one in numbers):
        raise CannotMend(f"A number has at most {LONGEST_NUMBER} characters.")
    changed = [pair for pair in zip(meant, numbers, strict=True) if pair[0].number != pair[1]]
    for each, one in changed:
        each.number = one
    return [each for each, _one in changed]


def change_kind(tree: Tree, node: Node, kind: Kind) -> None:
    """Make a node something else. A lead-in has no number and no heading: they join its text."""
    if kind in CLOSED and node.children:
        raise CannotMend(f"A {kind} has nothing below it. Promote what stands below this first.")
    if kind in ("lead_in", "table") and (node.number or node.heading):
        node.text, node.number, node.heading = as_text(node), "", ""
    node.kind = kind


def change_words(tree: Tree, node: Node, *, heading: str, text: str) -> None:
    """Write a node's heading and text anew."""
    heading, text = " ".join(heading.split()), text.replace("\r\n", "\n").strip()
    if len(heading) > LONGEST_HEADING:
        raise CannotMend(
            f"The heading has {len(heading)} characters, and {LONGEST_HEADING} fit. Put some of it "
            "into the text."
        )
    if heading and node.kind == "lead_in":
        raise CannotMend("A lead-in has no heading. Put the words into its text.")
    if not (heading or text or node.number or node.children):
        raise CannotMend("Nothing would be left. To take it out, use “Leave out”.")
    node.heading, node.text = heading, text


def move(tree: Tree, node: Node, *, up: bool) -> None:
    """Put a node, with all below it, before the sibling before it or behind the next."""
    spot = _spot(tree, node)
    other = spot.index + (-1 if up else 1)
    if not 0 <= other < len(spot.siblings):
        raise CannotMend("It is the first here." if up else "It is the last here.")
    siblings = spot.siblings
    siblings[spot.index], siblings[other] = siblings[other], siblings[spot.index]


def leave_out(tree: Tree, node: Node, reason: str, *, below: bool) -> list[LeftOut]:
    """Take a node out of the tree and return its words, with the reason.

    What stands below it goes too if `below` says so; else it takes its place.
    """
    if not reason.strip():
        raise CannotMend("Say why it is left out: whoever compares it with the source will ask.")
    spot = _spot(tree, node)
    if spot.above is None and len(spot.siblings) == 1 and (below or not node.children):
        raise CannotMend("Nothing would be left of the edition. Discard the draft instead.")
    gone = taken_along(node, below=below)
    spot.siblings[spot.index : spot.index + 1] = [] if below else node.children
    return [LeftOut(each.line, as_text(each), reason.strip(), each.page) for each in gone]


def taken_along(node: Node, *, below: bool) -> list[Node]:
    """Return the nodes of whose words leaving one out makes left-out texts, in their order."""
    return [each for each in (walk([node]) if below else [node]) if as_text(each)]


def put_in(tree: Tree, left: LeftOut, node: Node, *, below: bool, kind: Kind) -> Node:
    """Put text that was left out behind a node, or first below it; return the new node."""
    if below and node.kind in UNNUMBERED:
        raise CannotMend("Nothing goes below a lead-in, a table or a footnote.")
    new = _from_text(kind, left.text.strip())
    new.line, new.page = left.line, left.page
    if below:
        node.children.insert(0, new)
    else:
        spot = _spot(tree, node)
        spot.siblings.insert(spot.index + 1, new)
    return new


def label_of(node: Node) -> str:
    """Return what the book itself calls a node: "3.", "Clause VIII"; empty without a number."""
    if not node.number:
        return ""
    if node.kind == "provision":
        return f"{node.number}."
    return node.number if node.kind == "footnote" else f"{node.kind.capitalize()} {node.number}"


def as_text(node: Node) -> str:
    """Return a node's number, heading and text as one line of text."""
    return " ".join(filter(None, [label_of(node), node.heading, node.text]))


def _spot(tree: Tree, node: Node) -> _Spot:
    found = _look_for(tree, node, None, None)
    if found is None:
        raise CannotMend("It is not in this tree any more.")
    return found


def _look_for(nodes: Tree, node: Node, parent: Node | None, above: _Spot | None) -> _Spot | None:
    for index, each in enumerate(nodes):
        spot = _Spot(nodes, index, parent, above)
        if each is node:
            return spot
        if found := _look_for(each.children, node, each, spot):
            return found
    return None


def _both_ranges(first: Node, second: Node) -> tuple[int | None, int | None]:
    """Return which blocks of the source two nodes were made of together."""
    starts = [n.source_from for n in (first, second) if n.source_from is not None]
    ends = [n.source_until for n in (first, second) if n.source_until is not None]
    return min(starts, default=None), max(ends, default=None)


def _second(node: Node, text: str) -> Node:
    """Return what becomes of the second part of a node's text, before it has a place."""
    if node.kind in ("table", "lead_in"):
        return Node("provision" if node.children else node.kind, text=text)
    numbered = _from_text("provision", text)
    below = node.kind == "provision" and node.children
    return numbered if numbered.number or below else Node("lead_in", text=text)


def _from_text(kind: Kind, text: str) -> Node:
    """Return a node of this text; a number that it begins with is its number."""
    found = named(text) if kind not in ("provision", "footnote") else typed(text)
    if found is None or kind in ("lead_in", "table") or found[1].kind not in (None, kind):
        return Node(kind, text=text)
    label, number = found
    return Node(kind, number.number, text=text[len(label) :].strip())


def _counting(number: str, kin: Sequence[str]) -> Iterator[str]:
    """Yield a number and those that follow it in its style; `kin` are its siblings' numbers."""
    yield number
    style, value, letter = _meaning(number, kin)
    if letter:
        yield from (number[:-1] + chr(ord(number[-1]) + step) for step in range(1, 27 - letter))
        raise CannotMend(f"No number is left after {number}.")
    above = number[: number.rfind(".") + 1]
    for later in itertools.count(value + 1):
        yield above + written(style[-1:], later)


def _meaning(number: str, kin: Sequence[str]) -> Meaning:
    """Return what a number means among its kin: an "i" follows "h", or comes before "ii"."""
    styles = [found[0][0] for found in map(meanings, kin) if len(found) == 1]
    known = [one for one in meanings(number) if one[0][-1:] in ("1", "a", "A", "i", "I")]
    if not known:
        raise CannotMend(f"It is not known what comes after “{number}”. Renumber it alone.")
    return max(known, key=lambda one: styles.count(one[0]))
