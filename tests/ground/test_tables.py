"""Columns of the admin's lists."""

from types import SimpleNamespace

import pytest

from ground.tables import YesNoColumn


@pytest.mark.parametrize(("value", "shown"), [(True, "Yes"), (False, "No"), (None, "No")])
def test_what_is_true_or_false_is_shown_in_a_word(value, shown):
    assert YesNoColumn("sample").get_value(SimpleNamespace(sample=value)) == shown
