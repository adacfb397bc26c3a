"""The task, as a worker runs it."""

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from search.actions import answers, indexing
from search.models import ChangedEntry
from search.tasks import index_changes

pytestmark = pytest.mark.django_db

MEMBERS = frozenset({"members"})


def worker() -> Worker:
    """A worker as `manage.py worker` has it; its loop would close the test's connection."""
    return Worker(
        queue_names=["index"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )


def test_a_worker_indexes_what_was_committed(facts, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        facts.put("a", "tuba")
    task = DBTaskResult.objects.get()
    worker().run_task(task)

    assert (task.status, task.return_value) == ("SUCCESSFUL", 1)
    assert answers.ask("tuba", audience=MEMBERS).total == 1
    assert not ChangedEntry.objects.exists()


def test_where_another_process_writes_the_task_comes_back_in_two_seconds(facts):
    indexing.rebuild_index()
    facts.put("a", "tuba")
    with indexing.engine().writing():
        assert index_changes.call() == 0
        assert index_changes.call() == 0

    task = DBTaskResult.objects.get()  # one, however often it was refused
    delay = (task.run_after - task.enqueued_at).total_seconds()
    assert delay == pytest.approx(indexing.BUSY_SECONDS, abs=0.5)
    assert ChangedEntry.objects.count() == 1


def test_where_the_directory_cannot_be_written_the_task_comes_back_later(facts, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "file" / "index"
    (tmp_path / "file").write_text("a file stands where the directory should be")
    facts.put("a", "tuba")

    assert index_changes.call() == 0
    task = DBTaskResult.objects.get()
    delay = (task.run_after - task.enqueued_at).total_seconds()
    assert delay == pytest.approx(indexing.UNAVAILABLE_SECONDS, abs=0.5)
    assert ChangedEntry.objects.count() == 1


def test_what_failed_is_tried_again_but_not_at_once(facts):
    indexing.rebuild_index()
    facts.put("a", "tuba")
    facts.broken = {"a"}

    assert index_changes.call() == 0
    task = DBTaskResult.objects.get()
    delay = (task.run_after - task.enqueued_at).total_seconds()
    assert delay == pytest.approx(indexing.FAILED_SECONDS, abs=0.5)
