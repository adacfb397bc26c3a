"""Which of the found documents are shown, and in which order."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from search.engines.document import Document
from search.engines.grouping import (
    LOOKED_AT,
    Candidate,
    best_first,
    candidates_needed,
    chosen,
    more_of,
    spread,
)
from search.engines.question import Query, Question, Sort

ASKED = Question(text="oboe")


def found(*groups: str, kind: str = "rule") -> list[Candidate]:
    """Hits of these groups, best first; their place tells them apart."""
    return [
        Candidate(100.0 - place, kind, group, 0, (kind, place))
        for place, group in enumerate(groups)
    ]


def places(hits: list[Candidate]) -> list[int]:
    return [hit.place[1] for hit in hits]


lists = st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=70)


@given(groups=lists, page=st.integers(1, 7), per_group=st.integers(0, 3))
def test_spreading_loses_nothing_and_repeats_nothing(groups, page, per_group):
    hits = found(*groups)

    assert sorted(places(spread(hits, page, per_group))) == list(range(len(groups)))


@given(groups=lists, page=st.integers(1, 7), per_group=st.integers(1, 3))
def test_hits_of_a_group_keep_their_order(groups, page, per_group):
    shown = spread(found(*groups), page, per_group)

    for group in ("a", "b", "c"):
        of_group = [hit.place[1] for hit in shown if hit.group == group]
        assert of_group == sorted(of_group)


@given(groups=lists, page=st.integers(1, 7), per_group=st.integers(1, 3))
def test_a_page_holds_more_of_a_group_only_where_nothing_else_waits(groups, page, per_group):
    block = found(*groups)[: page * LOOKED_AT]
    shown = spread(block, page, per_group)
    for start in range(0, len(shown), page):
        here, later = shown[start : start + page], shown[start + page :]
        full = {g for g, times in Counter(hit.group for hit in here).items() if times >= per_group}
        if any(times > per_group for g, times in Counter(h.group for h in here).items() if g):
            assert all(hit.group in full - {""} for hit in later)


@given(groups=lists, limit=st.integers(1, 6), per_group=st.integers(0, 2))
def test_pages_are_the_same_however_few_hits_the_engine_hands_in(groups, limit, per_group):
    hits = found(*groups)
    paged = []
    for offset in range(0, len(hits) + limit, limit):
        query = Query(ASKED, frozenset(), limit=limit, offset=offset, per_group=per_group)
        paged += chosen(hits[: candidates_needed(query)], query)

    assert paged == spread(hits, limit, per_group)


def test_too_many_of_a_group_wait_for_the_next_page():
    hits = found("a", "a", "a", "b", "", "")

    assert places(spread(hits, 3, 1)) == [0, 3, 4, 1, 5, 2]
    assert places(spread(hits, 3, 2)) == [0, 1, 3, 2, 4, 5]


def test_a_page_of_all_kinds_begins_with_the_kind_of_the_best_hit():
    facts = [hit._replace(score=hit.score + 0.5) for hit in found("", "", kind="fact")]
    ranked = best_first([*found("a", "a", "a", ""), *facts], Sort.RELEVANCE)
    query = Query(ASKED, frozenset(), per_kind=3, per_group=2)

    assert [hit.place for hit in chosen(ranked, query)] == [
        ("fact", 0), ("fact", 1), ("rule", 0), ("rule", 1), ("rule", 3),
    ]  # fmt: skip


def test_by_date_scores_only_part_what_is_of_one_day():
    days = [3, 0, 5, 3]
    hits = [hit._replace(day=day) for hit, day in zip(found("", "", "", ""), days, strict=True)]

    assert places(best_first(hits, Sort.DATE)) == [2, 0, 3, 1]


def test_only_the_last_of_a_group_says_how_many_more_there_are():
    documents = [
        Document(id=str(n), key=str(n), kind="rule", url="", title="", group=group)
        for n, group in enumerate(["a", "", "a", "b", "c"])
    ]

    assert more_of(documents, {"a": 12, "b": 1, "c": 3}) == [0, 0, 10, 0, 2]
    assert more_of(documents, {}) == [0, 0, 0, 0, 0]
