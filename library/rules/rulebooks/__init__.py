"""From a rule book's text to its tree, and from the tree to addresses: pure, without database."""
