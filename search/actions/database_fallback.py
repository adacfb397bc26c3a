"""The search that needs no index: a plain look through the database, while the engine cannot."""

from collections import Counter
from collections.abc import Iterator

from search import sources
from search.engines.document import Document
from search.engines.grouping import Candidate, best_first, chosen, day_number, hit
from search.engines.highlighting import Highlights
from search.engines.question import Clause, Query, Reach, Term
from search.engines.results import Results
from search.engines.text import stems

PER_SOURCE = 20  # entries of a kind that are read at most

_Stems = frozenset[str]


def fallback_results(query: Query) -> Results:
    """Answer from the database: whatever holds all the words, in the order of the sources.

    Nothing is ranked, and no hit says how many more of its group there are; all else that a query
    says holds here too.
    """
    wanted = _Words(query)
    found = [d for d in _offered(query, wanted) if wanted.are_in(d)] if wanted.typed else []
    counts = Counter(document.kind for document in found)
    editions = Counter(document.edition for document in found if document.edition)
    courses = Counter(document.course for document in found if document.course)
    asked_for = [document for document in found if query.kind in ("", document.kind)]
    ranked = best_first(map(_unranked, asked_for), query.sort)
    return Results(
        total=len(asked_for),
        hits=tuple(hit(each.place, 0.0, wanted.marks) for each in chosen(ranked, query)),
        counts=dict(counts),
        editions=dict(editions),
        courses=dict(courses),
        reach=Reach.WORDS,
    )


class _Words:
    """What a question asks for, as plain words: every clause, and none of what is excluded."""

    def __init__(self, query: Query) -> None:
        question = query.question
        self.clauses = [typed for clause in question.clauses if (typed := _typed(clause))]
        self.excluded = [_stems(term) for term in question.excluded]
        # Alternatives are left to `are_in`: the database is asked for what all must hold.
        self.typed = [clause[0].text for clause in self.clauses if len(clause) == 1]
        if not self.typed and self.clauses:
            self.typed = [self.clauses[0][0].text]
        each = [_stems(term) for clause in self.clauses for term in clause]
        self.marks = Highlights(stems=frozenset().union(*each))

    def are_in(self, document: Document) -> bool:
        held = frozenset(stems(f"{document.title} {document.heading} {document.body}"))
        return all(
            any(_stems(term) <= held for term in clause) for clause in self.clauses
        ) and not any(excluded <= held for excluded in self.excluded)


def _typed(clause: Clause) -> tuple[Term, ...]:
    """Return what a person typed of a clause, without what the vocabulary added."""
    return tuple(term for term in clause if term.weight == 1.0)


def _stems(term: Term) -> _Stems:
    return frozenset(stems(term.text))


def _offered(query: Query, wanted: _Words) -> Iterator[Document]:
    """Yield what the sources offer for the words and this audience may find, within the filters.

    An entry has many documents, of which not each holds the words.
    """
    for source in sources.registered():
        keys = list(source.keys_with(wanted.typed, PER_SOURCE))
        for document in sources.documents_of(source, keys) if keys else ():
            if query.audience.intersection(document.audience) and _within(document, query):
                yield document


def _within(document: Document, query: Query) -> bool:
    """Say whether a document is what the filters ask for, whatever its kind."""
    named = ("group", "edition", "course")
    if any(getattr(query, name) not in ("", getattr(document, name)) for name in named):
        return False
    if not (query.since or query.until):
        return True
    day = document.date
    return bool(day and (query.since or day) <= day <= (query.until or day))


def _unranked(document: Document) -> Candidate:
    return Candidate(0.0, document.kind, document.group, day_number(document.date), document)
