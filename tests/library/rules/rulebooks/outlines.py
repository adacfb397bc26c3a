"""A tree in one line a node, to be compared with at a glance."""

from collections.abc import Sequence

from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import Block, Node


def outline(tree: Sequence[Node], depth: int = 0) -> list[str]:
    """Return a tree as lines such as "  provision 1: text", indented by depth."""
    lines = []
    for node in tree:
        named = f"{node.kind} {node.number}".strip()
        words = " / ".join(part for part in (node.heading, node.text) if part)
        lines.append("  " * depth + f"{named}: {words}")
        lines += outline(node.children, depth + 1)
    return lines


def built(*blocks: Block) -> list[str]:
    return outline(build(blocks).tree)


def paragraphs(*texts: str) -> list[Block]:
    return [Block(text) for text in texts]


def items(*labels: str, level: int = 1) -> list[Block]:
    return [Block(f"at {label}", "item", label, level) for label in labels]
