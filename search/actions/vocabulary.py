"""What editors teach the search, kept at hand and applied to the next question."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Sum, Value

from search.engines.question import Question
from search.engines.text import plain_words, stems
from search.models import BestBet, VocabularyEntry
from search.questions.parsing import LONGEST
from search.questions.pieces import SLIGHT_WORDS
from search.questions.synonyms import Synonyms, SynonymSet

MOST_DEFINED = 3  # words of a question that are explained
LETTERS = 6  # of an abbreviation with full stops: C.L.P. is three words to the analyser
MOST_PINNED = 3  # answers pinned to a question that are shown
_HYPHENS = re.compile(r"(?<=\w)[-‐‑](?=\w)")

Words = tuple[str, ...]
State = tuple[tuple[str, int, int], ...]  # a table, its rows, the sum of their stamps


@dataclass(frozen=True)
class SearchVocabulary(Synonyms):
    """The synonyms that `parse` applies to a question, with the meanings and pinned answers.

    `terms` are the entries with a meaning by the words of each form, `pinned` the answers by each
    wording of their questions; `vocabulary_of` makes both.
    """

    terms: Mapping[Words, VocabularyEntry] = field(default_factory=dict)
    pinned: Mapping[Words, tuple[BestBet, ...]] = field(default_factory=dict)

    def defined_in(self, question: Question) -> tuple[VocabularyEntry, ...]:
        """Return the entries with a meaning of which a form stands in the question.

        Where an entry is not both ways, its meaning is its first form's. Of two forms in one place
        the longer counts; at most `MOST_DEFINED` entries, in the question's order.
        """
        words = plain_words(question.text[:LONGEST])
        longest = max([LETTERS, *map(len, self.terms)]) if self.terms else 0
        found: dict[int, VocabularyEntry] = {}
        place = 0
        while place < len(words) and longest:
            size = min(longest, len(words) - place)
            while size and not (entry := self._term(words[place : place + size])):
                size -= 1
            if size and entry:
                found[id(entry)] = entry
            place += size or 1
        return tuple(found.values())[:MOST_DEFINED]

    def _term(self, words: Words) -> VocabularyEntry | None:
        """Return what explains just these words, the last of them in the plural if need be."""
        if len(words) > 1 and all(len(word) == 1 for word in words):
            words = ("".join(words),)  # C.L.P.
        if words not in self.terms and words[-1].endswith("s"):
            words = (*words[:-1], words[-1][:-1])
        return self.terms.get(words)

    def bets_for(self, text: str, audience: frozenset[str]) -> tuple[BestBet, ...]:
        """Return what is pinned to this question for whoever belongs to these audiences.

        It need not be typed as it was pinned: forms of a word, slight words, hyphens and the marks
        between words make no difference; their order does.
        """
        found = {
            bet.pk: bet
            for wording in wordings(text)
            for bet in self.pinned.get(wording, ())
            if bet.audience in audience
        }
        return tuple(found.values())[:MOST_PINNED]


def wordings(text: str) -> tuple[Words, ...]:
    """Return what a question comes down to: its stems in order, with hyphens as gaps and joined."""
    short = text[:LONGEST]
    both = (_weighty(plain_words(each)) for each in (short, _HYPHENS.sub("", short)))
    return tuple(dict.fromkeys(stems(" ".join(words)) for words in both if words))


def _weighty(words: Words) -> Words:
    """Leave out the words that say only how a question is asked, unless it has no others."""
    return tuple(word for word in words if word not in SLIGHT_WORDS) or words


def vocabulary() -> SearchVocabulary:
    """Return what editors have taught the search up to now; a change counts at once everywhere.

    One query over two numbers of each row, unless something has changed.
    """
    global _held
    state = _state()
    if state != _held[0]:  # read before the rows: what comes between is read again next time
        _held = (state, vocabulary_of(VocabularyEntry.objects.all(), BestBet.objects.all()))
    return _held[1]


def vocabulary_of(entries: Iterable[VocabularyEntry], bets: Iterable[BestBet]) -> SearchVocabulary:
    """Return the vocabulary that these rows make."""
    entries = tuple(entries)
    pinned: dict[Words, tuple[BestBet, ...]] = {}
    for bet in bets:
        for wording in dict.fromkeys(each for asked in bet.asked for each in wordings(asked)):
            pinned[wording] = (*pinned.get(wording, ()), bet)
    return SearchVocabulary(
        sets=tuple(
            SynonymSet(entry.forms, entry.both_ways) for entry in entries if len(entry.forms) > 1
        ),
        terms=dict(_terms(entries)),
        pinned=pinned,
    )


def _terms(entries: Iterable[VocabularyEntry]) -> Iterator[tuple[Words, VocabularyEntry]]:
    for entry in entries:
        if entry.meaning:
            yield from ((words, entry) for form in entry.finding if (words := plain_words(form)))


def _state() -> State:
    """Return what differs whenever a row was added, changed or deleted, by anybody and anyhow."""
    entries, bets = (_stamps(model) for model in (VocabularyEntry, BestBet))
    return tuple(sorted((kind, count, stamps or 0) for kind, count, stamps in entries.union(bets)))


def _stamps(model: Any) -> Any:
    """Return a query for one row: the table's name, how many rows it has, the sum of stamps."""
    named = model.objects.order_by().annotate(kind=Value(model._meta.model_name)).values("kind")
    counted = named.annotate(count=Count("pk"), stamps=Sum("stamp"))
    return counted.values_list("kind", "count", "stamps")


# What this process knows, and the state of the tables when it was read.
_held: tuple[State | None, SearchVocabulary] = (None, SearchVocabulary())
