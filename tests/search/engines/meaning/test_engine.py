"""With a model, what is meant counts beside the words; nothing else changes."""

import datetime
import logging

import pytest

from search.engines import engine_for
from search.engines.base import Document, EngineUnavailable, IndexMissing, Query, Reach, Sort
from search.engines.embedded import EmbeddedEngine
from search.engines.meaning import MeaningEngine
from search.questions import parse
from tests.search.engines.meaning.tiny_model import write_model

MEMBERS, EDITORS = frozenset({"members"}), frozenset({"members", "editors"})


def doc(key: str, body: str, **values) -> Document:
    plain = {"kind": "rule", "audience": ("members",), "title": "", "url": f"/{key}/"}
    return Document(**{"id": f"{key}#1", "key": key, "body": body, **plain, **values})


HELD = (
    doc("quorum", "The quorum is ten members."),
    doc("secret", "The attendance of editors.", audience=("editors",)),
    doc("fact", "How a headcount is done.", kind="fact", date=datetime.date(2026, 1, 1)),
    doc("password", "Every password is handed over."),
    doc("film", "Hello. A passcode is said.", kind="film", url="/film/?t={t}", group="one",
        seconds=10.0, moments=((0, 10.0), (7, 12.0))),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def engine(tmp_path, folder):
    engine = MeaningEngine(EmbeddedEngine(tmp_path / "index"), tmp_path / "meaning", folder)
    engine.rebuild(HELD)
    return engine


def ask(engine, question: str, audience=MEMBERS, **values):
    return engine.search(Query(parse(question), audience, **values))


def found(engine, question: str, audience=MEMBERS, **values) -> list[str]:
    return [hit.document.key for hit in ask(engine, question, audience, **values).hits]


def test_what_means_the_same_is_found_after_what_says_it(engine):
    assert found(engine.inner, "quorum") == ["quorum"]
    assert found(engine, "quorum") == ["quorum", "fact"]


def test_what_nobody_says_is_found_by_what_is_meant(engine):
    assert found(engine.inner, "attendance") == []
    assert set(found(engine, "attendance")) == {"quorum", "fact"}


def test_only_what_the_audience_may_see_is_found_and_counted(engine):
    members, editors = ask(engine, "headcount"), ask(engine, "headcount", EDITORS)

    assert {hit.document.key for hit in members.hits} == {"quorum", "fact"}
    assert {hit.document.key for hit in editors.hits} == {"quorum", "fact", "secret"}
    assert (members.total, members.counts) == (2, {"rule": 1, "fact": 1})
    assert (editors.total, editors.counts) == (3, {"rule": 2, "fact": 1})
    assert found(engine, "headcount", frozenset()) == []
    assert found(engine, "headcount", frozenset({"others"})) == []


def test_what_is_taken_from_an_audience_is_not_found_from_that_moment_on(engine, monkeypatch):
    monkeypatch.setattr(engine, "catch_up", lambda: 0)  # before there are new vectors
    changed = doc("quorum", "The quorum is ten members.", audience=("editors",))
    engine.write([changed.entry], [changed])
    engine.wait()

    assert found(engine, "attendance") == ["fact"]


def test_filters_hold_for_what_is_meant(engine):
    assert found(engine, "attendance", kind="rule") == ["quorum"]
    assert found(engine, "attendance", kind="film") == []
    assert found(engine, "attendance", since=datetime.date(2026, 1, 1)) == ["fact"]
    assert found(engine, "attendance", since=datetime.date(2026, 1, 2)) == []
    assert found(engine, "attendance", until=datetime.date(2025, 12, 31)) == []
    assert found(engine, "attendance", until=datetime.date(2026, 1, 1)) == ["fact"]
    assert found(engine, "passcode", group="one") == ["film"]
    assert found(engine, "attendance", group="one") == []
    assert found(engine, "attendance", edition="2026") == []
    assert found(engine, "attendance", course="A course") == []


def test_each_kind_is_counted_whichever_is_asked_for(engine):
    everything = ask(engine, "quorum", per_kind=4)
    rules = ask(engine, "quorum", kind="rule")

    assert everything.counts == rules.counts == {"rule": 1, "fact": 1}
    assert (everything.total, rules.total) == (2, 1)
    assert [hit.document.kind for hit in everything.hits] == ["rule", "fact"]


def test_exact_words_and_exclusions_are_taken_at_their_word(engine):
    assert found(engine, '"quorum"') == ["quorum"]
    assert found(engine, "quorum -headcount") == ["quorum"]


def test_by_date_only_the_words_count(engine):
    assert found(engine, "quorum", sort=Sort.DATE) == ["quorum"]


def test_a_half_typed_question_is_answered_by_its_words(engine):
    assert found(engine, "quor") == ["quorum"]


def test_a_film_that_says_it_in_other_words_opens_where_it_does(engine):
    hit = next(one for one in ask(engine, "password").hits if one.document.key == "film")

    assert hit.seconds == 10.0
    assert hit.url == "/film/?t=8.0"
    assert hit.snippet == "Hello. A passcode is said."


def test_the_nearest_part_of_a_long_document_is_shown(engine):
    body = "Nothing of interest is said here. " * 60 + "Then the attendance is taken. "
    long = doc("long", body + "Much else is said after that. " * 40)
    engine.write([long.entry], [long])
    engine.wait()
    hit = next(one for one in ask(engine, "headcount").hits if one.document.key == "long")

    assert hit.snippet.startswith("… ")
    assert len(hit.snippet) < 400


def test_changes_are_followed(engine):
    changed, new = doc("fact", "Something else.", kind="fact"), doc("new", "An attendance.")
    engine.write([changed.entry, new.entry], [changed, new])
    engine.wait()

    assert set(found(engine, "headcount")) == {"quorum", "new"}
    engine.write([new.entry], [])
    assert found(engine, "headcount") == ["quorum"]
    assert engine.count() == 5
    held = engine.keys()
    assert {entry.key for entry in held} == {one.key for one in HELD}


def test_pages_hold_every_hit_once(engine):
    many = [doc(f"n{n}", "The quorum. " + "Meeting. " * n) for n in range(30)]
    engine.rebuild([*HELD, *many])
    pages = [found(engine, "quorum", limit=10, offset=start) for start in (0, 10, 20, 30)]

    assert ask(engine, "quorum").total == 32
    shown = [key for page in pages for key in page]
    assert len(set(shown)) == len(shown) == 32


def test_a_group_does_not_flood_the_page_and_says_how_many_more_there_are(engine):
    engine.rebuild(
        [*HELD, *(doc(f"n{n}", f"Passcode {n}.", group="two", kind="film") for n in range(5))]
    )
    hits = ask(engine, "password", per_kind=4, per_group=2).hits
    of_two = [hit for hit in hits if hit.document.group == "two"]

    assert [hit.more for hit in of_two] == [0, 3]


def test_superseded_texts_are_less_near(engine):
    engine.rebuild([doc("old", "A headcount.", current=False), doc("new", "A headcount.")])

    assert found(engine, "attendance") == ["new", "old"]


def test_without_vectors_the_words_answer(engine):
    engine.store.forget()

    assert found(engine, "quorum") == ["quorum"]
    assert found(engine, "attendance") == []


def test_a_wrong_folder_is_told_once_and_the_words_answer(tmp_path, caplog):
    engine = MeaningEngine(EmbeddedEngine(tmp_path / "i"), tmp_path / "m", tmp_path / "nowhere")
    with caplog.at_level(logging.ERROR):
        engine.rebuild(HELD)
        assert found(engine, "quorum") == ["quorum"]
        assert found(engine, "quorum") == ["quorum"]

    assert [record.getMessage() for record in caplog.records] == [
        f"SEARCH_MODEL: There is no folder {tmp_path / 'nowhere'} with a sentence model. "
        "Only the words count."
    ]


def test_vectors_that_cannot_be_read_cost_nobody_an_answer(engine):
    for folder in engine.store.root.glob("vectors-*"):
        for file in folder.iterdir():
            file.write_bytes(b"rubbish")
    fresh = MeaningEngine(engine.inner, engine.store.root, engine._folder)

    assert found(fresh, "quorum") == ["quorum"]


def test_words_are_indexed_where_vectors_cannot_be_kept(engine, monkeypatch):
    def full(*_given):
        raise OSError("No space left")

    monkeypatch.setattr(engine.store, "note", full)
    new = doc("new", "A new quorum.")
    engine.write([new.entry], [new])
    engine.wait()

    assert set(found(engine, "quorum")) == {"quorum", "new"}
    assert not engine.store.root.exists()
    monkeypatch.setattr(engine.store, "forget", full)
    with pytest.raises(EngineUnavailable, match="Vectors cannot be removed"):
        engine.write([new.entry], [new])


def test_a_missing_index_is_missing_with_a_model_too(tmp_path, folder):
    engine = MeaningEngine(EmbeddedEngine(tmp_path / "index"), tmp_path / "meaning", folder)

    assert not engine.healthy()
    with pytest.raises(IndexMissing):
        ask(engine, "quorum")
    with pytest.raises(IndexMissing), engine.writing():
        pass


@pytest.mark.parametrize(
    "text", ["", "\x00", "quorum OR", '"', "🦊" * 400, "a" * 10_000, "OR -", "‮quorum", "7.VIII.3.A"]
)
def test_any_text_is_answered(engine, text):
    ask(engine, text, per_kind=4, per_group=2)


def test_everything_else_is_the_inner_engines(engine):
    assert engine.name == engine.inner.name
    assert engine.single_machine
    assert engine.forgives_typing
    assert engine.healthy()
    assert {one.key for one in engine.documents()} == {one.key for one in HELD}
    query = Query(parse("quorum"), MEMBERS)
    assert engine.match(query, Reach.WORDS) == engine.inner.match(query, Reach.WORDS)
    titled = doc("titled", "", title="Password rules")
    engine.rebuild([titled])
    assert [one.key for one in engine.suggest(("passw",), MEMBERS, 5)] == ["titled"]


def test_the_setting_chooses_and_without_it_no_vector_stays(tmp_path, folder):
    with_model = engine_for("embedded", tmp_path, "", str(folder))
    assert isinstance(with_model, MeaningEngine)
    with_model.rebuild(HELD)
    assert (tmp_path / "meaning").is_dir()

    without = engine_for("embedded", tmp_path)
    assert isinstance(without, EmbeddedEngine)
    assert not (tmp_path / "meaning").exists()
    assert found(with_model, "quorum") == found(without, "quorum") == ["quorum"]
