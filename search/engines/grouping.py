"""From what an engine found to what is shown of it: which hits, and how they look.

Pure, and the same for every engine: an engine ranks and counts, the choice is made here.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from search.engines.document import Document
from search.engines.highlighting import Highlights, mark, passage
from search.engines.question import Query, Question, Reach, Sort, mistakes
from search.engines.results import Hit
from search.engines.text import plain_words, stems

LOOKED_AT = 8  # hits looked at for each one shown, where groups must not flood the page


class Candidate(NamedTuple):
    """One document that was found and is not read yet.

    `group` is false where it is part of nothing; `day` is `day_number` of its date; `place` is
    whatever lets the engine read it. Kinds and groups may be numbers that stand for the words.
    """

    score: float
    kind: Hashable
    group: Hashable
    day: int
    place: Any


def day_number(date: Any) -> int:
    """Return a day as a number that grows with time, 0 for no date: sorted by it, it is last."""
    return date.toordinal() if date else 0


def best_first(found: Iterable[Candidate], sort: Sort) -> list[Candidate]:
    """Return the same in the order asked for; what is equal keeps the order in which it came."""
    if sort is Sort.DATE:
        return sorted(found, key=lambda each: (-each.day, -each.score))
    return sorted(found, key=lambda each: -each.score)


def group_limit(query: Query) -> int:
    """Return how many hits of one group may stand together; 0 where groups do not count.

    They do not where one group is asked for, or where things are cited: these may well be of
    one.
    """
    return 0 if query.group or query.question.citations else query.per_group


def candidates_needed(query: Query) -> int:
    """Return how many of the best an engine hands to `chosen`, of each kind with `per_kind`."""
    if query.per_kind:
        return query.per_kind * (LOOKED_AT if group_limit(query) else 1)
    wanted = max(0, query.offset) + max(0, query.limit)
    if not group_limit(query):
        return wanted
    block = max(1, query.limit * LOOKED_AT)
    return -(-wanted // block) * block


def chosen(ranked: Sequence[Candidate], query: Query) -> list[Candidate]:
    """Return those of the best, best first, that are shown for this query, in their order.

    With `per_kind` a few of each kind, the kind with the best hit first. Else the page from
    `offset` on: where groups must not flood it, hits beyond `per_group` wait for a later page
    (`spread`), so that every hit stands on exactly one page, whatever page is opened first.
    """
    if query.per_kind:
        return _few_of_each_kind(ranked, query.per_kind, group_limit(query))
    start = max(0, query.offset)
    return spread(ranked, query.limit, group_limit(query))[start : start + max(0, query.limit)]


def _few_of_each_kind(
    ranked: Iterable[Candidate], per_kind: int, per_group: int
) -> list[Candidate]:
    kinds: dict[Hashable, list[Candidate]] = {}
    of_group: Counter[Hashable] = Counter()
    for found in ranked:
        block = kinds.setdefault(found.kind, [])
        if len(block) >= per_kind:
            continue
        if not (per_group and found.group and of_group[found.group] >= per_group):
            block.append(found)
            of_group[found.group] += 1
    return [found for block in kinds.values() for found in block]


def spread(ranked: Sequence[Candidate], page: int, per_group: int) -> list[Candidate]:
    """Return the same hits in an order in which few pages hold more than `per_group` of a group.

    What is too many on a page is moved to the next one with room, as far as `LOOKED_AT` pages
    hold other hits; within such a block of pages nothing is lost and nothing is repeated.
    """
    if not per_group or page < 1:
        return list(ranked)
    block = page * LOOKED_AT
    ordered: list[Candidate] = []
    for start in range(0, len(ranked), block):
        waiting = list(ranked[start : start + block])
        while waiting:
            taken, waiting = _one_page(waiting, page, per_group)
            ordered += taken
    return ordered


def _one_page(
    waiting: list[Candidate], page: int, most: int
) -> tuple[list[Candidate], list[Candidate]]:
    taken: list[Candidate] = []
    left: list[Candidate] = []
    of_group: Counter[Hashable] = Counter()
    for found in waiting:
        of_group[found.group] += 1
        fits = not found.group or of_group[found.group] <= most
        (taken if fits and len(taken) < page else left).append(found)
    short = page - len(taken)
    return taken + left[:short], left[short:]


def groups_of(found: Iterable[Candidate], query: Query) -> tuple[Hashable, ...]:
    """Return the groups whose documents an engine has to count for `more_of`."""
    if not group_limit(query):
        return ()
    return tuple(dict.fromkeys(each.group for each in found if each.group))


def more_of(documents: Sequence[Document], held: Mapping[str, int]) -> list[int]:
    """Return for each document shown how many more of its group there are: `Hit.more`.

    Only the last one of a group says so. `held` tells how many of a group were found in all.
    """
    times = Counter(document.group for document in documents)
    last = {document.group: number for number, document in enumerate(documents)}
    return [
        max(0, held.get(group, 0) - times[group]) if group and last[group] == number else 0
        for number, group in enumerate(document.group for document in documents)
    ]


def hits_of(
    found: Sequence[tuple[Document, float]],
    question: Question,
    reach: Reach,
    held: Mapping[str, int],
) -> tuple[Hit, ...]:
    """Return documents, each with its score, as they are shown; `held` is that of `more_of`."""
    marks = highlights_for(question, reach)
    cited = frozenset(key.lower() for key in question.citations)
    more = more_of([document for document, _score in found], held)
    return tuple(
        hit(document, score, marks, cited, further)
        for (document, score), further in zip(found, more, strict=True)
    )


def hit(
    document: Document,
    score: float,
    marks: Highlights,
    cited: frozenset[str] = frozenset(),
    more: int = 0,
) -> Hit:
    """Return a document as it is shown: words marked, best passage chosen, its second told.

    `cited` are the question's citations in small letters.
    """
    snippet, character = passage(document.body, marks)
    return Hit(
        document=document,
        score=score,
        title=mark(document.title, marks),
        heading=mark(document.heading, marks),
        snippet=snippet,
        cited=document.citation.strip().lower() in cited,
        more=more,
        seconds=document.second_of(character),
    )


def highlights_for(question: Question, reach: Reach) -> Highlights:
    """Return the words to mark in what is found with this reach."""
    terms = [term for clause in question.clauses_for(reach) for term in clause]
    forgiven = (
        (word, mistakes(word))
        for term in terms
        if not term.exact and term.weight == 1.0 and reach >= Reach.FORGIVING
        for word in plain_words(term.text)
    )
    loose = [(term, stems(term.text)) for term in terms if not term.exact]
    phrases = {stemmed for term, stemmed in loose if term.weight < 1.0 and len(stemmed) > 1}
    return Highlights(
        stems=frozenset(stem for _term, each in loose if each not in phrases for stem in each),
        exact=frozenset(word for term in terms if term.exact for word in plain_words(term.text)),
        prefix=question.unfinished if reach is not Reach.WORDS else "",
        fuzzy=frozenset((word, most) for word, most in forgiven if most),
        phrases=frozenset(phrases),
    )
