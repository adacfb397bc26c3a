"""What waits to be indexed, what editors teach the search, and what was asked."""

from search.models.asked import AskedQuestion, FrequentQuestion
from search.models.changes import MOST_ATTEMPTS, ChangedEntry, as_read
from search.models.vocabulary import BestBet, VocabularyEntry

__all__ = [
    "MOST_ATTEMPTS",
    "AskedQuestion",
    "BestBet",
    "ChangedEntry",
    "FrequentQuestion",
    "VocabularyEntry",
    "as_read",
]
