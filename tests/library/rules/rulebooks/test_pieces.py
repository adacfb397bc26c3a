"""How much of a paragraph is bold at its beginning, in characters as they are read."""

import pytest

from library.rules.rulebooks.pieces import bold_beginning


@pytest.mark.parametrize(
    ("pieces", "bold"),
    [
        ([("Names. ", True), ("It is called so.", False)], len("Names.")),
        (
            [(" \n", False), ("Names  and", True), (" ", False), ("fees", True)],
            len("Names and fees"),
        ),
        ([("It is ", False), ("called", True)], 0),
        ([("All of it", True)], len("All of it")),
        ([(" ", False)], 0),
        ([], 0),
    ],
)
def test_the_bold_beginning_is_measured_in_characters(pieces, bold):
    assert bold_beginning(pieces) == bold
