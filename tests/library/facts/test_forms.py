"""What editors of the knowledge bank fill in, and what is sent back to them."""

import pytest

from library.facts.forms import ConfirmationForm, FactFilter, ReviewForm, WithdrawalForm


@pytest.mark.parametrize(
    ("review_by", "errors"),
    [
        ("2026-06-30", ["The review-by date must come after the as-at date."]),
        ("2026-07-01", []),
    ],
)
def test_a_card_is_reviewed_after_the_day_on_which_it_was_true(review_by, errors):
    form = ConfirmationForm({"as_at": "2026-06-30", "review_by": review_by})
    assert form.errors.get("review_by", []) == errors


@pytest.mark.parametrize("form", [ReviewForm, WithdrawalForm])
def test_nothing_is_taken_from_readers_without_a_reason(form):
    assert form({"reason": " "}).errors == {"reason": ["This field is required."]}
    assert form({"reason": "The act was repealed."}).is_valid()


def test_readers_narrow_the_list_by_every_status_but_draft():
    assert FactFilter({"status": "withdrawn"}).is_valid()
    assert "status" in FactFilter({"status": "draft"}).errors
