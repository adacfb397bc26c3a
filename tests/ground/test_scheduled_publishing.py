"""What authors schedule goes live and is taken down in its minute, once, whoever is killed."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from courses.models import LessonPage
from ground import scheduled_publishing
from ground.scheduled_publishing import SchedulingError, publish_scheduled
from search.models import ChangedEntry
from tests.factories.courses import make_course, make_lesson

pytestmark = pytest.mark.django_db

NOW = timezone.now()
MINUTE = datetime.timedelta(minutes=1)


def publish(now: datetime.datetime = NOW) -> None:
    publish_scheduled(since=None, now=now)


def scheduled(course, number: int, title: str = "", *, after=-MINUTE) -> LessonPage:
    """A lesson that is live, with a new title that is to go live in so much time from now."""
    lesson = make_lesson(course, number)
    lesson.save_revision().publish()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.title = title or f"New title {number}"
    lesson.go_live_at = NOW + datetime.timedelta(hours=1)
    lesson.save_revision().publish()  # which schedules it
    revision = lesson.get_latest_revision()
    revision.approved_go_live_at = NOW + after
    revision.content["go_live_at"] = (NOW + after).isoformat()
    revision.save(update_fields=["approved_go_live_at", "content"])
    ChangedEntry.objects.all().delete()
    return lesson


def title(lesson: LessonPage) -> str:
    return Page.objects.get(pk=lesson.pk).title


def logged(action: str) -> int:
    return PageLogEntry.objects.filter(action=action).count()


def test_what_is_due_goes_live_once_and_search_hears_of_it():
    lesson = scheduled(make_course(lessons=0), 1)
    assert title(lesson) != "New title 1"
    publish()
    assert title(lesson) == "New title 1"
    assert ChangedEntry.objects.filter(kind="lesson", key=str(lesson.pk)).exists()
    publish()
    assert logged("wagtail.publish.scheduled") == 1


def test_what_is_not_due_waits():
    lesson = scheduled(make_course(lessons=0), 1, after=MINUTE)
    publish()
    assert title(lesson) != "New title 1"


def test_what_has_expired_is_taken_down_once():
    lesson = make_lesson(make_course(lessons=0), 1)
    Page.objects.filter(pk=lesson.pk).update(expire_at=NOW - MINUTE)
    publish()
    publish()
    page = Page.objects.get(pk=lesson.pk)
    assert (page.live, page.expired) == (False, True)
    assert logged("wagtail.unpublish.scheduled") == 1


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_has_published_all_of_a_page_or_nothing(monkeypatch):
    lesson = scheduled(make_course(lessons=0), 1)

    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("wagtail.actions.publish_page_revision.page_published.send", die)
        with pytest.raises(Killed):
            publish()
    assert title(lesson) != "New title 1"
    publish()
    assert title(lesson) == "New title 1"
    assert logged("wagtail.publish.scheduled") == 1


def test_one_page_that_cannot_be_published_does_not_hold_up_the_others(monkeypatch, caplog):
    course = make_course(lessons=0)
    bad, good = scheduled(course, 1, "Bad"), scheduled(course, 2, "Good")
    real = scheduled_publishing._publish

    def publish_or_fail(revision):
        if revision.content["title"] == "Bad":
            raise OSError("the storage is away")
        real(revision)

    monkeypatch.setattr(scheduled_publishing, "_publish", publish_or_fail)
    with pytest.raises(SchedulingError, match="Lesson 1"):
        publish()
    assert title(good) == "Good"
    assert title(bad) != "Bad"
    assert "the storage is away" in caplog.text
