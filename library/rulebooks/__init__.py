"""From a rule book's text to its tree, and from the tree to addresses: pure, without database."""

from library.rulebooks.markdown import read_rules
from library.rulebooks.tree import Block, LeftOut, Node, Place, Reading, places

__all__ = ["Block", "LeftOut", "Node", "Place", "Reading", "places", "read_rules"]
