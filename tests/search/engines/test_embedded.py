"""What is the embedded engine's own: files that are damaged, old or gone."""

import json
import random
import shutil
from dataclasses import replace

import pytest

from search.engines import embedded_query, embedded_read, index_directory
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


@pytest.mark.parametrize("note", ["", "{", "[]", '{"schema": 1}', "\x00" * 50])
def test_a_spoilt_note_counts_as_no_index(engine, note):
    (engine.directory.root / "current.json").write_text(note)

    with pytest.raises(IndexMissing):
        total(again(engine))
    assert again(engine).rebuild(DOCUMENTS) == 40
    assert total(again(engine)) == 40


def test_an_index_of_another_schema_is_not_read_and_a_rebuild_removes_it(engine):
    note = engine.directory.root / "current.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), "schema": "0"}))

    with pytest.raises(IndexMissing, match="another schema"):
        total(again(engine))
    engine.rebuild(DOCUMENTS)
    assert len(list(engine.directory.root.glob("index-*"))) == 1


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


def test_a_directory_removed_under_a_reader_is_noticed(engine):
    assert total(engine) == 40
    shutil.rmtree(engine.directory.root)

    with pytest.raises(IndexMissing):
        total(engine)


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


def test_a_reader_keeps_its_files_while_the_index_is_built_anew(engine):
    held = engine.documents()
    first = next(held)
    again(engine).rebuild(DOCUMENTS[:3])

    assert len([first, *held]) == 40
    assert engine.count() == 3


def test_in_a_large_index_the_common_words_of_a_sentence_only_add(engine, monkeypatch):
    """As with a hundred thousand documents: what takes too long to count is not counted."""
    sentence = "remove comment times rule harassment threats quorum"
    about = replace(DOCUMENTS[0], id="x", key="x", title="", body="Harassment, threats, quorum.")
    both = replace(about, id="y", key="y", body="Harassment, threats, quorum: remove a comment.")
    engine.write([], [about, both])

    monkeypatch.setattr(embedded_read, "MANY_DOCUMENTS", 1)
    monkeypatch.setattr(embedded_query, "COUNTED", 10)
    monkeypatch.setattr(embedded_query, "WALKED", 1)
    results = engine.search(Query(parse(sentence), MEMBERS))
    assert {hit.document.key for hit in results.hits} == {"x", "y"}

    monkeypatch.setattr(embedded_query, "COUNTED", 10_000)
    results = engine.search(Query(parse(sentence), MEMBERS))
    assert results.total == 42
    assert {hit.document.key for hit in results.hits[:2]} == {"x", "y"}
