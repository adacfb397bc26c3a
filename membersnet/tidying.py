"""What the workers clear away regularly, so that no table and no disk fills with the past."""

import datetime

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ground.jobs.models import TaskJob
from party.actions.notices.inbox import forget_old_notices

KEPT_FOR = datetime.timedelta(days=14)  # after a task ended, for whoever looks into what happened


def remove_stray_files(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Remove the files of films that nothing names, unfinished uploads and old clips."""
    call_command("media_files", "--remove", verbosity=0)


def tidy_questions(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Forget old questions, and choose those that are offered while one types."""
    call_command("search_questions", verbosity=0)


def forget_notices(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Delete the notices that were read more than a year ago."""
    forget_old_notices(now=timezone.now())


def forget_finished_tasks(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Delete the tasks and jobs that were over two weeks ago; those that need somebody stay.

    What runs since then in the queue's table lost its worker: its job was brought back without it.
    """
    old = now - KEPT_FOR
    DBTaskResult.objects.finished().filter(finished_at__lt=old).delete()
    DBTaskResult.objects.running().filter(started_at__lt=old).delete()
    TaskJob.objects.filter(status=TaskJob.Status.DONE, finished_at__lt=old).delete()


def forget_sessions(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Delete the sessions that have expired."""
    call_command("clearsessions", verbosity=0)
