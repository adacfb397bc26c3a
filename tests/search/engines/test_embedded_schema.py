"""An index is read only by the schema it was written with."""

import json

import pytest

from search.engines.engine import IndexMissing
from tests.search.engines.sample_index import DOCUMENTS, again, total


def test_an_index_of_another_schema_is_not_read_and_a_rebuild_removes_it(indexed):
    note = indexed.directory.root / "current.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), "schema": "0"}))

    with pytest.raises(IndexMissing, match="another schema"):
        total(again(indexed))
    indexed.rebuild(DOCUMENTS)
    assert len(list(indexed.directory.root.glob("index-*"))) == 1
