"""Nothing that a person may not see is found, counted, marked or hinted at."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.engines.contract.conftest import ask, doc

TOKENS = ["anyone", "members", "editors", "region:north", "region:wales"]
SEEN_BY = {
    "public": ("anyone",),
    "members": ("members",),
    "editors": ("editors",),
    "north": ("region:north",),
    "two": ("region:north", "region:wales"),
    "nobody": (),
}


@pytest.fixture(scope="module", autouse=True)
def _filled(engine):
    engine.rebuild(
        doc(key, "A secret ballot is held.", audience=audience, kind=f"kind-{key}")
        for key, audience in SEEN_BY.items()
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    audience=st.sets(st.sampled_from(TOKENS)).map(frozenset),
    question=st.sampled_from(
        [
            "secret ballot",
            '"secret ballot"',
            "secr",
            "secret zebra",
            "ballot OR zebra",
            "-zebra held",
        ]
    ),
    per_kind=st.sampled_from([0, 4]),
)
def test_exactly_what_the_audience_may_see_is_found_and_counted(
    engine, audience, question, per_kind
):
    visible = {key for key, tokens in SEEN_BY.items() if audience.intersection(tokens)}
    results = ask(engine, question, audience=audience, per_kind=per_kind)

    assert {hit.document.key for hit in results.hits} == visible
    assert results.counts == {f"kind-{key}": 1 for key in visible}
    assert results.total == len(visible)


def test_a_kind_of_which_nothing_is_visible_is_not_even_named(engine):
    results = ask(engine, "secret", audience=frozenset({"anyone"}), kind="kind-editors")

    assert (results.total, results.hits, results.counts) == (0, (), {"kind-public": 1})


def test_a_citation_opens_nothing_that_is_hidden(engine):
    hidden = doc("hidden", "Draft rule.", citation="9.I.1", audience=("editors",))
    engine.write([hidden.entry], [hidden])

    assert ask(engine, "9.I.1").total == 0
    assert ask(engine, "9.I").total == 0
    assert ask(engine, "9.I.1", audience=frozenset({"editors"})).total == 1
    engine.write([hidden.entry], [])
