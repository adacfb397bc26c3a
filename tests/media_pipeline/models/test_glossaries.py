"""Names and terms: what a film is recognised with, and who keeps the lists."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError

from media_pipeline.models import Glossary
from media_pipeline.models.glossaries import film_corrections, film_terms
from tests.factories.media_pipeline import FilmFactory

LIST = "/admin/glossaries/"
LIST_QUERIES = 10


@pytest.fixture
def film(db):
    site = Glossary.objects.create(
        name="Whole site", is_everywhere=True, terms="NEC\nCLP", corrections="kier = Keir"
    )
    course = Glossary.objects.create(
        name="Course", terms="moderation\n\n NEC ", corrections="care starmer = Keir Starmer"
    )
    Glossary.objects.create(name="Another course", terms="unwanted", corrections="a = b")
    film = FilmFactory(glossary="Ynys Môn\n  innis mon = Ynys Môn \nKIER = Kier Hardie")
    film.glossaries.set([course, site])
    return film


def test_a_film_s_own_terms_come_first_then_its_glossaries_then_the_site_s(film):
    terms = film_terms(film)
    assert terms[:2] == ("Ynys Môn", "Kier Hardie")
    assert sorted(terms[2:]) == ["CLP", "Keir", "Keir Starmer", "NEC", "moderation"]


def test_the_first_correction_of_what_is_heard_counts(film):
    assert sorted(film_corrections(film)) == [
        ("KIER", "Kier Hardie"),
        ("care starmer", "Keir Starmer"),
        ("innis mon", "Ynys Môn"),
    ]


@pytest.mark.parametrize("line", ["kier starmer", "= Keir", "kier =", "a = b = c"])
def test_a_line_that_is_no_correction_is_named(db, line):
    with pytest.raises(ValidationError) as error:
        Glossary(name="Course", corrections=f"a = b\n\n{line}").full_clean()
    assert f"“{line}”" in str(error.value.message_dict["corrections"])


def keeper(person, *codenames):
    for codename in codenames:
        person.user_permissions.add(Permission.objects.get(codename=codename))
    return person


def test_glossaries_are_kept_by_those_who_may(client, editor):
    client.force_login(editor)
    assert client.get(LIST).status_code in {302, 403}
    client.force_login(keeper(editor, "add_glossary", "change_glossary", "view_glossary"))
    assert '"url": "/admin/glossaries/"' in client.get("/admin/").content.decode()
    wrong = client.post(f"{LIST}new/", {"name": "Course", "corrections": "kier starmer"})
    assert "This one is not" in wrong.content.decode()
    assert not Glossary.objects.exists()
    client.post(f"{LIST}new/", {"name": "Course", "terms": "CLP", "corrections": "a = b"})
    made = Glossary.objects.get()
    assert (made.name, made.terms, made.is_everywhere) == ("Course", "CLP", False)
    assert client.get(f"{LIST}delete/{made.pk}/").status_code in {302, 403}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_as_many_queries_for_three_as_for_one(
    client, editor, count, django_assert_num_queries
):
    client.force_login(keeper(editor, "change_glossary", "view_glossary"))
    for number in range(count):
        Glossary.objects.create(name=f"Course {number}")
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)
