"""What is done to a tree when all of it is known: notes, lengths, doubts, and the account."""

from collections.abc import Sequence

from library.rules.rulebooks import conservation
from library.rules.rulebooks.doubts import doubts
from library.rules.rulebooks.tree import NOTE_MARK, Node, Reading, every

LONGEST_NUMBER, LONGEST_HEADING = 20, 300  # characters that can be stored


def finish(reading: Reading, introduction: list[str], notes: Sequence[Node]) -> None:
    """Give footnotes their places, shorten what is too long, and say what is doubtful."""
    _place_notes(reading, introduction, notes)
    reading.introduction = "\n\n".join(text for text in introduction if text)
    fit(reading.tree)
    note_doubts(reading)
    if not reading.tree:
        reading.warnings.append("No chapter, clause or numbered provision was found.")
    conservation.add_unaccounted(reading)


def note_doubts(reading: Reading) -> None:
    """Say of each node what is doubtful about it, and among the warnings where it stands."""
    found = doubts(reading.tree)
    for node in every(reading.tree):
        if sentence := found.get(id(node)):
            _doubt(node, sentence)
        if node.doubt:
            reading.warnings.append(f"{_where(node)}: {node.doubt}")


def fit(tree: Sequence[Node]) -> None:
    """Make the numbers and headings of a tree short enough to be stored, without loss."""
    for node in every(tree):
        _shorten(node)


def _place_notes(reading: Reading, introduction: list[str], notes: Sequence[Node]) -> None:
    if not notes:
        return
    marks: dict[str, Node] = {}
    for node in every(reading.tree):
        for mark in NOTE_MARK.findall(f"{node.heading} {node.text}"):
            marks.setdefault(mark, node)
    in_introduction = set(NOTE_MARK.findall("\n".join(introduction)))
    for note in notes:
        owner = marks.get(note.number)
        if owner is None and (note.number in in_introduction or not reading.tree):
            introduction.append(f"[^{note.number}] {note.text}".strip())
            continue
        if owner is None:
            owner = reading.tree[-1]
            owner.children.append(note)
            continue
        before = sum(child.kind == "footnote" for child in owner.children)
        owner.children.insert(before, note)


def _shorten(node: Node) -> None:
    """Move what cannot be stored of a number or heading to the beginning of the text."""
    surplus = []
    if len(node.number) > LONGEST_NUMBER:
        surplus.append(node.number[LONGEST_NUMBER:])
        node.number = node.number[:LONGEST_NUMBER]
        _doubt(node, f"The number is longer than {LONGEST_NUMBER} characters; its end is text.")
    if len(node.heading) > LONGEST_HEADING:
        cut = node.heading.rfind(" ", 0, LONGEST_HEADING)
        cut = cut if cut > 0 else LONGEST_HEADING
        surplus.append(node.heading[cut:].strip())
        node.heading = node.heading[:cut].strip()
        _doubt(node, f"The heading is longer than {LONGEST_HEADING} characters; its end is text.")
    if surplus:
        node.text = " ".join([*surplus, node.text]).strip()


def _doubt(node: Node, sentence: str) -> None:
    node.doubt = f"{node.doubt} {sentence}".strip()


def _where(node: Node) -> str:
    return f"Page {node.page}" if node.page else f"Line {node.line}"
