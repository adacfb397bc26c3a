"""Loads what the made-up officers have learnt, so that every state of a post occurs."""

import datetime
import random
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.models import CoursePage
from demo.loader.people import SEED
from learning.models import Certificate, Completion, Enrolment, PostState
from learning.models.certification import CODE_LETTERS, window_opening
from party.models import Appointment, Member


@transaction.atomic
def load() -> None:
    """Give each region's officers every state in turn, then states by chance."""
    if Certificate.objects.exists():
        return
    chance = random.Random(SEED + 1)
    course = CoursePage.objects.get(slug="moderating-groups")
    lessons = list(course.lessons())
    olivia = Member.objects.get(email="officer@demo.example")
    begin_with_first_lesson(olivia, course, lessons)
    posts = Appointment.objects.filter(role__tracked=True).exclude(member=olivia)
    seen: dict[int, int] = {}
    for post in posts.select_related("unit", "member").order_by("pk"):
        assert post.unit is not None  # noqa: S101  tracked roles are held at units
        turn = seen.get(post.unit.region_id, 0)
        seen[post.unit.region_id] = turn + 1
        train(post.member, state_for(turn, chance), course, lessons, chance)


def state_for(turn: int, chance: random.Random) -> PostState:
    """Return the first officers' states in turn, the later ones' by weight."""
    states = [PostState.TRAINED, PostState.NEVER, PostState.PROGRESS]
    states += [PostState.EXPIRING, PostState.EXPIRED]
    if turn < len(states):
        return states[turn]
    return chance.choices(states, weights=[42, 24, 16, 8, 10])[0]


def begin_with_first_lesson(member: Member, course: CoursePage, lessons: list[Any]) -> None:
    """The officer of the demonstration has done one lesson, and finds a film next."""
    yesterday = timezone.now() - datetime.timedelta(days=1)
    enrolment = Enrolment.objects.create(
        member=member, course=course, enrolled_at=yesterday, active_at=yesterday
    )
    Completion.objects.create(
        enrolment=enrolment,
        lesson=lessons[0],
        completed_at=yesterday,
        criteria={"kind": "declared"},
    )


def train(
    member: Member,
    state: PostState,
    course: CoursePage,
    lessons: list[Any],
    chance: random.Random,
) -> None:
    """Write down what brings an officer into a state."""
    if state == PostState.NEVER:
        return
    now = timezone.now()
    days = {
        PostState.TRAINED: chance.randrange(5, 280),
        PostState.PROGRESS: chance.randrange(2, 60),
        PostState.EXPIRING: chance.randrange(310, 360),
        PostState.EXPIRED: chance.randrange(366, 520),
    }[state]
    began = now - datetime.timedelta(days=days)
    enrolment = Enrolment.objects.create(
        member=member, course=course, enrolled_at=began, active_at=began
    )
    done = lessons if state != PostState.PROGRESS else lessons[: chance.randrange(1, len(lessons))]
    Completion.objects.bulk_create(
        Completion(enrolment=enrolment, lesson=x, completed_at=began, criteria={"kind": "declared"})
        for x in done
    )
    if state != PostState.PROGRESS:
        certify(member, course, began, chance)


def certify(
    member: Member, course: CoursePage, issued: datetime.datetime, chance: random.Random
) -> None:
    letters = "".join(chance.choice(CODE_LETTERS) for _n in range(12))
    begins = timezone.localdate(issued)
    until = begins + datetime.timedelta(days=365)
    Certificate.objects.create(
        code="-".join(letters[i : i + 4] for i in (0, 4, 8)),
        member=member,
        course=course,
        holder_name=str(member),
        course_title=course.title,
        mark=chance.choice([80, 90, 100]),
        issued_at=issued,
        valid_from=begins,
        window_opens=window_opening(until),
        valid_until=until,
    )
