"""Rights that ask for no row: what a person may do with films."""

import pytest

from media_pipeline.permissions import (
    can_delete_films,
    can_edit_films,
    can_review_captions,
    can_see_jobs,
    can_upload,
)


@pytest.mark.parametrize(
    ("right", "names"),
    [
        (can_edit_films, {"editor", "superuser"}),
        (can_upload, {"author", "superuser"}),
        (can_delete_films, {"superuser"}),
        (can_review_captions, {"editor", "superuser"}),
        (can_see_jobs, {"author", "editor", "superuser"}),
    ],
)
def test_each_right_is_had_by_those_it_was_given_to(people, right, names):
    assert {name for name, person in people.items() if right(person)} == names
