"""From a question to a tantivy query, built as objects: the query language would refuse some."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import accumulate
from typing import Any

from tantivy import FieldType, Occur, Schema
from tantivy import Query as Built

from search.engines.grouping import day_number
from search.engines.question import Clause, Query, Question, Reach, Term, least, mistakes
from search.engines.text import clean, joined, plain_words, stems
from search.engines.weights import (
    CITED,
    HALF_TYPED,
    HEADING,
    MENTIONS_CITED,
    MISTYPED,
    MOST_PAIRS,
    NEIGHBOURS,
    PART_OF_CITED,
    TITLE,
)

WALKED = 30_000  # documents in which pairs are looked for; more would take too long
COUNTED = 120_000  # documents in whose words those of a long question are counted
LONG = 6  # words; a longer question is a sentence
FEWEST = 4  # words of it that are counted however common they are
MANY_DOCUMENTS = 10_000  # in a smaller index everything is looked at

Clauses = list[tuple[Occur, Built]]
Frequency = Callable[[str], int]  # in how many documents a stem stands


class QueryBuilder:
    """Builds queries for one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def build(
        self, query: Query, asked: Built, *within: Built, preferred: Iterable[Built]
    ) -> Built:
        """Return the whole query: what is `asked`, and what narrows it, `within` included."""
        parts: Clauses = [
            (Occur.Must, asked),
            *((Occur.Must, part) for part in (*within, *self._narrowed(query))),
            *((Occur.Should, part) for part in preferred),
            *((Occur.MustNot, self._term(term)) for term in query.question.excluded),
        ]
        return Built.boolean_query(parts)

    def _narrowed(self, query: Query) -> Iterator[Built]:
        """Yield what everything found must be, whatever is asked; it adds nothing to a score."""
        yield self.one_of("audience", query.audience)
        for name in ("kind", "edition", "course", "group"):
            if word := getattr(query, name):
                yield Built.const_score_query(self._word(name, word), 0.0)
        if query.since or query.until:
            first = max(1, day_number(query.since))
            yield self.between(first, day_number(query.until) or None)

    def between(self, first: int | None, last: int | None) -> Built:
        """Return a query for documents of these days, both included, as `day_number` counts."""
        days = Built.range_query(self.schema, "day", FieldType.Integer, first, last)
        return Built.const_score_query(days, 0.0)

    def one_of(self, name: str, words: Iterable[Any]) -> Built:
        """Return a query for documents of which a field says exactly one of these."""
        # One word query each: a set query would walk the list of all words, at 20 times the cost.
        return Built.const_score_query(_any(self._word(name, word) for word in words), 0.0)

    def titled(
        self, words: tuple[str, ...], audience: Iterable[str], but: Collection[Any]
    ) -> Built:
        """Return a query for titles with all these words, the last half typed, save those told.

        Those of documents with a citation come first.
        """
        *whole, last = words
        begun = Built.fuzzy_term_query(self.schema, "name", last, distance=0, prefix=True)
        parts: Clauses = [
            *((Occur.Must, self._word("name", word)) for word in whole),
            (Occur.Must, Built.const_score_query(begun, 0.0)),
            (Occur.Must, self.one_of("audience", audience)),
            (Occur.Should, self._word("name", last)),
            (Occur.Should, Built.const_score_query(self._word("quoted", "yes"), CITED)),
        ]
        parts += [(Occur.MustNot, self._word("name_number", title)) for title in but]
        return Built.boolean_query(parts)

    def asked(self, question: Question, reach: Reach, frequency: Frequency | None) -> Built:
        """Return a query for the words and citations of a question.

        With a `frequency` only the rarer words of a long question are counted among those of which
        some must be there.
        """
        clauses = question.clauses_for(reach)
        parts = [self._cited(key, wordings) for key, wordings in question.cited.items()]
        if clauses:
            parts.append(self._wanted(clauses, question, reach, frequency))
        return parts[0] if len(parts) == 1 else _any(parts)

    def _wanted(
        self,
        clauses: tuple[Clause, ...],
        question: Question,
        reach: Reach,
        frequency: Frequency | None,
    ) -> Built:
        fixed = [clause for clause in clauses if all(term.exact for term in clause)]
        loose = [clause for clause in clauses if clause not in fixed]
        needed = least(len(loose), reach) if loose else 0
        counted, others = _rarest(loose, frequency)
        if others:
            needed = min(needed, 2)
        parts = [(Occur.Must, self._clause(clause, question, reach)) for clause in fixed]
        built = [self._clause(clause, question, reach) for clause in counted]
        if needed == len(built):
            parts += [(Occur.Must, part) for part in built]
        else:
            some = [(Occur.Should, part) for part in built]
            enough = Built.boolean_query(some, minimum_number_should_match=needed)
            parts.append((Occur.Must, enough))
        parts += [(Occur.Should, self._clause(clause, question, reach)) for clause in others]
        return Built.boolean_query(parts)

    def _clause(self, clause: Clause, question: Question, reach: Reach) -> Built:
        parts = [_weighed(self._term(term), term.weight) for term in clause]
        right = parts[0] if len(parts) == 1 else Built.disjunction_max_query(parts)
        nearly = list(self._nearly(clause, question, reach))
        return _any([right, *nearly]) if nearly else right

    def _nearly(self, clause: Clause, question: Question, reach: Reach) -> Iterator[Built]:
        """Yield queries for words that are not those of the clause, but may be meant."""
        typed = [term for term in clause if term.weight == 1.0]
        words = dict.fromkeys(word for term in typed for word in plain_words(term.text))
        if reach is not Reach.WORDS and question.unfinished in words:
            yield self._like(question.unfinished, HALF_TYPED, prefix=True)
        if reach >= Reach.FORGIVING and not all(term.exact for term in clause):
            for word in words:
                if most := mistakes(word):
                    yield self._like(word, MISTYPED, distance=most)

    def _like(
        self,
        word: str,
        weight: float,
        *,
        name: str = "exact",
        distance: int = 0,
        prefix: bool = False,
    ) -> Built:
        like = Built.fuzzy_term_query(
            self.schema, name, word, distance, transposition_cost_one=True, prefix=prefix
        )
        return Built.boost_query(like, weight)

    def _term(self, term: Term) -> Built:
        words = plain_words(term.text)
        if term.exact:
            return self._phrase(words)
        stemmed = stems(term.text)
        if len(stemmed) == 1:
            return self._word("whole", stemmed[0])
        if term.weight < 1.0 and stemmed:
            return Built.phrase_query(self.schema, "whole", list(stemmed))
        whole = stems(joined(clean(term.text)))
        alternatives = [self._phrase(words), *(self._word("whole", stem) for stem in whole)]
        return Built.disjunction_max_query(alternatives)

    def _phrase(self, words: tuple[str, ...]) -> Built:
        """Return a query for words in exactly this form and order, in any of the texts."""
        if not words:
            return Built.empty_query()
        if len(words) == 1:
            return self._word("exact", words[0])
        return Built.phrase_query(self.schema, "exact", list(words))

    def preferred(
        self, question: Question, reach: Reach, frequency: Frequency | None
    ) -> Iterator[Built]:
        """Yield what is worth more: words in the title or heading, words that stand together."""
        for clause in question.clauses_for(reach):
            for term in clause:
                if not term.exact and len(stemmed := stems(term.text)) == 1:
                    for name, weight in (("title", TITLE), ("heading", HEADING)):
                        yield _weighed(self._word(name, stemmed[0]), weight * term.weight)
        if reach is not Reach.WORDS and question.unfinished:
            yield self._like(question.unfinished, HALF_TYPED, name="name", prefix=True)
        for pair in _telling(question.pairs, frequency):
            for name, weight in (("title", TITLE), ("whole", 1.0)):
                together = Built.phrase_query(self.schema, name, list(pair))
                yield _weighed(together, weight * NEIGHBOURS)

    def _cited(self, key: str, wordings: Iterable[str]) -> Built:
        """Return a query for what is cited, its parts, and the texts that mention it."""
        parts = [
            Built.const_score_query(self._word("citation", key.lower()), CITED),
            Built.const_score_query(self._word("within", key.lower()), PART_OF_CITED),
        ]
        for words in map(plain_words, wordings):
            parts.append(Built.boost_query(self._phrase(words), MENTIONS_CITED))
        return Built.disjunction_max_query(parts)

    def _word(self, name: str, word: Any) -> Built:
        return Built.term_query(self.schema, name, word)


