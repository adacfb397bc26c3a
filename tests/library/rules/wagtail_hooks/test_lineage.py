"""What a draft follows, confirmed by a librarian in the admin."""

import pytest
from django.urls import reverse

from tests.factories.library import at, make_second

ADMIN_QUERIES = 17  # the frame’s too, whatever number of rows there is


@pytest.fixture
def draft(book):
    return make_second(book, publish=False)


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


def address(edition) -> str:
    return reverse("rules_lineage", args=[edition.pk])


def test_the_most_doubtful_come_first_with_the_words_that_differ(admin, draft):
    response = admin.get(address(draft))

    assert [row.provision.citation for row in response.context["rows"]] == ["4.II.1", "7.V"]
    html = " ".join(response.content.decode().split())
    assert "</span>ten <span" in html
    assert "</span>twelve <span" in html
    assert "80% the same" in html


def test_all_shown_are_confirmed_with_one_button_as_the_form_says(admin, book, draft):
    quorum, log = at(draft, "4.II.1"), at(draft, "7.V")

    admin.post(
        address(draft),
        {
            "row": [quorum.pk, log.pk],
            f"relation-{quorum.pk}": "follows",
            f"old-{quorum.pk}": quorum.predecessor_id,
            f"relation-{log.pk}": "part",
            f"old-{log.pk}": "",
            f"other-{log.pk}": "7.viii",
        },
    )

    assert not draft.provisions.waiting().exists()
    assert at(draft, "4.II.1").lineage == at(book, "4.II.1").lineage
    log.refresh_from_db()
    assert log.predecessor == at(book, "7.VIII")
    assert log.lineage != log.predecessor.lineage


def test_one_alone_or_all_with_the_same_words_are_confirmed(admin, draft):
    quorum = at(draft, "4.II.1")

    admin.post(address(draft), {"alike": "1"})
    assert [each.citation for each in draft.provisions.waiting()] == ["4.II.1"]
    admin.post(
        address(draft),
        {
            "only": quorum.pk,
            f"relation-{quorum.pk}": "follows",
            f"old-{quorum.pk}": quorum.predecessor_id,
        },
    )
    assert not draft.provisions.waiting().exists()

    admin.post(address(draft), {"again": "1"})
    assert draft.provisions.waiting().count() == 2


def test_a_refusal_is_shown_and_what_was_chosen_is_kept(admin, book, draft):
    new = at(draft, "appendix-1.2")
    given = {
        "only": new.pk,
        f"relation-{new.pk}": "follows",
        f"old-{new.pk}": at(book, "7.VIII.3.B.i").pk,
        f"other-{new.pk}": "9.IX",
    }

    response = admin.post(f"{address(draft)}?show=new", given)

    assert "“9.IX” is not in the edition before." in response.content.decode()
    (row,) = response.context["rows"]
    assert (row.relation, row.chosen, row.other) == (
        "follows",
        at(book, "7.VIII.3.B.i").pk,
        "9.IX",
    )


def test_only_librarians_may_confirm(client, member, draft):
    client.force_login(member)
    client.post(address(draft), {"alike": "1"})

    assert draft.provisions.waiting().count() == 2


@pytest.mark.parametrize("count", [1, 2])
def test_the_list_costs_the_same_for_one_and_two(admin, draft, count, django_assert_num_queries):
    if count == 1:
        admin.post(address(draft), {"alike": "1"})
    admin.get(address(draft))

    with django_assert_num_queries(ADMIN_QUERIES):
        response = admin.get(address(draft))
    assert len(response.context["rows"]) == count
