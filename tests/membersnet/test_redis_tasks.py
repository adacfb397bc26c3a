"""Tasks on Redis: put in line when what they are about is committed, and run by one process."""

import datetime
import os

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ground.jobs.models import TaskJob
from ground.jobs.queue import QUEUE, is_queued
from tests.redis_server import own_redis

pytest.importorskip("django_tasks_rq", reason="requirements/redis is not installed")

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = datetime.timedelta(seconds=1)
ran: list[tuple[int, str]] = []  # in which process, with which word


@task(queue_name="index")
def note(word: str) -> None:
    ran.append((os.getpid(), word))


@task(queue_name="media")
def note_of_film(word: str) -> None:
    ran.append((os.getpid(), word))


@task(queue_name="index")
def fail() -> None:
    raise ValueError("It cannot be done.")


@pytest.fixture(autouse=True)
def _on_redis(settings, tmp_path):
    ran.clear()
    with own_redis(tmp_path) as url:
        queues = ["default", "index", "media", "speech"]
        backend = "membersnet.redis_tasks.RedisBackend"
        settings.RQ_QUEUES = {queue: {"URL": url, "DEFAULT_TIMEOUT": -1} for queue in queues}
        settings.TASKS = {
            alias: {"BACKEND": backend, "QUEUES": queues} for alias in ("default", QUEUE)
        }
        yield


def waiting(queue: str) -> int:
    import django_rq

    return len(django_rq.get_queue(queue))


def work(*queues: str) -> None:
    """Do all that waits in these queues."""
    from membersnet.redis_tasks import make_worker

    make_worker(list(queues)).work(burst=True, logging_level=None)


def test_a_task_waits_in_redis_until_a_worker_of_its_queue_runs_it():
    result = note.enqueue("one")
    assert (waiting("index"), ran) == (1, [])
    work("media")
    assert waiting("index") == 1
    work("index")
    assert (waiting("index"), ran) == (0, [(os.getpid(), "one")])  # in this very process
    result.refresh()
    assert result.status == "SUCCESSFUL"


def test_a_task_is_put_in_line_when_the_transaction_is_committed_and_not_before():
    with transaction.atomic():
        promised = note.enqueue("committed")
        assert (promised.status, promised.args, waiting("index")) == ("READY", ["committed"], 0)
    assert waiting("index") == 1


def test_what_a_transaction_takes_back_is_never_run():
    with transaction.atomic():
        note.enqueue("taken back")
        transaction.set_rollback(True)
    assert waiting("index") == 0


def test_a_task_that_cannot_be_enqueued_is_refused_at_once_in_a_transaction_too():
    from django_tasks.exceptions import InvalidTaskError

    with transaction.atomic(), pytest.raises(InvalidTaskError):
        note.using(queue_name="unknown").enqueue("x")


def test_the_first_queue_is_served_before_the_others():
    note.enqueue("later")
    note_of_film.enqueue("first")
    work("media", "index")
    assert [word for _process, word in ran] == ["first", "later"]


def test_a_worker_goes_on_after_a_task_that_failed():
    failed = fail.enqueue()
    note.enqueue("next")
    work("index")
    assert [word for _process, word in ran] == ["next"]
    failed.refresh()
    assert failed.status == "FAILED"
    assert failed.errors[0].exception_class is ValueError


def test_a_delayed_task_is_put_in_line_once_when_its_time_has_come():
    from membersnet.redis_tasks import make_scheduler, queue_what_is_due

    first, second = make_scheduler(["index"]), make_scheduler(["index"])
    note.using(run_after=timezone.now() + datetime.timedelta(hours=1)).enqueue("in an hour")
    note.using(run_after=timezone.now() - SECOND).enqueue("now")
    assert waiting("index") == 0
    for scheduler in (first, second, first):
        queue_what_is_due(scheduler)
    assert waiting("index") == 1
    work("index")
    assert [word for _process, word in ran] == ["now"]


@pytest.mark.parametrize("later", [None, datetime.timedelta(hours=1)])
def test_a_job_is_queued_as_long_as_its_task_waits_in_line_or_for_its_time(later):
    run_after = later and timezone.now() + later
    assert is_queued(TaskJob(task_id=note.using(run_after=run_after).enqueue("x").id))


def test_a_job_whose_task_a_killed_worker_took_and_never_began_is_not_queued_any_more():
    import django_rq

    job = TaskJob(task_id=note.enqueue("taken").id)
    assert django_rq.get_queue("index").pop_job_id() == job.task_id
    assert not is_queued(job)