def _rarest(
    clauses: list[Clause], frequency: Frequency | None
) -> tuple[list[Clause], list[Clause]]:
    """Part a long question into the rarer words, which are counted, and those that only add.

    To count the common words of a sentence in a million documents would take too long, and says
    little. `COUNTED` is so large that nothing is left out below some 50,000 documents.
    """
    if frequency is None or len(clauses) <= LONG:
        return clauses, []
    ordered = sorted(clauses, key=lambda clause: _times(clause, frequency))
    walked = list(accumulate(_times(clause, frequency) for clause in ordered))
    most = max(FEWEST, sum(documents <= COUNTED for documents in walked))
    return ordered[:most], ordered[most:]


def _telling(
    pairs: Iterable[tuple[str, str]], frequency: Frequency | None
) -> list[tuple[str, str]]:
    """Return the stems of pairs that are worth looking for: the rarer a word, the sooner."""
    stemmed = [(stems(first)[-1], stems(second)[0]) for first, second in pairs]
    if frequency is None:
        return stemmed[:MOST_PAIRS]
    taken, walked = [], 0
    rarer = {pair: min(map(frequency, pair)) for pair in stemmed[:MOST_PAIRS]}
    for pair, documents in sorted(rarer.items(), key=lambda each: each[1]):
        walked += documents
        if walked <= WALKED:
            taken.append(pair)
    return taken


def _times(clause: Clause, frequency: Frequency) -> int:
    return max((frequency(stem) for term in clause for stem in stems(term.text)[:1]), default=0)


def _any(parts: Iterable[Built]) -> Built:
    return Built.boolean_query([(Occur.Should, part) for part in parts])


def _weighed(part: Built, weight: float) -> Built:
    return part if weight == 1.0 else Built.boost_query(part, weight)
