"""What a local party fills in is text, and a line of it stays one."""

import pytest
from django.core.exceptions import ValidationError

from library.procedures.forms import FillingForm, PlainTextField
from tests.factories.library import FIELDS


def test_steering_characters_are_taken_out_and_a_line_stays_one():
    line, lines = (PlainTextField(long=long, example="") for long in (False, True))
    assert line.clean("Da\x00le\x07\u202e and\nVale ") == "Dale and Vale"
    assert lines.clean("Ann\x0bBob\r\nCat") == "Ann\nBob\nCat"


@pytest.mark.parametrize(("long", "most"), [(False, 300), (True, 4_000)])
def test_what_is_too_long_is_told_its_length_and_the_limit(long, most):
    field = PlainTextField(long=long, example="")
    assert field.clean("x" * most) == "x" * most
    with pytest.raises(ValidationError) as refusal:
        field.clean("x" * (most + 1))
    assert refusal.value.messages == [f"This is {most + 1:,} characters. The limit is {most:,}."]


def test_every_blank_is_asked_for_and_none_must_be_filled():
    form = FillingForm(FIELDS, {})
    assert {name: field.label for name, field in form.fields.items()} == {
        "party_name": "Your party",
        "moderators": "Who moderates",
    }
    assert form.is_valid()
    assert form.cleaned_data == {"party_name": "", "moderators": ""}
