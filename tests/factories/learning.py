"""Brings learners through courses, by the actions that pages call."""

import datetime
from typing import Any

from django.utils import timezone

from courses.models import CoursePage, LessonPage
from learning.actions.attempts import submit_attempt
from learning.actions.enrolments import enrol
from learning.actions.lessons import complete_lesson
from learning.models import Attempt, Certificate, Enrolment, PostState, Requirement
from learning.models.certification import window_opening
from party.models import Member, Region
from tests.factories.courses import make_course, right_answers
from tests.factories.media_pipeline import ReadyFilmFactory
from tests.factories.party import AppointmentFactory, RegionFactory, RoleFactory, UnitFactory


def finish_lessons(enrolment: Enrolment, *, now: datetime.datetime | None = None) -> None:
    """Have a learner say of every lesson that it is done."""
    for lesson in enrolment.course.lessons():
        complete_lesson(enrolment, lesson, by=enrolment.member, now=now or timezone.now())


def hand_in(
    enrolment: Enrolment, answers: Any = right_answers, *, now: datetime.datetime | None = None
) -> Attempt:
    """Have a learner take the quiz; `answers` says what they choose of it."""
    quiz = enrolment.course.quiz()
    return submit_attempt(
        enrolment, quiz, chosen=answers(quiz), by=enrolment.member, now=now or timezone.now()
    )


def pass_course(member: Member, course: CoursePage) -> Certificate:
    """Return the certificate of a member who did everything that a course asks for."""
    enrolment = enrol(course, by=member, now=timezone.now())
    finish_lessons(enrolment)
    hand_in(enrolment)
    return Certificate.objects.get(member=member, course=course)


def make_film_lesson() -> LessonPage:
    """Return a course's one lesson, with a film of 100 seconds that has no files."""
    lesson = make_course(lessons=1).lessons()[0]
    lesson.film = ReadyFilmFactory(title="A film", duration=100.0)
    lesson.save()
    return lesson


def make_region_of_every_state(today: datetime.date) -> Region:
    """Return a region with one post in each state on a day, at units named “Unit <state>”."""
    course, region = make_course(lessons=1), RegionFactory()
    Requirement.objects.create(role=RoleFactory(), course=course)
    for state in PostState:
        unit = UnitFactory(region=region, name=f"Unit {state}")
        if state != PostState.VACANT:
            bring_to(state, AppointmentFactory(unit=unit).member, course, today)
    return region


def bring_to(state: PostState, member: Member, course: CoursePage, today: datetime.date) -> None:
    """Write down what brings the holder of a post into a state."""
    days = {PostState.TRAINED: 200, PostState.EXPIRING: 20, PostState.EXPIRED: -5}
    if state == PostState.NEVER:
        return
    now = datetime.datetime.combine(today, datetime.time(12), tzinfo=datetime.UTC)
    active = now - datetime.timedelta(days=40)
    Enrolment.objects.create(member=member, course=course, enrolled_at=now, active_at=active)
    if state in days:
        until = today + datetime.timedelta(days=days[state])
        Certificate.objects.create(
            member=member,
            course=course,
            holder_name=str(member),
            mark=90,
            valid_from=until - datetime.timedelta(days=365),
            window_opens=window_opening(until),
            valid_until=until,
        )
