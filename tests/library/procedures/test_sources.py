"""Procedures as search finds them."""

import pytest

from library.procedures.sources import Procedures
from party.models.audiences import audience_tokens
from search.actions.answers import answer
from search.actions.indexing import index_changes
from search.models import ChangedEntry
from tests.factories.library import make_procedure
from tests.factories.party import RoleFactory


def test_each_section_is_found_at_its_own_place(db, member):
    page = make_procedure("group")
    index_changes()

    found = answer("moderators", audience=audience_tokens(member), kind="procedure").results

    assert {hit.document.url for hit in found.hits} == {
        "/procedures/group/#1",
        "/procedures/group/#2",
    }
    assert {hit.document.body.splitlines()[0] for hit in found.hits} == {
        "1. What this covers",
        "2. Removing a comment",
    }
    assert {hit.document.title for hit in found.hits} == {page.title}


def test_what_is_published_goes_to_search_and_what_is_withdrawn_leaves_it(db, member):
    page = make_procedure("group")
    tokens = audience_tokens(member)
    index_changes()
    assert answer("moderators", audience=tokens, kind="procedure").results.total == 2

    page.unpublish()
    index_changes()
    assert answer("moderators", audience=tokens, kind="procedure").results.total == 0

    page.delete()
    assert ChangedEntry.objects.filter(kind="procedure", key=str(page.pk)).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_documents_cost_three_queries(db, count, django_assert_num_queries):
    keys = [str(make_procedure(f"p-{n}", roles=[RoleFactory()]).pk) for n in range(count)]

    with django_assert_num_queries(3):
        assert len(Procedures().documents(keys)) == 3 * count
    with django_assert_num_queries(1):
        assert len(Procedures().keys_with(["moderators"], 2)) == min(count, 2)
    assert list(Procedures().keys()) == keys
