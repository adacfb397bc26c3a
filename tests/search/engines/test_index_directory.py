"""Which index of a folder counts, while others are made and removed beside it."""

import shutil

import pytest

from search.engines.engine import IndexMissing
from tests.search.engines.sample_index import DOCUMENTS, again, total


@pytest.mark.parametrize("note", ["", "{", "[]", '{"schema": 1}', "\x00" * 50])
def test_a_spoilt_note_counts_as_no_index(indexed, note):
    (indexed.directory.root / "current.json").write_text(note)

    with pytest.raises(IndexMissing):
        total(again(indexed))
    assert again(indexed).rebuild(DOCUMENTS) == 40
    assert total(again(indexed)) == 40


def test_a_directory_removed_under_a_reader_is_noticed(indexed):
    assert total(indexed) == 40
    shutil.rmtree(indexed.directory.root)

    with pytest.raises(IndexMissing):
        total(indexed)


def test_a_reader_keeps_its_files_while_the_index_is_built_anew(indexed):
    held = indexed.documents()
    first = next(held)
    again(indexed).rebuild(DOCUMENTS[:3])

    assert len([first, *held]) == 40
    assert indexed.count() == 3
