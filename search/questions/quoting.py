"""One passage that answers a question, word for word; nothing is ever written anew."""

from dataclasses import dataclass

from search.engines.base import Hit, Question, Results
from search.engines.marking import Marked


@dataclass(frozen=True, slots=True)
class Quotation:
    """Whole sentences of a document, with the asked words marked, and the hit they are from."""

    hit: Hit
    words: Marked


def quotation(question: Question, results: Results) -> Quotation | None:
    """Return the passage to quote on top: for what reads as a question, on strong evidence only."""
    return None
