"""A worker reads a file into a draft: once, kept beside its source, or a sentence why not."""

import pytest
from django.core.files.storage import default_storage
from wagtail.models import ModelLogEntry

from library.rules.actions import import_worker
from library.rules.actions.import_worker import give_up, perform_import, store_source
from library.rules.models import Edition, RulesImport, Work
from library.rules.rulebooks.formats import read_file
from library.rules.rulebooks.outline_text import read_outline
from tests.factories.library import BOOK, make_edition, make_work
from tests.library.rules.actions.given_files import fresh, give

Status = RulesImport.Status


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def work(db, monkeypatch) -> Work:
    """A work whose files are read in this process; the first test starts the reader's own."""
    monkeypatch.setattr(import_worker, "read_in_sandbox", read_file)
    return make_work()


def test_a_file_becomes_a_draft_with_its_source_beside_it(member):
    given = give(make_work(), by=member)
    assert (given.status, given.file_name, given.attempts) == (Status.WAITING, "rules.md", 0)

    edition = perform_import(given.pk)

    given = fresh(given)
    assert (given.status, given.edition, given.progress, given.attempts, given.reason) == (
        Status.DONE,
        edition,
        1.0,
        1,
        "",
    )
    assert edition.status == Edition.Status.DRAFT
    assert edition.provisions.get(path="7/VIII/3/A").text.startswith("harasses a person")
    assert default_storage.open(given.file.name).read().decode() == BOOK
    block = given.source[edition.provisions.get(path="7/VIII/3/A").source_from]
    assert "harasses a person" in block["text"]
    assert [entry.action for entry in ModelLogEntry.objects.for_instance(given)] == [
        "rules.request_import"
    ]


def test_reading_twice_makes_one_draft(work):
    given = give(work)

    first = perform_import(given.pk)
    assert perform_import(given.pk) is None

    assert list(Edition.objects.all()) == [first]


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "rules.md", "is empty"),
        (b"\x00\x01\x02\x89PNG" * 50, "rules.pdf", "."),
        ("Only a few words.", "rules.md", "no chapter or numbered provision"),
    ],
)
def test_what_is_no_rule_book_fails_in_a_sentence_and_the_file_is_kept(work, content, name, why):
    given = give(work, content, name)

    assert perform_import(given.pk) is None

    given = fresh(given)
    assert given.status == Status.FAILED
    assert why in given.reason
    assert given.finished_at
    assert default_storage.exists(given.file.name)
    assert not Edition.objects.exists()


def test_a_draft_made_while_the_file_waited_is_kept(work):
    given = give(work)
    draft = make_edition(work, label="2026 edition", publish=False)

    assert perform_import(given.pk) is None

    assert fresh(given).status == Status.FAILED
    assert "was made meanwhile and was kept" in fresh(given).reason
    assert list(Edition.objects.all()) == [draft]


def test_what_a_worker_given_up_for_lost_has_read_does_not_count(work, monkeypatch):
    given = give(work)

    def overtaken(path, *, name):
        RulesImport.objects.update(status=Status.WAITING, lease=None)
        monkeypatch.setattr(import_worker, "read_in_sandbox", read_file)
        assert perform_import(given.pk)
        return read_file(path, name=name)

    monkeypatch.setattr(import_worker, "read_in_sandbox", overtaken)
    assert perform_import(given.pk) is None

    assert (fresh(given).status, fresh(given).attempts) == (Status.DONE, 2)
    assert Edition.objects.get() == fresh(given).edition


def test_a_worker_that_is_stopped_gives_its_import_back(work, monkeypatch):
    def stopped(path, *, name):
        raise SystemExit

    given = give(work)
    monkeypatch.setattr(import_worker, "read_in_sandbox", stopped)
    with pytest.raises(SystemExit):
        perform_import(given.pk)

    assert (fresh(given).status, fresh(given).attempts) == (Status.WAITING, 0)
    monkeypatch.setattr(import_worker, "read_in_sandbox", read_file)
    assert perform_import(given.pk) == fresh(given).edition


def test_what_nobody_expected_is_logged_and_told_without_its_words(work, monkeypatch, caplog):
    def broken(path, *, name):
        raise ZeroDivisionError("secret words")

    given = give(work)
    monkeypatch.setattr(import_worker, "read_in_sandbox", broken)

    for attempt in range(4):
        assert perform_import(given.pk) is None
        assert fresh(given).status == (Status.WAITING if attempt < 3 else Status.FAILED)
        RulesImport.objects.update(not_before=None)

    assert fresh(given).reason == (
        "Something unexpected went wrong. The file is kept and no draft was made. Try it again; "
        "if that fails too, tell the person who runs the site: the log says more at import "
        f"{given.pk}."
    )
    assert f"Import {given.pk} of a rule book failed." in caplog.text
    assert "secret words" in caplog.text
    assert not Edition.objects.exists()


def test_an_import_that_is_given_up_has_failed_for_a_reason(work):
    given = give(work)
    give_up(given)
    assert (fresh(given).status, fresh(given).edition) == (Status.FAILED, None)
    assert f"at import {given.pk}" in fresh(given).reason


def test_an_edition_read_elsewhere_keeps_its_source_once(work):
    edition = make_edition(work, publish=False)
    reading = read_outline(BOOK)

    given = store_source(edition, reading, file_name="rules.md")
    again = store_source(edition, read_outline(f"{BOOK}2. Listen.\n"), file_name="other.md")

    assert again == given == RulesImport.objects.get()
    assert (given.status, given.file_name, given.work) == (Status.DONE, "rules.md", work)
    assert given.source == [block.as_dict() for block in reading.source]
    assert fresh(given).source[-1]["text"].endswith("Listen.")
