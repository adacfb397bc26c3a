"""What is the embedded engine's own: files that are damaged, old or gone."""

import random

import pytest

from search.engines import index_directory
from search.engines.embedded import EmbeddedEngine
from search.engines.engine import EngineUnavailable, IndexMissing
from tests.search.engines.sample_index import DOCUMENTS, again, files, total


def test_without_an_index_every_question_says_so(tmp_path):
    engine = EmbeddedEngine(tmp_path / "nothing")

    for attempt in (
        lambda: total(engine),
        engine.count,
        lambda: list(engine.documents()),
        lambda: engine.write([], []),
    ):
        with pytest.raises(IndexMissing, match="No index has been built"):
            attempt()


@pytest.mark.parametrize("damage", ["gone", "half", "empty", "garbage"])
def test_damaged_files_are_noticed_and_a_rebuild_mends_them(indexed, damage):
    for number in range(len(files(indexed))):
        path = files(indexed)[number]
        spoil(path, damage)
        other = again(indexed)
        try:
            assert total(other) == 40  # a file that is not needed to answer
        except IndexMissing:
            with pytest.raises(IndexMissing):
                other.write([], [])
        indexed.rebuild(DOCUMENTS)
        assert total(again(indexed)) == 40


def spoil(path, damage: str) -> None:
    held = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "garbage":
        put(path, random.Random(len(held)).randbytes(len(held)))
    else:
        put(path, held[: len(held) // 2] if damage == "half" else b"")


def put(path, content: bytes) -> None:
    """Put a new file in the old one's place: readers that mapped the old one keep it."""
    draft = path.with_suffix(".draft")
    draft.write_bytes(content)
    draft.replace(path)


def test_flipped_bits_never_end_in_anything_but_an_answer_or_our_own_words(indexed):
    chance = random.Random(7)
    for path in files(indexed):
        if path.suffix not in {".idx", ".pos", ".term", ".store", ".fast", ".fieldnorm"}:
            continue
        sound = path.read_bytes()
        for _flip in range(8):
            spoilt = bytearray(sound)
            spoilt[chance.randrange(len(sound))] ^= 1 << chance.randrange(8)
            put(path, bytes(spoilt))
            try:
                total(again(indexed))
                list(again(indexed).documents())
            except (IndexMissing, EngineUnavailable):
                pass
            put(path, sound)
            if not (indexed.directory.root / "current.json").exists():
                indexed.directory.promote(path.parent)
    assert total(again(indexed)) == 40


def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_lost(indexed, monkeypatch):
    def full(*arguments, **values):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(index_directory.json, "dump", full)
    with pytest.raises(EngineUnavailable, match="No space left on device"):
        indexed.rebuild([])
    monkeypatch.undo()
    assert total(again(indexed)) == 40


def test_many_small_writes_do_not_pile_up(indexed):
    """Each write leaves a small segment; they are merged, and what was replaced is gone."""
    for n in range(30):
        indexed.write([DOCUMENTS[n].entry], [DOCUMENTS[n]])

    assert indexed.count() == 40
    assert len(list(indexed.directory.current().glob("*.store"))) < 15
