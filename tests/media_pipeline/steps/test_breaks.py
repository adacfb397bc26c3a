"""Where English may be broken, and at which price."""

import pytest

from media_pipeline.steps.breaks import ends_sentence, price
from media_pipeline.steps.words import Word


@pytest.mark.parametrize(
    ("text", "is_end"),
    [("go.", True), ("go?”", True), ("wait…", True), ("Mr.", False), ("J.", False), ("a,", False)],
)
def test_an_abbreviation_does_not_end_a_sentence(text: str, is_end: bool) -> None:
    assert ends_sentence(text) is is_end


def test_breaks_are_priced_in_the_broadcasters_order() -> None:
    def after(first: str, second: str) -> float:
        return price([Word(first, 0, 1), Word(second, 1, 2)], 0)

    order = [
        after("done.", "Then"), after("done,", "then"), after("people", "because"),
        after("people", "with"), after("good", "people"), after("the", "people"),
        after("Ada", "Lovelace"),
    ]  # fmt: skip
    assert order == sorted(set(order))
