"""From a question to a tantivy query, built as objects: the query language would refuse some."""

from collections.abc import Iterable, Iterator

from tantivy import Occur, Schema
from tantivy import Query as Built

from search.engines.base import Clause, Query, Question, Reach, Term, least
from search.engines.marking import Wanted
from search.engines.text import clean, joined, plain_words, stems

TITLE, HEADING, BODY = 3.0, 1.5, 1.0  # how much a word weighs where it stands
OTHER_FIELDS = 0.3  # share of the lesser fields' scores that is added to the best one's
HALF_TYPED = 0.5
NEIGHBOURS = 0.25  # two asked words standing together, on top of what each is worth
MOST_PAIRS = 32
CITED, PART_OF_CITED, MENTIONS_CITED = 1000.0, 500.0, 2.0

Clauses = list[tuple[Occur, Built]]


class QueryBuilder:
    """Builds queries for one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def build(self, query: Query, reach: Reach, *, kind: str = "") -> Built:
        """Return the whole query: what is asked, and what this audience and kind may find."""
        question = query.question
        # One word query each: a set query would walk the list of all words, at 20 times the cost.
        audience = [(Occur.Should, self._word("audience", word)) for word in query.audience]
        parts: Clauses = [
            (Occur.Must, self._asked(question, reach)),
            (Occur.Must, Built.const_score_query(Built.boolean_query(audience), 0.0)),
        ]
        if kind:
            parts.append((Occur.Must, Built.const_score_query(self._word("kind", kind), 0.0)))
        parts += [(Occur.Should, pair) for pair in self._pairs(question.pairs)]
        parts += [(Occur.MustNot, self._term(term)) for term in question.excluded]
        return Built.boolean_query(parts)

    def _asked(self, question: Question, reach: Reach) -> Built:
        clauses = question.literal if reach is Reach.SOME_WORDS else question.clauses
        parts = [self._cited(key) for key in question.citations]
        if clauses:
            parts.append(self._clauses(clauses, question, reach))
        return Built.boolean_query([(Occur.Should, part) for part in parts])

    def _clauses(self, clauses: tuple[Clause, ...], question: Question, reach: Reach) -> Built:
        loose: Clauses = []
        fixed: Clauses = []
        for clause in clauses:
            must = all(term.exact for term in clause)
            (fixed if must else loose).append(
                (Occur.Must if must else Occur.Should, self._clause(clause, question, reach))
            )
        if loose:
            needed = least(len(loose), reach)
            fixed.append(
                (Occur.Must, Built.boolean_query(loose, minimum_number_should_match=needed))
            )
        return Built.boolean_query(fixed)

    def _clause(self, clause: Clause, question: Question, reach: Reach) -> Built:
        parts = [self._term(term) for term in clause]
        if reach is not Reach.WORDS and question.unfinished:
            words = {word for term in clause for word in plain_words(term.text)}
            if question.unfinished in words:
                parts.append(self._beginning(question.unfinished))
        return parts[0] if len(parts) == 1 else Built.disjunction_max_query(parts)

    def _term(self, term: Term) -> Built:
        words = plain_words(term.text)
        if term.exact:
            return self._phrase(words)
        if len(words) == 1:
            return self._anywhere(stems(term.text)[0])
        whole = stems(joined(clean(term.text)))
        alternatives = [self._phrase(words), *(self._anywhere(stem) for stem in whole)]
        return Built.disjunction_max_query(alternatives)

    def _anywhere(self, stem: str) -> Built:
        fields = (("title", TITLE), ("heading", HEADING), ("body", BODY))
        parts = [Built.boost_query(self._word(name, stem), weight) for name, weight in fields]
        return Built.disjunction_max_query(parts, OTHER_FIELDS)

    def _beginning(self, word: str) -> Built:
        query = Built.fuzzy_term_query(self.schema, "exact", word, distance=0, prefix=True)
        return Built.boost_query(query, HALF_TYPED)

    def _phrase(self, words: tuple[str, ...]) -> Built:
        """Return a query for words in exactly this form and order, in any of the texts."""
        if not words:
            return Built.empty_query()
        if len(words) == 1:
            return self._word("exact", words[0])
        return Built.phrase_query(self.schema, "exact", list(words))

    def _pairs(self, pairs: Iterable[tuple[str, str]]) -> Iterator[Built]:
        """Yield what prefers documents in which words of the question stand side by side."""
        for first, second in list(pairs)[:MOST_PAIRS]:
            phrase: list[str | tuple[int, str]] = [stems(first)[-1], stems(second)[0]]
            for name, weight in (("title", TITLE), ("body", BODY)):
                together = Built.phrase_query(self.schema, name, phrase)
                yield Built.boost_query(together, weight * NEIGHBOURS)

    def _cited(self, key: str) -> Built:
        """Return a query for a provision, its parts, and the texts that mention it."""
        chapter, _, below = key.lower().partition(".")
        parts = [
            Built.const_score_query(self._word("citation", key.lower()), CITED),
            Built.const_score_query(self._word("within", key.lower()), PART_OF_CITED),
        ]
        if below:
            spoken = plain_words(f"chapter {chapter} clause {below}")
            for words in (plain_words(key), spoken):
                parts.append(Built.boost_query(self._phrase(words), MENTIONS_CITED))
        return Built.disjunction_max_query(parts)

    def _word(self, name: str, word: str) -> Built:
        return Built.term_query(self.schema, name, word)


def wanted(question: Question, reach: Reach) -> Wanted:
    """Return the words to mark in what is found."""
    clauses = question.literal if reach is Reach.SOME_WORDS else question.clauses
    terms = [term for clause in clauses for term in clause]
    return Wanted(
        stems=frozenset(stem for term in terms if not term.exact for stem in stems(term.text)),
        exact=frozenset(word for term in terms if term.exact for word in plain_words(term.text)),
        prefix=question.unfinished if reach is not Reach.WORDS else "",
    )
