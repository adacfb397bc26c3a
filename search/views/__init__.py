"""The page on which members search, what it suggests while they type, and what they open."""

from search.views.opening import opened
from search.views.page import results
from search.views.suggesting import suggest

__all__ = ["opened", "results", "suggest"]
