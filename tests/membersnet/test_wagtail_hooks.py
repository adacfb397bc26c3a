"""The admin is the hub's: what it leaves out, and what it does not delete."""

import pytest
from django.urls import reverse

from learning.models import Certificate
from tests.factories.courses import make_course
from tests.factories.learning import pass_course
from tests.factories.party import MemberFactory
from tests.pages import assert_hidden, visible_text

pytestmark = pytest.mark.django_db


def test_the_front_page_counts_no_pictures_and_no_documents(client, national):
    make_course()
    words = visible_text(client.get(reverse("wagtailadmin_home")))
    assert "Pages created in" in words
    assert "Images" not in words
    assert "Documents" not in words


def test_a_course_on_which_certificates_hang_is_not_deleted(client, national):
    course = make_course()
    pass_course(MemberFactory(), course)
    for page in (course, course.get_parent()):
        answer = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
        said = visible_text(answer)
        assert f"“{page.title}” was not deleted: " in said
        assert "1 certificate" in said
        assert "would be lost. Unpublish it instead." in said
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{many}?id={course.pk}")
    assert (type(course).objects.count(), Certificate.objects.count()) == (1, 1)
    fresh = make_course("fresh")
    client.post(reverse("wagtailadmin_pages:delete", args=[fresh.pk]))
    assert type(course).objects.get() == course


@pytest.mark.parametrize(
    ("level", "offered"), [("course", "Reorder lessons"), ("catalogue", "Reorder courses")]
)
def test_pages_are_reordered_by_the_name_of_what_is_below_them(client, national, level, offered):
    course = make_course()
    page = {"course": course, "catalogue": course.get_parent()}[level]
    words = visible_text(client.get(reverse("wagtailadmin_explore", args=[page.pk])))
    assert offered in words
    assert "Sort menu order" not in words


LISTS = ["wagtailusers_users:index", "unit:index", "role:index", "region:index", "films:index"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_offers_no_export_has_none(client, national, name, form):
    assert "export=" not in client.get(reverse(name)).content.decode()
    assert_hidden(client, f"{reverse(name)}?export={form}")


def test_a_report_that_offers_an_export_has_it(client, national):
    address = reverse("wagtailadmin_reports:site_history")
    assert "export=csv" in client.get(address).content.decode()
    assert client.get(f"{address}?export=csv").headers["Content-Type"][:8] == "text/csv"
