"""From one engine to the other and back: no index answers that has not heard of a change."""

import pytest

from search.actions import answers, indexing
from tests.search.engines.contract.conftest import PATIENT

pytestmark = [pytest.mark.cluster, pytest.mark.django_db, pytest.mark.any_database]

MEMBERS = frozenset({"anyone", "members"})


def test_what_was_withdrawn_on_the_cluster_is_not_found_after_going_back(
    facts, settings, cluster_url, index_name
):
    facts.put("a", "tuba")
    indexing.index_changes()
    assert answers.answer("tuba", audience=MEMBERS).results.total == 1

    settings.SEARCH_ENGINE, settings.SEARCH_URL = (
        "cluster",
        f"{cluster_url}/{index_name()}?{PATIENT}",
    )
    facts.drop("a")
    indexing.index_changes()
    assert answers.answer("tuba", audience=MEMBERS).results.total == 0
    facts.put("b", "horn")

    settings.SEARCH_ENGINE = "embedded"
    meanwhile = answers.answer("tuba", audience=MEMBERS)
    assert (meanwhile.preparing, meanwhile.results.total) == (True, 0)
    indexing.index_changes()
    assert answers.answer("tuba", audience=MEMBERS).results.total == 0
    assert answers.answer("horn", audience=MEMBERS).results.total == 1
