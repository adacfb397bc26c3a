"""A lesson that is live has a new title from a moment on, by a regular duty of the workers."""

import datetime
from collections import Counter
from uuid import UUID

from bench.kill_targets.target import Acknowledged, Written

DUTY = "ground.scheduled_publishing.publish_scheduled"
GOES_LIVE = "wagtail.publish.scheduled"
SLUG = "scheduled"


def make_course() -> None:
    from tests.factories import courses

    courses.make_course(SLUG, lessons=0)


def schedule(token: str) -> int:
    from django.db import transaction
    from django.utils import timezone

    from courses.models import CoursePage, LessonPage
    from tests.factories.courses import make_lesson

    with transaction.atomic():
        course = CoursePage.objects.get(slug=SLUG)
        made = make_lesson(course, 1, slug=f"lesson-{token}", title="Before")
        made.save_revision().publish()
        lesson = LessonPage.objects.get(pk=made.pk)
        lesson.title = f"Live {token}"
        lesson.go_live_at = timezone.now() + datetime.timedelta(seconds=1)
        lesson.save_revision().publish()
    return lesson.pk


def publishing() -> set[UUID]:
    from ground.jobs.models import Duty

    return set(Duty.objects.running().filter(name=DUTY).values_list("lease", flat=True))


def account(done: Acknowledged) -> list[str]:
    from wagtail.models import Page, PageLogEntry

    titles = dict(Page.objects.live().values_list("pk", "title"))
    entries = PageLogEntry.objects.filter(action=GOES_LIVE).values_list("page_id", flat=True)
    times = Counter(entries)
    missing = [
        f"{token} is not live" for token, pk in done.items() if titles.get(pk) != f"Live {token}"
    ]
    return missing + [f"page {pk} went live {n} times" for pk, n in times.items() if n != 1]


SCHEDULED = Written("pages published at a moment", make_course, account, schedule, publishing)
