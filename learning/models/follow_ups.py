"""Whom a region rings today, and why."""

import dataclasses
import datetime
from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning.models.coverage import Holder, Post, PostState
from party.models import Appointment, Member, Role

QUIET_DAYS = 21  # a learner who has not come back for so long is worth a call
SOON_DAYS = 30  # a certificate that runs out within so many days is worth a call


@dataclasses.dataclass(frozen=True)
class FollowUp:
    """Somebody to ring: whom, about which post, and the reason as a sentence."""

    post: Post
    member: Member
    reason: str
    urgency: tuple[int, float]


def follow_ups(posts: Sequence[Post], *, on: datetime.date, limit: int = 5) -> list[FollowUp]:
    """Return whom to ring on a day, the most useful call first; one query.

    First those whose certificate ran out lately (they know the course), then those whose
    certificate runs out soon, then learners who stopped half-way, then officers who never began,
    newly elected first, then vacant posts whose secretary is known.
    """
    found = [
        follow_up
        for post in posts
        for holder in post.holders
        if not post.state.covered or holder.state == PostState.EXPIRING
        if (follow_up := _to_holder(post, holder, on))
    ]
    found += _to_secretaries([post for post in posts if post.state == PostState.VACANT], on)
    in_order = sorted(found, key=lambda each: (each.urgency, each.post.unit.name))
    once = {each.member.pk: each for each in reversed(in_order)}  # nobody is rung twice a day
    return [each for each in in_order if once[each.member.pk] is each][:limit]


def _to_holder(post: Post, holder: Holder, on: datetime.date) -> FollowUp | None:
    member = holder.appointment.member
    if holder.state == PostState.EXPIRED and holder.valid_until:
        day = date_format(holder.valid_until)
        reason = _("The certificate ran out on %(day)s.") % {"day": day}
        return FollowUp(post, member, reason, (1, (on - holder.valid_until).days))
    if holder.state == PostState.EXPIRING and holder.valid_until:
        left = (holder.valid_until - on).days
        day = date_format(holder.valid_until)
        reason = _("The certificate runs out on %(day)s and can be renewed now.") % {"day": day}
        return FollowUp(post, member, reason, (2, left)) if left <= SOON_DAYS else None
    if holder.state == PostState.PROGRESS and holder.active_at:
        quiet = (on - timezone.localdate(holder.active_at)).days
        reason = _("Began the course, then stopped %(days)d days ago.") % {"days": quiet}
        return FollowUp(post, member, reason, (3, -quiet)) if quiet >= QUIET_DAYS else None
    if holder.state == PostState.NEVER:
        since = (on - holder.appointment.valid_from).days
        day = date_format(holder.appointment.valid_from)
        reason = _("In post since %(day)s and has not begun the course.") % {"day": day}
        return FollowUp(post, member, reason, (4, since))
    return None


def _to_secretaries(vacant: Sequence[Post], on: datetime.date) -> list[FollowUp]:
    secretaries = (
        Appointment.objects.active(on)
        .filter(role__slug=Role.SECRETARY, unit__in=[post.unit for post in vacant])
        .select_related("member")
    )
    by_unit = {appointment.unit_id: appointment.member for appointment in secretaries}
    reason = _("The post is vacant: ask the secretary who could take it on.")
    return [
        FollowUp(post, by_unit[post.unit.pk], reason, (5, 0.0))
        for post in vacant
        if post.unit.pk in by_unit
    ]
