"""What an officer fills in to have a clip made, and how the chosen lines are shown."""

import pytest

from media_pipeline.forms.clips import ClipForm

LINES = [
    {
        "start": start,
        "end": start + 1.5,
        "seconds": f"{start:.1f}",
        "time": "0:00",
        "text": "Words.",
    }
    for start in (2.0, 4.0, 6.0)
]
FILLED = {
    "start": "2.0",
    "end": "5.5",
    "title": " Why  we keep a record ",
    "shape": "1:1",
    "imprint": "Promoted by A. Person,\n1 Example Street",
    "confirmed": "on",
}


def form(lines=LINES, **changes) -> ClipForm:
    return ClipForm({**FILLED, **changes}, lines=lines)


def test_what_is_filled_in_is_tidied():
    filled = form()
    assert filled.is_valid()
    assert filled.cleaned_data == {
        **{"start": 2.0, "end": 5.5, "title": "Why we keep a record", "shape": "1:1"},
        **{"imprint": "Promoted by A. Person, 1 Example Street", "confirmed": True},
    }


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (LINES, "Choose the first and the last line of the clip."),
        ([], "Give the second at which the clip begins, and the one at which it ends."),
    ],
)
def test_what_is_missing_is_asked_for_as_the_page_offers_it(lines, sentence):
    assert form(lines, start="").errors["start"] == [sentence]


def test_the_imprint_has_to_be_confirmed():
    assert form(confirmed="").errors["confirmed"] == [
        "Read the imprint, then tick that it is right for this clip."
    ]


def test_the_chosen_lines_are_marked():
    assert [(row["first"], row["last"]) for row in form().rows()] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize("nonsense", ["", "soon", "nan", "inf", None])
def test_a_second_that_is_no_number_marks_nothing(nonsense):
    rows = form(start=nonsense, end=nonsense).rows()
    assert not any(row["first"] or row["last"] for row in rows)
