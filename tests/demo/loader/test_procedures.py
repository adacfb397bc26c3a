"""The demonstration's procedures are whole: every blank is asked for, every rule exists."""

from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document

from demo.loader import courses, library, people, procedures
from library.procedures.actions.form_documents import compose_document
from library.procedures.models import ProcedurePage, ProcedureVersion
from library.procedures.outline import blanks
from party.models import Member


@pytest.fixture(scope="module")
def loaded_once(once):
    people.load_roles()
    people.load_people()
    library.load()
    procedures.load()


@pytest.fixture
def loaded(loaded_once, db):
    return {page.slug: page for page in ProcedurePage.objects.all()}


def test_every_procedure_is_sound_and_can_be_taken_away_in_word(loaded):
    assert len(loaded) == 5
    reader = Member.objects.get(email="author@demo.example")
    for page in loaded.values():
        page.full_clean()
        assert page.sample
        keys = [block.value["key"] for block in page.fields]
        assert set(blanks(page.lines())) == set(keys), page
        assert set(page.quotations(reader)) == set(page.citations()), page

        _name, content = compose_document(
            page, dict.fromkeys(keys, "So be it"), reader=reader, now=timezone.now()
        )
        text = "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
        assert "________" not in text, page
        assert len(text.split()) > 400, page


def test_each_is_issued_once_for_whom_it_is_meant_and_loading_again_adds_nothing(loaded):
    procedures.load()

    assert ProcedurePage.objects.count() == 5
    assert list(ProcedureVersion.objects.values_list("number", flat=True)) == [1] * 5
    member = Member.objects.get(email="member@demo.example")
    hidden = set(loaded) - {page.slug for page in ProcedurePage.objects.visible_to(member)}
    assert hidden == {"private-accounts-and-closed-groups"}
    catalogue = courses.catalogue(Member.objects.get(email="author@demo.example"))
    assert catalogue.get_parent().get_children().count() == 2
