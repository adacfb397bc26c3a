"""Whoever enqueues a task, Wagtail too, has it survive its worker: its call is a row."""

import pytest
from django.utils import timezone
from django_tasks.exceptions import InvalidTaskError
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from ground.jobs.models import TaskJob
from tests.ground.jobs.calls import note_call

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_call_becomes_a_job_and_the_queue_holds_the_jobs_number():
    result = note_call.enqueue(1, two=2)
    job = TaskJob.objects.get()
    assert (result.id, result.status) == (str(job.pk), "READY")
    assert (job.args, job.kwargs, job.queue_name) == ([1], {"two": 2}, "index")
    task = DBTaskResult.objects.get()
    assert task.task_path == "ground.jobs.tasks.run_task_job"
    assert task.args_kwargs["args"] == [job.pk]


def test_what_wagtail_does_later_is_a_job_too():
    Page.objects.get(depth=1).save()
    asked = TaskJob.objects.values_list("task", flat=True)
    assert "wagtail.tasks.update_reference_index_task" in asked


def test_a_task_is_not_put_off_here_but_looked_for_by_a_duty():
    with pytest.raises(InvalidTaskError):
        note_call.using(run_after=timezone.now())
    with pytest.raises(InvalidTaskError):
        note_call.using(queue_name="letters").enqueue()
