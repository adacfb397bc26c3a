"""What the embedded index reads for an answer: ranked, counted, and as little as will do."""

import datetime

import pytest

from search.engines import embedded_read
from search.engines.document import Document
from search.engines.embedded import EmbeddedEngine
from search.engines.question import Query, Sort
from search.questions.parsing import parse

MEMBERS = frozenset({"members"})
RULES, LESSONS = 30, 4
DAY = datetime.date(2026, 1, 1)


def document(kind: str, number: int, **fields) -> Document:
    key = f"{kind}-{number}"
    plain = {"title": f"About {key}", "body": "The quorum of a meeting.", "audience": ("members",)}
    return Document(**{"id": key, "key": key, "kind": kind, "url": f"/{key}/", **plain, **fields})


DOCUMENTS = [
    *(
        document("rule", n, group=f"chapter-{n % 3}", edition=f"edition {n % 2}",
                 date=DAY + datetime.timedelta(days=n // 10))
        for n in range(RULES)
    ),
    *(
        document("lesson", n, body=f"{'Other words. ' * 60}The quorum.", course="Meetings")
        for n in range(LESSONS)
    ),
]  # fmt: skip


@pytest.fixture
def engine(tmp_path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild(DOCUMENTS)
    return engine


def ask(engine: EmbeddedEngine, question: str = "quorum", **fields):
    return engine.search(Query(parse(question), MEMBERS, **fields))


def keys(results) -> list[str]:
    return [hit.document.key for hit in results.hits]


def test_everything_found_is_counted_though_one_page_is_read(engine, monkeypatch):
    read = []
    stored = embedded_read.stored
    monkeypatch.setattr(
        embedded_read, "stored", lambda *place: read.append(place) or stored(*place)
    )
    results = ask(engine, limit=5)
    assert (results.total, len(results.hits), len(read)) == (RULES + LESSONS, 5, 5)
    assert results.counts == {"rule": RULES, "lesson": LESSONS}
    assert results.editions == {"edition 0": RULES // 2, "edition 1": RULES // 2}
    assert results.courses == {"Meetings": LESSONS}


def test_each_kind_has_its_few_though_the_best_hits_are_all_of_one(engine, monkeypatch):
    monkeypatch.setattr(embedded_read, "BEST", 5)  # as where a kind has thousands
    results = ask(engine, per_kind=3)
    assert [key.partition("-")[0] for key in keys(results)] == ["rule"] * 3 + ["lesson"] * 3


def test_of_a_group_the_rest_is_counted(engine):
    results = ask(engine, per_kind=6, per_group=1)
    of_rules = [hit for hit in results.hits if hit.document.kind == "rule"]
    assert sorted(hit.document.group for hit in of_rules) == [f"chapter-{n}" for n in range(3)]
    assert [hit.more for hit in of_rules] == [RULES // 3 - 1] * 3


@pytest.mark.parametrize("size", [1, 7, 40])
def test_by_date_every_hit_stands_on_one_page_the_latest_first(engine, size):
    pages = range(0, RULES, size)
    found = [
        hit.document
        for start in pages
        for hit in ask(engine, kind="rule", sort=Sort.DATE, offset=start, limit=size).hits
    ]
    assert len({each.key for each in found}) == len(found) == RULES
    days = [each.date for each in found]
    assert days == sorted(days, reverse=True)


def test_where_a_filter_leaves_nothing_the_other_counts_are_still_told(engine):
    results = ask(engine, kind="lesson", edition="edition 1")
    assert (results.total, keys(results)) == (0, [])
    assert results.counts == {"rule": RULES // 2}
    assert results.courses == {}


def test_nothing_found_is_nothing_counted(engine):
    results = ask(engine, "harassment")
    assert (results.total, results.hits, results.counts) == (0, (), {})


@pytest.mark.parametrize("limit", [0, 3, 100])
def test_titles_are_offered_once_each_and_no_more_than_asked_for(engine, monkeypatch, limit):
    monkeypatch.setattr(embedded_read, "TITLES", 10)
    same = [document("rule", 100 + n, title="About lesson-0") for n in range(12)]
    engine.write([], same)
    offered = [each.title for each in engine.suggest(("about", "lesson"), MEMBERS, limit)]
    assert len(offered) == len(set(offered)) == min(limit, LESSONS)
