"""The form that takes a file of rules: for a work that is there, or a new one that it names."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from library.rules.forms import ImportForm
from library.rules.models import Work
from tests.factories.library import make_work

GIVEN = {"label": "2027 edition", "in_force_from": "2027-01-01", "kind": "policy"}


def filled(**fields) -> ImportForm:
    return ImportForm(
        {**GIVEN, **fields}, {"file": SimpleUploadedFile("rules.md", b"## Chapter 1")}
    )


def test_a_work_that_is_there_needs_neither_title_nor_address(db):
    work = make_work()
    form = filled(work=work.pk)

    assert form.is_valid()
    assert form.chosen_work() == work


def test_a_new_work_is_made_of_what_is_typed_and_not_yet_saved(db):
    form = filled(title="Standing orders", slug="standing-orders", kind="standing_orders")

    assert form.is_valid()
    work = form.chosen_work()
    assert (work.pk, work.title, work.slug, work.kind) == (
        None,
        "Standing orders",
        "standing-orders",
        Work.Kind.STANDING_ORDERS,
    )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"title", "slug"}),
        ({"title": "Orders"}, {"slug"}),
        ({"title": "Orders", "slug": "sample"}, {"slug"}),
        ({"title": "Orders", "slug": "not an address"}, {"slug"}),
    ],
)
def test_a_new_work_without_a_name_or_with_anothers_address_is_sent_back(db, fields, wrong):
    make_work()
    form = filled(**fields)

    assert not form.is_valid()
    assert set(form.errors) == wrong
