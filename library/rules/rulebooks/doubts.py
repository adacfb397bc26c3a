"""What a librarian should look at in a tree, found in the tree alone, wherever it came from."""

from collections.abc import Iterator, Sequence

from library.rules.rulebooks.numbering import Meaning, firsts, meanings, out_of_order, settled
from library.rules.rulebooks.tree import NOTE_MARK, UNNUMBERED, Node, places


def doubts(tree: Sequence[Node]) -> dict[int, str]:
    """Return by the `id` of its node a sentence or more on each provision that is doubtful."""
    found: dict[int, list[str]] = {}
    stations = places(tree)
    marked = {
        mark
        for place in stations
        for mark in NOTE_MARK.findall(f"{place.node.heading} {place.node.text}")
    }
    for place in stations:
        node = place.node
        said = found.setdefault(id(node), [])
        if node.kind == "provision" and not (node.text or node.heading or node.children):
            said.append(f"Number {node.number} has no text.")
        if place.repeated and node.kind not in UNNUMBERED:
            said.append(
                f"“{node.number or node.heading}” occurs twice here; "
                f"this one got the address {place.path}."
            )
        if node.kind == "footnote" and node.number and node.number not in marked:
            said.append("No mark in the text belongs to this footnote.")
    for siblings in [tree, *(place.node.children for place in stations)]:
        for node, sentence in _out_of_order(siblings):
            found[id(node)].append(sentence)
    return {key: " ".join(said) for key, said in found.items() if said}


def _out_of_order(siblings: Sequence[Node]) -> Iterator[tuple[Node, str]]:
    """Yield the siblings whose numbers do not go on from those before them, each with why."""
    rows: dict[str, tuple[str, list[Meaning] | None]] = {}
    for node in siblings:
        meaning = meanings(node.number)
        if not meaning or node.kind in UNNUMBERED:
            continue
        number, before = rows.get(node.kind, ("", None))
        if before is None:
            if node.kind == "provision" and not firsts(meaning):
                yield node, f"The row begins with “{node.number}”."
        elif sentence := out_of_order(node.number, meaning, number, before):
            yield node, sentence
        rows[node.kind] = (node.number, settled(meaning, before))
