"""Both engines give the same answer: the same hits in the same order, with the same marks."""

import datetime
from dataclasses import replace

import pytest

from search.engines.cluster.engine import ClusterEngine
from search.engines.embedded import EmbeddedEngine
from search.engines.engine import Engine
from search.engines.question import Query, Question, Sort, Term
from search.engines.results import Results
from search.questions.parsing import parse
from tests.search.engines.contract.conftest import MEMBERS, PATIENT, doc
from tests.search.engines.contract.test_asking import BODIES
from tests.search.sample_rules import rules

pytestmark = pytest.mark.cluster

QUESTIONS = [
    "quorum", "removing", "remove a comment", "comments moderator", "who can remove a comment?",
    '"remove a comment"', 'comments -"nobody was blocked"', "branch OR panel", "women’s officer",
    "e-mail newsletter", "café zurich", "Appendix A", "newsl", "remove comm", "moderater coment",
    "7.VIII.3", "Chapter 6 Clause II", "quorum 6.II.1", "delegates elected spring zeppelin", "Ⅷ",
    "nothing holds this xylophone",
]  # fmt: skip
PAGES = [
    {},
    {"limit": 3, "offset": 2},
    {"per_kind": 4, "per_group": 2},
    {"per_group": 1, "limit": 4},
    {"sort": Sort.DATE},
    {"sort": Sort.DATE, "per_kind": 2, "per_group": 1},
    {"kind": "film"},
    {"edition": "2025", "since": datetime.date(2025, 3, 1)},
    {"course": "Moderating", "until": datetime.date(2025, 9, 1), "per_kind": 3},
    {"group": "film-1"},
]


def held() -> list:
    """The sample rules, and things of other kinds with dates, groups, editions and courses."""
    first = datetime.date(2025, 1, 1)
    things = [doc(key, body) for key, body in BODIES.items()]
    things += [doc("old", "Once a moderator removed a comment.", current=False, edition="2024")]
    things += [
        doc(
            f"f{n}",
            f"Before you remove a comment, breathe {n} times. {'Then read. ' * (n % 5)}",
            kind=("film", "lesson")[n % 2],
            group=f"film-{n % 4}",
            course=("Moderating", "Writing")[n % 3 == 0],
            edition=("2025", "")[n % 5 == 0],
            seconds=float(n) if n % 2 else None,
            date=first + datetime.timedelta(days=20 * (n // 2)) if n % 7 else None,
        )
        for n in range(30)
    ]
    return [*rules(), *things]


@pytest.fixture(scope="module")
def engines(cluster_url, index_name, tmp_path_factory) -> tuple[Engine, Engine]:
    embedded = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    cluster = ClusterEngine(f"{cluster_url}/{index_name()}?{PATIENT}")
    assert embedded.rebuild(held()) == cluster.rebuild(held())
    return embedded, cluster


def said(results: Results) -> tuple[Results, list[float]]:
    """An answer without what may differ, and its scores apart."""
    hits = tuple(replace(hit, score=0.0) for hit in results.hits)
    return replace(results, took_ms=0.0, hits=hits), [hit.score for hit in results.hits]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_both_engines_answer_alike(engines, page):
    for text in QUESTIONS:
        query = Query(parse(text), MEMBERS, **page)
        (one, scores), (other, others) = (said(engine.search(query)) for engine in engines)

        assert one == other, text
        assert scores == pytest.approx(others, rel=1e-4), text


def test_what_the_vocabulary_adds_weighs_the_same(engines):
    words = (Term("comment"), Term("secret ballot", weight=0.6), Term("removals", weight=0.4))
    query = Query(Question(text="comment", clauses=(words,)), MEMBERS)
    (one, scores), (other, others) = (said(engine.search(query)) for engine in engines)

    assert one == other
    assert one.total > 3
    assert scores == pytest.approx(others, rel=1e-4)


def test_both_engines_suggest_alike(engines):
    for words in (("t",), ("title",), ("rem",), ("title", "f"), ("quorum",), ("6",), ("zz",), ()):
        for audience in (MEMBERS, frozenset({"nobody"})):
            one, other = (engine.suggest(words, audience, 6) for engine in engines)
            assert one == other, words
