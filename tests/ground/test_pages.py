"""What an author of a page sees in the admin: no words for search engines, and one address."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories.courses import make_course
from tests.pages import visible_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course()


@pytest.mark.parametrize("level", ["course", "lesson", "catalogue"])
def test_an_author_is_asked_for_an_address_and_nothing_for_search_engines(
    admin_client, course, level
):
    of = {"course": course, "lesson": course.lessons()[0], "catalogue": course.get_parent()}
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[of[level].pk]))
    tabs = BeautifulSoup(response.content, "html.parser").select("[role=tab]")
    assert [tab.find(string=True).strip() for tab in tabs][:2] == ["Content", "Settings"]
    assert "As members will see it." in visible_text(response)
    assert "The last part of the page’s address" in visible_text(response)
    for unwanted in ("Promote", "Slug", "Title tag", "Meta description", "Show in menus"):
        assert unwanted not in visible_text(response)


def test_a_copy_has_an_address_of_its_own(admin_client, course):
    address = reverse("wagtailadmin_pages:copy", args=[course.pk])
    words = visible_text(admin_client.get(address))
    assert "New address" in words
    assert "slug" not in words
    assert "Alias" not in words
    form = {"new_title": "A second", "new_slug": "second", "copy_subpages": "on", "alias": "on"}
    admin_client.post(address, {**form, "new_parent_page": course.get_parent().pk})
    copy = type(course).objects.get(slug="second")
    assert (copy.alias_of_id, copy.get_children().count()) == (None, course.get_children().count())
