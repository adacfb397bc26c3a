"""Calls of tasks: done, done again, given up, and gone on with."""

import datetime

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from ground.jobs.leases import claim
from ground.jobs.models import TaskJob
from ground.jobs.task_jobs import Again, note, perform
from ground.refusals import Refused
from tests.ground.jobs import calls
from tests.ground.jobs.calls import called, note_call, then

pytestmark = pytest.mark.django_db

Status = TaskJob.Status


@pytest.fixture(autouse=True)
def _nothing_called_yet():
    called.clear()
    then.clear()


def noted(*args, **kwargs) -> TaskJob:
    return note(note_call, args, kwargs)[0]


def raising(error: BaseException):
    def act():
        raise error

    return act


def outcome(job: TaskJob) -> tuple[str, str]:
    job.refresh_from_db()
    assert job.lease is None
    return job.status, job.reason


def test_a_call_is_made_once_with_what_it_was_asked_for():
    job = noted(1, "two", three=[3])
    assert perform(job.pk) == perform(job.pk) == []
    assert called == [(1, "two", ("three", [3]))]
    assert outcome(job) == (Status.DONE, "")


def test_the_same_call_is_noted_once_until_a_worker_begins_it():
    first, second = note(note_call, (1,), {}), note(note_call, (1,), {})
    assert (first[1], second) == (True, (first[0], False))
    assert note(note_call, (2,), {})[1]
    claim(TaskJob.objects.due(), first[0].pk)
    assert note(note_call, (1,), {})[1]  # what changes now, the one that runs may have missed


def test_a_call_that_waits_for_its_next_attempt_stands_for_one_that_is_asked_for_now():
    job = noted()
    then.append(raising(OSError()))
    perform(job.pk)
    again, is_new = note(note_call, (), {})
    assert (again, is_new, again.not_before) == (job, True, None)


def test_a_call_is_put_off_for_minutes_and_never_for_longer():
    job, _new = note(note_call, (), {}, after=60)
    assert job.not_before - timezone.now() <= datetime.timedelta(minutes=1)
    assert note(note_call, (), {}, after=120) == (job, False)
    with pytest.raises(ValueError, match="let a duty look for it"):
        note(note_call, (), {}, after=3600)


def test_what_fails_is_tried_again_ever_later_and_then_needs_somebody(caplog):
    job = noted()
    for attempt in range(1, 5):
        then.append(raising(OSError("the storage is away")))
        TaskJob.objects.update(not_before=None)
        perform(job.pk)
        status, reason = outcome(job)
        assert (status, job.attempts) == (
            Status.WAITING if attempt < 4 else Status.FAILED,
            attempt,
        )
        assert reason.startswith("Something unexpected went wrong. Nothing is lost.")
    assert "the storage is away" in caplog.text
    assert len(called) == 4


def test_what_is_refused_is_not_tried_again():
    job = noted()
    then.append(raising(Refused("The address is nobody’s.")))
    perform(job.pk)
    assert outcome(job) == (Status.FAILED, "The address is nobody’s.")


def test_what_is_about_something_that_is_gone_is_done():
    job = noted()
    then.append(raising(ObjectDoesNotExist()))
    perform(job.pk)
    assert outcome(job) == (Status.DONE, "What it was about is gone.")


def test_a_task_that_this_version_does_not_know_is_said_to_a_person():
    job = TaskJob.objects.create(task="search.tasks.gone", arguments='{"args": [], "kwargs": {}}')
    perform(job.pk)
    assert outcome(job) == (
        Status.FAILED,
        "This version of the hub does not know what was to be done.",
    )


def test_nothing_but_a_task_is_called():
    job = TaskJob.objects.create(task="os.getcwd", arguments='{"args": [], "kwargs": {}}')
    perform(job.pk)
    assert outcome(job)[0] == Status.FAILED


def test_a_task_that_asks_for_it_is_called_again_after_so_many_seconds():
    job = noted("x")
    then.append(lambda: Again(30))
    (following,) = perform(job.pk)
    assert outcome(job)[0] == Status.DONE
    assert (following.args, following.status) == (["x"], Status.WAITING)
    assert following.not_before > timezone.now()


def test_a_worker_that_is_stopped_gives_its_call_back():
    job = noted()
    then.append(raising(SystemExit()))
    with pytest.raises(SystemExit):
        perform(job.pk)
    assert outcome(job)[0] == Status.WAITING
    assert job.attempts == 0


def test_a_call_that_went_to_another_worker_is_left_to_that_one():
    job = noted()
    then.append(lambda: TaskJob.objects.update(status=Status.WAITING, lease=None))
    assert perform(job.pk) == []
    assert outcome(job)[0] == Status.WAITING


def test_once_a_call_succeeds_the_like_that_failed_needs_nobody_any_more():
    failed, other = noted(), noted("other")
    TaskJob.objects.update(status=Status.FAILED, started_at=timezone.now())
    perform(noted().pk)
    assert set(TaskJob.objects.values_list("arguments", "status")) == {
        (other.arguments, Status.FAILED),
        (failed.arguments, Status.DONE),
    }
    assert calls.called == [()]
