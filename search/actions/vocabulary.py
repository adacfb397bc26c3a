"""What editors teach the search, kept at hand and applied to the next question."""

from dataclasses import dataclass, field

from search.engines.base import Question
from search.models import BestBet, VocabularyEntry
from search.questions.synonyms import Synonyms


@dataclass(frozen=True)
class Vocabulary(Synonyms):
    """The synonyms that `search.questions.parse` applies, with the meanings and pinned answers."""

    entries: tuple[VocabularyEntry, ...] = ()
    bets: tuple[BestBet, ...] = field(default=())

    def defined_in(self, question: Question) -> tuple[VocabularyEntry, ...]:
        """Return the entries with a meaning of which a form stands in the question."""
        return ()

    def bets_for(self, text: str, audience: frozenset[str]) -> tuple[BestBet, ...]:
        """Return what is pinned to this question for whoever belongs to these audiences."""
        return ()


def vocabulary() -> Vocabulary:
    """Return what editors have taught the search up to now; a change counts at once everywhere."""
    return Vocabulary()
