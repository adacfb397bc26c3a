"""The page on which members search, what it suggests while they type, and what they open."""
