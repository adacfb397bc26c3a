"""Procedures: who may read them, how they stand, what they quote, and what an editor may write."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import Revision

from library.procedures.models import ProcedurePage, ProcedureVersion
from party.models.audiences import audience_tokens
from party.permissions import tokens_of
from tests.factories.library import make_procedure
from tests.library.procedures.versions import NOW, issue, reword


def test_a_page_says_whether_it_still_reads_as_its_last_version(db):
    page = make_procedure()
    assert page.standing(None) == "Not yet issued as a version"

    version = issue(page)
    day = f"{timezone.localtime(NOW):%-d %B %Y}"
    assert page.standing(version) == f"Version 1, issued {day}"
    assert reword(page, summary="Put otherwise.").standing(version) == f"Version 1, issued {day}"
    changed = reword(page, body=[("section", "New")])
    assert changed.standing(version) == f"Changed since version 1 of {day}"


def test_the_revision_of_a_version_is_never_tidied_away(db):
    version = issue(make_procedure())

    with pytest.raises(ProtectedError):
        Revision.objects.get(pk=version.revision_id).delete()


@pytest.mark.parametrize(
    ("roles", "regions", "readers"),
    [
        ((), (), ["member", "officer here", "officer there", "secretary here"]),
        (("officer",), (), ["officer here", "officer there"]),
        ((), ("here",), ["officer here", "secretary here"]),
        (("officer",), ("here",), ["officer here"]),
        (("officer", "secretary"), ("there",), ["officer there"]),
        (("officer", "secretary"), ("here",), ["officer here", "secretary here"]),
    ],
)
def test_a_procedure_is_for_its_roles_in_its_regions_and_for_editors(
    people, roles, regions, readers
):
    page = make_procedure(
        roles=[people["roles"][name] for name in roles],
        regions=[people["regions"][name] for name in regions],
    )
    draft = make_procedure("draft", publish=False)
    issue(page)

    for name, person in people["members"].items():
        may = name in {*readers, "editor"}
        assert ProcedurePage.objects.visible_to(person).filter(pk=page.pk).exists() == may, name
        assert (not audience_tokens(person).isdisjoint(page.readers())) == may, name
        assert ProcedureVersion.objects.visible_to(person).exists() == may, name
        assert ProcedurePage.objects.visible_to(person).filter(pk=draft.pk).exists() == (
            name == "editor"
        )
    assert set(page.readers()) == set(
        tokens_of(
            [people["roles"][name].slug for name in roles],
            [people["regions"][name].slug for name in regions],
        )
    )


def test_nobody_reads_what_was_withdrawn_but_editors(db, member, editor):
    page = make_procedure()
    page.unpublish()

    assert not ProcedurePage.objects.visible_to(member).exists()
    assert ProcedurePage.objects.visible_to(editor).exists()


def test_a_blank_that_nobody_is_asked_for_is_refused(db):
    page = make_procedure(body=[("section", "For [[party_name]]")])
    page.body = [("numbered", ["The quorum is [[quorum]]."])]

    with pytest.raises(ValidationError, match=r"\[\[quorum\]\]\. Add a field with that key"):
        page.full_clean()


def test_two_blanks_under_one_key_are_refused(db):
    asked = {"key": "party_name", "help": "", "example": "", "long": False}
    page = make_procedure()
    page.fields = [("field", {**asked, "label": label}) for label in ("One", "Two")]

    with pytest.raises(ValidationError, match="Two fields have the key “party_name”"):
        page.full_clean()


def test_rules_are_quoted_as_they_hold_today_to_whoever_may_read_them(book, member):
    rules = [("rule", {"work": "sample", "citation": one}) for one in ("4.II.1", "7.VIII.3")]
    page = make_procedure(body=rules)

    found = page.quotations(member)

    assert found["sample", "4.II.1"].text == "The quorum is ten members."
    assert found["sample", "7.VIII.3"].cited == "The sample book, Chapter 7 Clause VIII.3"
    assert found["sample", "7.VIII.3"].text.splitlines()[1] == (
        "A. harasses a person, as Chapter 4, Clause II.1 never says; or"
    )
    book.work.audience = "editors"
    book.work.save()
    assert page.quotations(member) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_quoting_costs_the_same_however_many_rules_of_a_work_are_quoted(
    book, member, count, django_assert_num_queries
):
    keys = ["4.II.1", "7.VIII.3", "7.IV.1"][:count]
    page = make_procedure(body=[("rule", {"work": "sample", "citation": key}) for key in keys])

    with django_assert_num_queries(5):
        assert len(page.quotations(member)) == count
