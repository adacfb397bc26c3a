"""A file is read into a draft: kept, done once, begun again when its worker died, taken back."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ground.refusals import Refused
from library.rules.actions import import_worker
from library.rules.actions.import_worker import perform_import
from library.rules.actions.imports import (
    discard_draft,
    remove_import,
    requeue_lost_imports,
    retry_import,
)
from library.rules.actions.publication import publish_edition
from library.rules.models import Edition, RulesImport, Work
from library.rules.rulebooks.formats import read_file
from tests.factories.library import make_edition, make_work
from tests.library.rules.actions.given_files import fresh, give

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(seconds=26)
Status = RulesImport.Status


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def work(db, monkeypatch) -> Work:
    """A work whose files are read in this process; two tests below start the reader's own."""
    monkeypatch.setattr(import_worker, "read_in_sandbox", read_file)
    return make_work()


def test_a_new_work_is_made_with_the_file_that_is_its_first_edition(member):
    new = Work(slug="orders", title="Standing orders", kind=Work.Kind.STANDING_ORDERS)

    perform_import(give(new, by=member).pk)

    assert Edition.objects.get().work == Work.objects.get(slug="orders")


@pytest.mark.django_db(transaction=True)
def test_a_file_given_is_put_in_the_queue():
    given = give(make_work())

    task = DBTaskResult.objects.get(task_path="library.rules.tasks.read_rules_file")
    assert task.args_kwargs == {"args": [given.pk], "kwargs": {}}
    assert fresh(given).task_id == str(task.pk)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_lost_its_place_in_the_queue_gets_a_new_one():
    given = give(make_work())
    DBTaskResult.objects.all().delete()

    assert requeue_lost_imports(fresh(given).queued_at) == 0
    assert requeue_lost_imports(fresh(given).queued_at + datetime.timedelta(seconds=26)) == 1

    assert DBTaskResult.objects.get().args_kwargs["args"] == [given.pk]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"name": "rules.exe"}, "Choose a file that ends in .md"),
        ({"text": b"x" * (20 * 1024 * 1024 + 1)}, "The limit is 20 MB"),
        ({"label": "2026-12-01"}, "cannot be an edition’s label"),
        ({"label": "Compare"}, "cannot be an edition’s label"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_not_taken(work, options, why):
    with pytest.raises(Refused, match=why):
        give(work, **options)
    assert not RulesImport.objects.exists()


def test_a_draft_that_may_have_been_mended_is_never_replaced_by_a_file(work):
    draft = make_edition(work, label="2026 edition", publish=False)

    with pytest.raises(Refused, match="There is a draft “2026 edition”"):
        give(work)

    assert list(Edition.objects.all()) == [draft]


def test_two_files_for_one_label_are_not_read_at_once(work):
    give(work)

    with pytest.raises(Refused, match="already being read as “2026 edition”"):
        give(work)


# --- lost, tried again, taken back -----------------------------------------------------------
def test_a_reading_whose_worker_died_is_begun_again(work):
    given = give(work)
    RulesImport.objects.update(status=Status.RUNNING, attempts=1, heartbeat_at=NOW)

    assert requeue_lost_imports(NOW) == 0
    assert requeue_lost_imports(LATER) == 1

    assert fresh(given).status == Status.WAITING
    assert fresh(given).reason == "The worker stopped in the middle; this will be done again."
    assert perform_import(given.pk)
    assert (fresh(given).attempts, Edition.objects.count()) == (2, 1)


def test_a_file_that_kills_its_worker_each_time_is_given_up(work):
    given = give(work)
    RulesImport.objects.update(status=Status.RUNNING, attempts=3, heartbeat_at=NOW)

    assert requeue_lost_imports(LATER) == 0

    assert (fresh(given).status, fresh(given).is_under_way) == (Status.FAILED, False)
    assert f"at import {given.pk}" in fresh(given).reason


def test_a_failed_reading_can_be_tried_again(work, member):
    draft = make_edition(work, label="Other", publish=False)
    given = give(work)
    make_edition(work, label="2026 edition", publish=False)
    perform_import(given.pk)

    with pytest.raises(Refused, match="There is a draft"):
        retry_import(given, by=member, now=NOW)
    discard_draft(Edition.objects.get(label="2026 edition"), by=member, now=NOW)
    retry_import(given, by=member, now=NOW)

    edition = perform_import(given.pk)
    assert {*Edition.objects.all()} == {draft, edition}
    with pytest.raises(Refused, match="has no draft"):
        retry_import(given, by=member, now=NOW)


def test_a_file_taken_back_is_gone_and_one_being_read_is_not_taken_back(
    work, member, django_capture_on_commit_callbacks
):
    given = give(work)
    RulesImport.objects.update(status=Status.RUNNING, heartbeat_at=NOW)
    with pytest.raises(Refused, match="The file is being read"):
        remove_import(given, by=member, now=NOW)

    RulesImport.objects.update(status=Status.FAILED)
    with django_capture_on_commit_callbacks(execute=True):
        remove_import(given, by=member, now=NOW)

    assert not RulesImport.objects.exists()
    assert not default_storage.exists(given.file.name)


def test_removing_the_file_of_an_edition_keeps_what_was_read_of_it(
    work, django_capture_on_commit_callbacks
):
    given = give(work)
    edition = perform_import(given.pk)

    with django_capture_on_commit_callbacks(execute=True):
        remove_import(fresh(given), by=None, now=NOW)

    assert fresh(given).edition == edition
    assert (bool(fresh(given).file), bool(fresh(given).source)) == (False, True)


def test_a_discarded_draft_leaves_its_file_to_be_read_again(work, member):
    given = give(work)
    edition = perform_import(given.pk)

    discard_draft(edition, by=member, now=NOW)

    assert not Edition.objects.exists()
    assert fresh(given).can_be_retried
    retry_import(fresh(given), by=member, now=NOW)
    assert perform_import(given.pk).provisions.exists()


def test_a_published_edition_is_not_discarded(work):
    edition = publish_edition(perform_import(give(work).pk), by=None, now=timezone.now())

    with pytest.raises(Refused, match="is published and was kept"):
        discard_draft(edition, by=None, now=NOW)
    assert edition.provisions.exists()
