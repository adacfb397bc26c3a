"""What a member types and the rule she means, over sixty sample rules."""

import pytest

from search.engines.embedded import EmbeddedEngine
from search.engines.question import Query
from search.questions.parsing import parse
from tests.search.sample_rules import RULES, rules

MEMBERS = frozenset({"anyone", "members"})

FIRST = {
    "remove a comment": "6.II.1",
    "removing comments": "6.II.1",
    "how do I remove a comment?": "6.II.1",
    "quorum": "3.II.2",
    "what is the quorum": "3.II.2",
    "no quorum adjourned": "3.II.3",
    "annual general meeting": "3.I.1",
    "subscription students": "1.III.1",
    "reduced rate": "1.III.1",
    "social media officer": "4.III.3",
    "standing orders": "2.I.8",
    "7.VIII.3.A": "7.VIII.3.A",
    "Chapter 7 Clause VIII.3.A": "7.VIII.3.A",
    "Rule 2.I.8": "2.I.8",
    "Chapter 2, Clause 1.8": "2.I.8",
    "appeals": "7.VIII.3.A",
    "data protection": "6.IV.1",
    "personal data lists": "6.IV.1",
    "threats police": "6.III.1",
    "harassment": "6.III.1",
    "who keeps minutes": "3.V.1",
    "vacancy": "4.II.3",
    "casting vote": "3.IV.2",
    '"secret ballot"': "3.IV.1",
    "emergency motion": "3.III.2",
    "moving house": "1.IV.B",
    "handing over passwords": "6.I.4",
    "two signatures account": "5.I.1",
    "block someone": "6.II.3",
    "job share": "4.I.3",
    "notice of a meeting": "3.II.1",
    "notice seven days agenda": "3.II.1",
    "amendm": "3.III.3",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    engine.rebuild(rules())
    return engine


def keys(engine, question: str) -> list[str]:
    hits = engine.search(Query(parse(question), MEMBERS, limit=5)).hits
    return [hit.document.key for hit in hits]


def test_there_are_sixty_rules():
    assert len(RULES) == 60


@pytest.mark.parametrize(("question", "rule"), FIRST.items())
def test_the_rule_that_is_meant_comes_first(engine, question, rule):
    assert keys(engine, question)[:1] == [rule]


@pytest.mark.parametrize("citation", RULES)
def test_every_rule_comes_first_when_it_is_cited(engine, citation):
    assert keys(engine, f"what does {citation.lower()} say")[0] == citation


def test_a_range_of_rules_finds_all_of_them(engine):
    assert set(keys(engine, "6.I.1 to 6.I.4")) == {"6.I.1", "6.I.2", "6.I.3", "6.I.4"}


def test_few_results_are_beside_the_point(engine):
    """Asking for three words does not bring half of the book."""
    results = engine.search(Query(parse("social media officer"), MEMBERS))

    assert results.total <= 3
