"""From a question to an Elasticsearch query, the same that the embedded engine asks its index."""

from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch.dsl import query as dsl
from elasticsearch.dsl.function import BoostFactor

from search.engines.cluster.documents import cut
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
    SPOKEN,
    SUPERSEDED,
    TITLE,
)

MOST_FORMS = 100  # words of the index that one mistyped word may stand for


def narrowings(query: Query) -> dict[str, dsl.Query]:
    """Return the filters whose values are counted whichever was asked for, by field."""
    asked_for = {"kind": query.kind, "edition": query.edition, "course": query.course}
    return {name: _is(name, value) for name, value in asked_for.items() if value}


def asked(query: Query, reach: Reach) -> dsl.Query:
    """Return what is asked and what this audience may find, without `narrowings`."""
    question = query.question
    whole = dsl.Bool(
        must=[_asked(question, reach)],
        should=list(_preferred(question, reach)),
        must_not=[_term(term) for term in question.excluded],
        filter=[visible_to(query.audience), *_within(query)],
    )
    return _weighed(whole)


def visible_to(audience: frozenset[str]) -> dsl.Query:
    """Return the filter that lets only through what this audience may find."""
    return dsl.Terms("audience", sorted(audience))


def named(words: tuple[str, ...], audience: frozenset[str]) -> dsl.Query:
    """Return a query for titles that hold all these plain words, the last one half typed."""
    *whole, last = words
    cited = dsl.ConstantScore(filter=dsl.Exists(field="citation"), boost=CITED)
    return _weighed(
        dsl.Bool(
            must=[_word("name", word) for word in whole],
            should=[_word("name", last), cited],
            filter=[_beginning("name", last), visible_to(audience)],
        )
    )


def _weighed(query: dsl.Query) -> dsl.Query:
    """Return a query whose scores are less for what is superseded and what is only said."""
    lesser = [(_is("current", False), SUPERSEDED), (_is("spoken", True), SPOKEN)]
    return dsl.FunctionScore(
        query=query,
        functions=[BoostFactor(weight=weight, filter=which) for which, weight in lesser],
        score_mode="multiply",
        boost_mode="multiply",
    )


def _within(query: Query) -> Iterator[dsl.Query]:
    if query.group:
        yield _is("group", query.group)
    if query.since or query.until:
        ends = {"gte": query.since, "lte": query.until}
        yield dsl.Range("date", {name: day.isoformat() for name, day in ends.items() if day})


def _asked(question: Question, reach: Reach) -> dsl.Query:
    clauses = question.clauses_for(reach)
    parts = [_cited(key, wordings) for key, wordings in question.cited.items()]
    if clauses:
        parts.append(_wanted(clauses, question, reach))
    return _any(parts)


def _wanted(clauses: tuple[Clause, ...], question: Question, reach: Reach) -> dsl.Query:
    fixed = [clause for clause in clauses if all(term.exact for term in clause)]
    loose = [_clause(clause, question, reach) for clause in clauses if clause not in fixed]
    parts = [_clause(clause, question, reach) for clause in fixed]
    if loose:
        parts.append(dsl.Bool(should=loose, minimum_should_match=least(len(loose), reach)))
    return dsl.Bool(must=parts)


def _clause(clause: Clause, question: Question, reach: Reach) -> dsl.Query:
    parts = [_term(term, term.weight) for term in clause]
    right = parts[0] if len(parts) == 1 else dsl.DisMax(queries=parts)
    nearly = list(_nearly(clause, question, reach))
    return _any([right, *nearly]) if nearly else right


def _nearly(clause: Clause, question: Question, reach: Reach) -> Iterator[dsl.Query]:
    """Yield queries for words that are not those of the clause, but may be meant."""
    typed = [term for term in clause if term.weight == 1.0]
    words = dict.fromkeys(word for term in typed for word in plain_words(term.text))
    if reach is not Reach.WORDS and question.unfinished in words:
        yield _beginning("exact", question.unfinished, HALF_TYPED)
    if reach >= Reach.FORGIVING and not all(term.exact for term in clause):
        for word in words:
            if most := mistakes(word):
                yield dsl.ConstantScore(filter=_mistyped(word, most), boost=MISTYPED)


def _mistyped(word: str, most: int) -> dsl.Query:
    how: dict[str, Any] = {"prefix_length": 0, "max_expansions": MOST_FORMS}
    return dsl.Fuzzy("exact", {"value": word, "fuzziness": most, "transpositions": True, **how})


def _term(term: Term, weight: float = 1.0) -> dsl.Query:
    words = plain_words(term.text)
    if term.exact:
        return _phrase("exact", words, weight)
    stemmed = stems(term.text)
    if len(stemmed) == 1:
        return _word("whole", stemmed[0], weight)
    if term.weight < 1.0 and stemmed:
        return _phrase("whole", stemmed, weight)
    whole = [_word("whole", stem, weight) for stem in stems(joined(clean(term.text)))]
    return dsl.DisMax(queries=[_phrase("exact", words, weight), *whole])


def _preferred(question: Question, reach: Reach) -> Iterator[dsl.Query]:
    """Yield what is worth more: words in the title or heading, words that stand together."""
    for clause in question.clauses_for(reach):
        for term in clause:
            if not term.exact and len(stemmed := stems(term.text)) == 1:
                for name, weight in (("title", TITLE), ("heading", HEADING)):
                    yield _word(name, stemmed[0], weight * term.weight)
    if reach is not Reach.WORDS and question.unfinished:
        yield _beginning("name", question.unfinished, HALF_TYPED)
    for first, second in question.pairs[:MOST_PAIRS]:
        for name, weight in (("title", TITLE), ("whole", 1.0)):
            yield _phrase(name, (stems(first)[-1], stems(second)[0]), weight * NEIGHBOURS)


def _cited(key: str, wordings: Iterable[str]) -> dsl.Query:
    """Return a query for what is cited, its parts, and the texts that mention it."""
    parts: list[dsl.Query] = [
        dsl.ConstantScore(filter=_is("citation", key.lower()), boost=CITED),
        dsl.ConstantScore(filter=_is("within", key.lower()), boost=PART_OF_CITED),
    ]
    parts += [_phrase("exact", plain_words(words), MENTIONS_CITED) for words in wordings]
    return dsl.DisMax(queries=parts)


def _phrase(name: str, words: tuple[str, ...], weight: float) -> dsl.Query:
    """Return a query for words in exactly this form and order."""
    if not words:
        return dsl.MatchNone()
    if len(words) == 1:
        return _word(name, words[0], weight)
    return dsl.MatchPhrase(name, {"query": " ".join(cut(words)), "boost": weight})


def _word(name: str, word: str, weight: float = 1.0) -> dsl.Query:
    return dsl.Term(name, {"value": cut([word])[0], "boost": weight})


def _beginning(name: str, word: str, weight: float = 1.0) -> dsl.Query:
    return dsl.Prefix(name, {"value": cut([word])[0], "boost": weight})


def _is(name: str, value: str | bool) -> dsl.Query:
    return dsl.Term(name, {"value": value})


def _any(parts: Iterable[dsl.Query]) -> dsl.Query:
    return dsl.Bool(should=list(parts), minimum_should_match=1)
