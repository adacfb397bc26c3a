"""What is the embedded engine's own: files that are damaged, old or gone."""

import random

import pytest

from search.engines import index_directory
from search.engines.document import Document
from search.engines.embedded import EmbeddedEngine
from search.engines.engine import EngineUnavailable, IndexMissing
from search.engines.question import Query
from search.questions.parsing import parse

MEMBERS = frozenset({"members"})
DOCUMENTS = [
    Document(
        id=str(n),
        key=str(n),
        kind="rule",
        url=f"/{n}/",
        title=f"Rule {n}",
        body=f"Remove a comment {n} times.",
        audience=("members",),
    )
    for n in range(40)
]


@pytest.fixture
def engine(tmp_path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild(DOCUMENTS)
    return engine


def total(engine: EmbeddedEngine) -> int:
    return engine.search(Query(parse('comment "remove a comment"'), MEMBERS)).total


def again(engine: EmbeddedEngine) -> EmbeddedEngine:
    """The same index as another process finds it."""
    return EmbeddedEngine(engine.directory.root)


def files(engine: EmbeddedEngine) -> list:
    return sorted(p for p in engine.directory.current().iterdir() if p.suffix != ".lock")


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
    assert engine.healthy() is False


@pytest.mark.parametrize("damage", ["gone", "half", "empty", "garbage"])
def test_damaged_files_are_noticed_and_a_rebuild_mends_them(engine, damage):
    for number in range(len(files(engine))):
        path = files(engine)[number]
        spoil(path, damage)
        other = again(engine)
        try:
            assert total(other) == 40  # a file that is not needed to answer
        except IndexMissing:
            with pytest.raises(IndexMissing):
                other.write([], [])
        engine.rebuild(DOCUMENTS)
        assert total(again(engine)) == 40


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


def test_flipped_bits_never_end_in_anything_but_an_answer_or_our_own_words(engine):
    chance = random.Random(7)
    for path in files(engine):
        if path.suffix not in {".idx", ".pos", ".term", ".store", ".fast", ".fieldnorm"}:
            continue
        sound = path.read_bytes()
        for _flip in range(8):
            spoilt = bytearray(sound)
            spoilt[chance.randrange(len(sound))] ^= 1 << chance.randrange(8)
            put(path, bytes(spoilt))
            try:
                total(again(engine))
                list(again(engine).documents())
            except (IndexMissing, EngineUnavailable):
                pass
            put(path, sound)
            if not (engine.directory.root / "current.json").exists():
                engine.directory.promote(path.parent)
    assert total(again(engine)) == 40


def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_lost(engine, monkeypatch):
    def full(*arguments, **values):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(index_directory.json, "dump", full)
    with pytest.raises(EngineUnavailable, match="No space left on device"):
        engine.rebuild([])
    monkeypatch.undo()
    assert total(again(engine)) == 40


def test_many_small_writes_do_not_pile_up(engine):
    """Each write leaves a small segment; they are merged, and what was replaced is gone."""
    for n in range(30):
        engine.write([DOCUMENTS[n].entry], [DOCUMENTS[n]])

    assert engine.count() == 40
    assert len(list(engine.directory.current().glob("*.store"))) < 15
