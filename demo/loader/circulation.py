"""Sends a procedure to all social media officers, twice, and has most of them answer.

The first version went out six weeks ago and nearly everybody has acknowledged it. The second went
out last week: half have, some were reminded, some left their posts. No e-mail leaves.
"""

import datetime
import random
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from demo.loader import read
from demo.loader.people import SEED, made_up_members
from ground.dates import DAY
from library.procedures.actions.circulation import circulate
from library.procedures.actions.procedures import issue_version
from library.procedures.models import Circulation, ProcedurePage, ProcedureVersion, Recipient
from party.actions.appointments import appoint, end_appointment
from party.models import Appointment, Member, Notice, NoticeEmail, Role

FIRST, SECOND = datetime.timedelta(days=42), datetime.timedelta(days=6)  # ago
TO_ANSWER = datetime.timedelta(days=14)
LEFT = 5  # officers whose term has ended since
NEW = 3  # of whose posts somebody else has taken over


@transaction.atomic
def load() -> None:
    if Circulation.objects.exists():
        return
    given = read("circulation.yaml")
    page = ProcedurePage.objects.get(slug=given["procedure"])
    chance, now = random.Random(SEED + 2), timezone.now()
    first = page.versions.get(number=1)
    ProcedureVersion.objects.filter(pk=first.pk).update(issued_at=now - FIRST)
    answer(send(first, given, given["first_message"], now - FIRST), 95, chance, now)
    second = reworded(page, given, now - SECOND)
    circulation = send(second, given, given["second_message"], now - SECOND)
    answer(circulation, 52, chance, now)
    remind_some(circulation, now)
    change_posts(circulation, chance)
    NoticeEmail.objects.all().delete()  # nobody is written to about the past


def send(
    version: ProcedureVersion, given: dict[str, Any], message: str, at: datetime.datetime
) -> Circulation:
    return circulate(
        version,
        roles=list(Role.objects.filter(slug__in=given["roles"])),
        regions=[],
        message=message,
        due_on=timezone.localdate(at + TO_ANSWER),
        by=Member.objects.get(email="national@demo.example"),
        now=at,
    )


def reworded(page: Page, given: dict[str, Any], at: datetime.datetime) -> ProcedureVersion:
    """Publish the procedure with its changes, and issue that as the next version."""
    for block in page.body:
        if block.block_type == "numbered":
            for place, words in enumerate(block.value):
                block.value[place] = changed(words, given["changes"])
    author = Member.objects.get(email="author@demo.example")
    page.save_revision(user=author).publish(user=author)
    page = ProcedurePage.objects.get(pk=page.pk)
    return issue_version(page, note=given["note"], by=author, now=at)


def changed(words: str, changes: list[list[str]]) -> str:
    for old, new in changes:
        words = words.replace(old, new)
    return words


def answer(
    circulation: Circulation, percent: int, chance: random.Random, now: datetime.datetime
) -> None:
    """Have so many of the recipients acknowledge it; Olivia the first version, not the second."""
    everybody = list(circulation.recipients.select_related("member").order_by("pk"))
    for one in everybody:
        opened = circulation.sent_at + datetime.timedelta(hours=chance.randrange(1, 120))
        says_so = chance.randrange(100) < percent
        if one.member.email == "officer@demo.example":
            says_so = circulation.version.number == 1
        elif says_so or chance.random() < 0.3:
            one.opened_at = opened
        if says_so:
            one.opened_at = opened
            one.acknowledged_at = opened + datetime.timedelta(minutes=chance.randrange(2, 50))
    Recipient.objects.bulk_update(everybody, ["opened_at", "acknowledged_at"])
    answered = circulation.recipients.exclude(acknowledged_at=None).values("member")
    Notice.objects.filter(url=circulation.get_absolute_url(), member__in=answered).update(
        read_at=now
    )


def remind_some(circulation: Circulation, now: datetime.datetime) -> None:
    """Have every third of those who wait been reminded two days ago."""
    waiting = list(circulation.recipients.waiting().order_by("pk"))[::3]
    for one in waiting:
        one.reminders, one.reminded_at = 1, now - datetime.timedelta(days=2)
    Recipient.objects.bulk_update(waiting, ["reminders", "reminded_at"])


def change_posts(circulation: Circulation, chance: random.Random) -> None:
    """Have others take over some of the posts yesterday, and leave some of them vacant."""
    yesterday = timezone.localdate() - DAY
    waiting = circulation.recipients.waiting().exclude(member__email="officer@demo.example")
    left = chance.sample(list(waiting.order_by("pk")), LEFT)
    posts = list(Appointment.objects.filter(member__in=[one.member_id for one in left]))
    by, now = Member.objects.get(email="national@demo.example"), timezone.now()
    for post in posts:
        end_appointment(post, on=yesterday - DAY, by=by, now=now)
    newcomers = made_up_members(chance, NEW)
    for member in newcomers:
        member.email = f"new.{member.email}"
    Member.objects.bulk_create(newcomers)
    for member, post in zip(newcomers, posts, strict=False):
        appoint(
            member=member,
            role=post.role,
            unit=post.unit,
            region=post.region,
            basis=Appointment.Basis.ELECTED,
            valid_from=yesterday,
            by=by,
            now=now,
        )
