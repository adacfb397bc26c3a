"""The hub's side of `bench/pages.py`: a hub with the same courses, and with a party of a size."""

import datetime
import os
from pathlib import Path
from typing import Any

from bench.answering import Page, serve
from bench.pages_course import (
    CUES,
    INTRODUCTION,
    QUESTION,
    SENTENCE,
    SUMMARY,
    Course,
    arguments,
    paragraphs,
)

REGIONS = 12
BEGUN = datetime.date(2023, 10, 1)
COMPRESSED = ("js", "css", "svg", "woff2", "json", "txt", "html", "map", "md")


def set_up(folder: Path) -> None:
    """Make the tables and static files, in a folder that is used for nothing else."""
    os.environ.update(
        MEMBERSNET_DATA_DIR=str(folder),
        MEMBERSNET_SECRET_KEY="only-for-a-benchmark-" + "x" * 40,
        MEMBERSNET_HTTPS="0",
        MEMBERSNET_LOG_LEVEL="ERROR",
        EMAIL_URL="consolemail://",
        DJANGO_SETTINGS_MODULE="membersnet.settings",
    )
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = COMPRESSED  # nothing here is sent
    settings.DATABASES["default"]["TEST"] = {"NAME": str(folder / "hub.sqlite3")}
    django.setup()
    from tests.databases import give_own_database

    give_own_database()
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", "--no-input", "--ignore=wagtail*", verbosity=0)


def fill(courses: list[Course], units: int) -> dict[str, Page]:
    """Teach the courses to one officer each; return the pages to ask for."""
    from search.actions import indexing
    from search.actions.indexing import everything
    from tests.conftest import plant_page_tree

    plant_page_tree()
    pages: dict[str, Page] = {}
    for course in courses:
        pages |= teach(course)
    if units:
        pages |= party(units)
    indexing.engine().rebuild(everything({}))
    return pages


def teach(course: Course) -> dict[str, Page]:
    """Publish a course and have an officer whose post requires it do the first half."""
    from party.models import Notice
    from tests.factories.courses import make_course

    page = make_course(
        course.slug, lessons=0, title=course.title, summary=SUMMARY, introduction=INTRODUCTION
    )
    learner = officer_who_needs(page)
    write_lessons(course, page, learner)
    for number in range(3):
        Notice.objects.create(member=learner, key=f"{course.slug} {number}", subject="A notice")
    search = f"/search/?q={QUESTION}"
    return course.pages("/courses/", session_of(learner), search=search, film=SENTENCE[:40])


def officer_who_needs(page: Any) -> Any:
    """Return a member whose post, in a region with a digital lead, requires a course."""
    from learning.models import Requirement
    from tests.factories.party import (
        AppointmentFactory,
        LeadFactory,
        MemberFactory,
        RoleFactory,
        UnitFactory,
    )

    learner, unit = MemberFactory(first_name="Ada"), UnitFactory()
    LeadFactory(region=unit.region)
    role = RoleFactory(slug=f"role-{page.slug}", name=f"Officer of {page.slug}", tracked=False)
    AppointmentFactory(member=learner, unit=unit, role=role)
    Requirement.objects.create(role=role, course=page)
    return learner


def write_lessons(course: Course, page: Any, learner: Any) -> None:
    """Publish a course's lessons, and have a learner finish the first of them."""
    from django.utils import timezone

    from learning.actions.enrolments import enrol
    from learning.actions.lessons import complete_lesson
    from tests.factories.courses import make_lesson

    now = timezone.now()
    enrolment = enrol(page, by=learner, now=now)
    for number in range(1, course.lessons + 1):
        lesson = make_lesson(
            page,
            number,
            title=course.lesson_title(number),
            slug=course.lesson_slug(number),
            summary=SUMMARY,
            body=[("text", text) for text in paragraphs()],
            film=film() if number == course.with_film else None,
        )
        if number <= course.done:
            complete_lesson(enrolment, lesson, read_transcript=True, by=learner, now=now)


def film() -> Any:
    """Return a film of two qualities with its captions."""
    from tests.factories.media_pipeline import CueFactory, laddered

    film = laddered(title="A film", duration=CUES * 3.0)
    track = film.tracks.get()
    track.cues.all().delete()
    for number in range(CUES):
        start = number * 3.0
        CueFactory(track=track, position=number + 1, start=start, end=start + 2.5, text=SENTENCE)
    return film


def session_of(member: Any) -> str:
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(member)
    return client.cookies["sessionid"].value


def party(units: int) -> dict[str, Page]:
    """Fill regions with units, three posts each; return what somebody sees who works for all."""
    from courses.models import CoursePage
    from learning.models import Requirement
    from tests.factories.party import RegionFactory, RoleFactory

    course = CoursePage.objects.first()
    regions = RegionFactory.create_batch(REGIONS)
    roles = [RoleFactory(slug=f"post-{n}", name=f"Post {n}") for n in range(3)]
    for role in roles:
        Requirement.objects.create(role=role, course=course)
    holders = appoint([(unit, role) for unit in make_units(units, regions) for role in roles])
    certify(holders, course)
    session = session_of(national_officer())
    return {
        "national home": Page("/", session, ("All regions and nations",)),
        "list of regions": Page("/regions/", session, (str(regions[0]),)),
    }


def make_units(units: int, regions: list[Any]) -> list[Any]:
    from party.models import Unit

    return Unit.objects.bulk_create(
        Unit(
            region=regions[n % REGIONS],
            name=f"Party {n}",
            slug=f"party-{n}",
            code=f"P{n:08d}",
            valid_from=BEGUN,
        )
        for n in range(units)
    )


def appoint(posts: list[tuple[Any, Any]]) -> list[Any]:
    """Give three posts of four a holder; return the holders."""
    from party.models import Appointment, Member

    held = [post for n, post in enumerate(posts) if n % 4]
    holders = Member.objects.bulk_create(
        Member(email=f"officer{n}@members.example", first_name="An", last_name=f"Officer {n}")
        for n in range(len(held))
    )
    Appointment.objects.bulk_create(
        Appointment(member=holder, unit=unit, role=role, basis="elected", valid_from=BEGUN)
        for holder, (unit, role) in zip(holders, held, strict=True)
    )
    return holders


def certify(holders: list[Any], course: Any) -> None:
    """Give three holders of four a certificate: good for long, expiring or expired, in turn."""
    from django.utils import timezone

    from learning.models import Certificate

    today = timezone.localdate()
    days = (200, 20, -5)  # until the last day
    Certificate.objects.bulk_create(
        Certificate(
            member=holder,
            course=course,
            holder_name="An Officer",
            code=f"B{n:011d}",
            valid_from=today - datetime.timedelta(days=165),
            window_opens=today + datetime.timedelta(days=days[n % 3] - 60),
            valid_until=today + datetime.timedelta(days=days[n % 3]),
        )
        for n, holder in enumerate(holders)
        if n % 4
    )


def national_officer() -> Any:
    from django.contrib.auth.models import Permission

    from tests.factories.party import MemberFactory

    national = MemberFactory(first_name="Bea")
    national.user_permissions.add(
        Permission.objects.get(codename="view_region", content_type__app_label="party")
    )
    return national


def main() -> None:
    given = arguments(__doc__)
    set_up(given.folder)
    serve(fill(given.courses, given.units))


if __name__ == "__main__":
    main()
