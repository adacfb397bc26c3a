"""Files that are read into editions: which can be read again, and who may see them."""

import pytest

from library.rules.models import RulesImport


@pytest.mark.parametrize(
    ("status", "edition", "file", "may"),
    [
        ("failed", None, "rules.md", True),
        ("done", None, "rules.md", True),  # its draft was discarded
        ("done", 1, "rules.md", False),
        ("running", None, "rules.md", False),
        ("failed", None, "", False),
    ],
)
def test_a_file_is_read_again_where_nothing_came_of_it_and_it_is_still_there(
    status, edition, file, may
):
    given = RulesImport(status=status, edition_id=edition, file=file)
    assert given.can_be_retried == may
