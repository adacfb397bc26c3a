"""The task, as a worker runs it."""

import pytest

from ground.jobs.models import TaskJob, database_now
from ground.jobs.tasks import run_task_job
from search.actions import answers, indexing
from search.actions.changes import request_indexing
from search.models import ChangedEntry

pytestmark = pytest.mark.django_db

MEMBERS = frozenset({"members"})


def run() -> float | None:
    """Index as a worker does when asked; return in how many seconds the work comes back."""
    request_indexing()
    run_task_job.call(TaskJob.objects.get(task="search.tasks.index_changes", status="waiting").pk)
    job = TaskJob.objects.filter(task="search.tasks.index_changes", status="waiting").first()
    return job and (job.not_before - database_now()).total_seconds()


def test_a_worker_indexes_what_was_committed(facts):
    facts.put("a", "tuba")
    assert run() is None
    assert answers.answer("tuba", audience=MEMBERS).results.total == 1
    assert not ChangedEntry.objects.exists()


def test_where_another_process_writes_the_task_comes_back_in_two_seconds(facts):
    indexing.rebuild_index()
    facts.put("a", "tuba")
    with indexing.engine().writing():
        run()
        assert run() == pytest.approx(indexing.BUSY_SECONDS, abs=1)
    assert ChangedEntry.objects.count() == 1


def test_where_the_directory_cannot_be_written_the_task_comes_back_later(facts, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "file" / "index"
    (tmp_path / "file").write_text("a file stands where the directory should be")
    facts.put("a", "tuba")
    assert run() == pytest.approx(indexing.UNAVAILABLE_SECONDS, abs=10)
    assert ChangedEntry.objects.count() == 1


def test_what_failed_is_tried_again_but_not_at_once(facts):
    indexing.rebuild_index()
    facts.put("a", "tuba")
    facts.broken = {"a"}
    assert run() == pytest.approx(indexing.FAILED_SECONDS, abs=10)
