"""What is over is cleared away; what needs somebody, or is still to come, stays."""

import datetime
import os

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from ground.jobs.models import TaskJob
from membersnet import tidying
from party.models import Notice
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = datetime.timedelta(days=1)


def task(status: str, days_ago: int) -> DBTaskResult:
    then = NOW - days_ago * DAY
    return DBTaskResult.objects.create(
        status=status,
        task_path="search.tasks.index_changes",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="queue",
        run_after=get_date_max(),
        started_at=None if status == "READY" else then,
        finished_at=then if status in ("SUCCESSFUL", "FAILED") else None,
        exception_class_path="",
        traceback="",
    )


def test_tasks_and_jobs_are_forgotten_two_weeks_after_they_were_over():
    for status in ("SUCCESSFUL", "FAILED", "RUNNING"):
        task(status, 15)
    kept = {task("SUCCESSFUL", 13), task("RUNNING", 13), task("READY", 100)}
    for number, (status, days) in enumerate((("done", 15), ("done", 13), ("failed", 100))):
        TaskJob.objects.create(
            task="a", arguments=str(number), status=status, finished_at=NOW - days * DAY
        )
    tidying.forget_finished_tasks(since=None, now=NOW)
    assert set(DBTaskResult.objects.all()) == kept
    assert sorted(TaskJob.objects.values_list("arguments", flat=True)) == ["1", "2"]


def test_sessions_that_have_expired_are_forgotten():
    for key, days in (("gone", -1), ("here", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=NOW + days * DAY)
    tidying.forget_sessions(since=None, now=NOW)
    assert [session.session_key for session in Session.objects.all()] == ["here"]


def test_notices_are_forgotten_a_year_after_they_were_read():
    for key, days in (("gone", 366), ("here", 364)):
        then = NOW - days * DAY
        Notice.objects.create(member=MemberFactory(), key=key, made_at=then, read_at=then)
    tidying.forget_notices(since=None, now=NOW)
    assert [notice.key for notice in Notice.objects.all()] == ["here"]


def test_files_of_films_that_nothing_names_are_removed(settings):
    stray = settings.MEDIA_ROOT / "films" / "stray.mp4"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"half a film")
    long_ago = (NOW - DAY).timestamp()
    os.utime(stray, (long_ago, long_ago))
    tidying.remove_stray_files(since=None, now=NOW)
    assert not stray.exists()
