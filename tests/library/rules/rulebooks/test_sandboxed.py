"""A rule book is read in a process of its own, and whatever becomes of it, a person reads why."""

from dataclasses import replace

import pytest

from ground.refusals import Refused
from library.rules.rulebooks.formats import read_file
from library.rules.rulebooks.sandboxed import BOUNDS, read_in_sandbox


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "rules.md"
    path.write_text("# Book\n\n## Chapter 1 — A\n\n3. Words.\n\n[x]: /y\n", encoding="utf-8")
    return path


def test_the_reading_comes_back_whole(book):
    reading = read_file(book, name="rules.md")
    restored = read_in_sandbox(book, name="rules.md")
    assert (restored, restored.source) == (reading, reading.source)
    assert restored.tree[0].children[0].doubt == reading.tree[0].children[0].doubt != ""


@pytest.mark.parametrize("bounds", [replace(BOUNDS, memory=20_000_000), replace(BOUNDS, seconds=0)])
def test_a_file_beyond_its_bounds_is_refused(book, bounds):
    with pytest.raises(Refused, match=r"“rules\.md” takes more memory or time to read than a rule"):
        read_in_sandbox(book, name="rules.md", bounds=bounds)


def test_a_file_that_is_none_or_gone_is_refused_with_its_reason(tmp_path):
    empty = tmp_path / "empty.md"
    empty.touch()
    with pytest.raises(Refused, match=r"^“empty\.md” is empty; nothing was read\.$"):
        read_in_sandbox(empty, name="empty.md")
    with pytest.raises(Refused, match=r"^“gone\.md” cannot be read: No such file or directory\.$"):
        read_in_sandbox(tmp_path / "gone.md", name="gone.md")
