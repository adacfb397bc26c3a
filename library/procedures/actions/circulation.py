"""Sending a version to officers, who read and acknowledge it."""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from library.procedures.models import Circulation, ProcedureVersion, Recipient
from library.procedures.models.reach import Reach, holders, region_of
from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion
from party.models import Appointment, Member, Notice, Region, Role

BETWEEN_REMINDERS = datetime.timedelta(days=3)


@transaction.atomic
def circulate(
    version: ProcedureVersion,
    *,
    roles: Collection[Role],
    regions: Collection[Region],
    message: str = "",
    due_on: datetime.date | None = None,
    by: Member | None,
    now: datetime.datetime,
) -> Circulation:
    """Send a version to all who hold these roles in these regions today (none: everywhere).

    Who they are is frozen; whoever was sent this version before is not asked again. Raises Refused
    where it is not the newest, has no roles, is due in the past or would reach nobody.
    """
    version = ProcedureVersion.objects.select_for_update().get(pk=version.pk)
    today = timezone.localdate(now)
    _check_newest(version)
    _check_asked(roles, due_on, today=today)
    reach = Reach.of(version, roles, regions, on=today)
    _check_reaches(reach, version)
    circulation = Circulation.objects.create(
        version=version, message=message.strip(), due_on=due_on, sent_at=now, sent_by=by
    )
    circulation.roles.set(roles)
    circulation.regions.set(regions)
    Recipient.objects.bulk_create(
        [_recipient(circulation, post) for post in reach.asked], batch_size=500
    )
    data = {
        "version": version.number,
        "roles": sorted(role.slug for role in roles),
        "regions": sorted(region.slug for region in regions),
        "recipients": len(reach.asked),
    }
    log(circulation, "procedures.circulate", user=by, timestamp=now, data=data)
    _ask(circulation, [post.member for post in reach.asked], now=now)
    return circulation


@transaction.atomic
def add_recipient(
    circulation: Circulation,
    appointment: Appointment,
    *,
    by: Member | None,
    now: datetime.datetime,
) -> Recipient:
    """Ask the new holder of a post too. Raises Refused where they are none or were asked."""
    version = ProcedureVersion.objects.select_for_update().get(pk=circulation.version_id)
    _check_newest(version)
    held = holders(circulation, on=timezone.localdate(now))
    post = next((one for one in held if one.pk == appointment.pk), None)
    if post is None:
        raise Refused(
            _("Nobody was added: %(name)s does not hold one of these posts.")
            % {"name": appointment.member}
        )
    if Recipient.objects.filter(circulation__version=version, member=post.member).exists():
        raise Refused(
            _("Nobody was added: %(name)s already has this version.") % {"name": post.member}
        )
    added = _recipient(circulation, post)
    added.save()
    data = {"recipient": added.pk, "appointment": post.pk}
    log(circulation, "procedures.address", user=by, timestamp=now, data=data)
    _ask(circulation, [post.member], now=now)
    return added


@transaction.atomic
def open_circulation(recipient: Recipient, *, now: datetime.datetime) -> Recipient:
    """Note when a recipient opened what they were sent for the first time."""
    if recipient.opened_at is None:
        recipient.opened_at = now
        recipient.save(update_fields=["opened_at"])
    return recipient


@transaction.atomic
def acknowledge(recipient: Recipient, *, by: Member, now: datetime.datetime) -> Recipient:
    """Note that a recipient has read what they were sent; a second time changes nothing.

    Raises Refused for anybody else, or where a newer version was sent to them since.
    """
    recipient = Recipient.objects.select_for_update().with_newer().get(pk=recipient.pk)
    if by.pk != recipient.member_id:
        raise Refused(_("Only the person to whom it was sent can acknowledge it."))
    if recipient.acknowledged_at is not None:
        return recipient
    if recipient.newer:
        raise Refused(
            _(
                "You have been sent a newer version, so this one was not acknowledged. "
                "Read and acknowledge the newer one."
            )
        )
    recipient.acknowledged_at = now
    recipient.opened_at = recipient.opened_at or now
    recipient.save(update_fields=["acknowledged_at", "opened_at"])
    circulation, data = recipient.circulation, {"recipient": recipient.pk}
    log(circulation, "procedures.acknowledge", user=by, timestamp=now, data=data)
    about = Notice.objects.filter(member=by, url=circulation.get_absolute_url())
    about.unread().update(read_at=now)
    return recipient


@transaction.atomic
def remind(
    circulation: Circulation,
    recipients: Iterable[Recipient],
    *,
    by: Member | None,
    now: datetime.datetime,
) -> int:
    """Remind those of some recipients who have not acknowledged; return how many were.

    Nobody is reminded twice in three days, nor who left their post or was sent a newer version.
    Raises Refused where nobody is left to remind.
    """
    waiting = _still_waiting(circulation, recipients, on=timezone.localdate(now))
    due = [
        one for one in waiting if not one.reminded_at or one.reminded_at + BETWEEN_REMINDERS <= now
    ]
    _check_anyone_due(waiting, due)
    for recipient in due:
        recipient.reminded_at = now
        recipient.reminders += 1
    Recipient.objects.bulk_update(due, ["reminded_at", "reminders"], batch_size=500)
    log(circulation, "procedures.remind", user=by, timestamp=now, data={"recipients": len(due)})
    notify(
        [recipient.member for recipient in due],
        occasion=Occasion.CIRCULATION_REMINDER,
        about=f"{circulation.pk}:{timezone.localdate(now).isoformat()}",
        subject=_("Reminder: please read and acknowledge “%(version)s”")
        % {"version": circulation.version},
        message=_words(circulation),
        url=circulation.get_absolute_url(),
        now=now,
    )
    return len(due)


def _still_waiting(
    circulation: Circulation, recipients: Iterable[Recipient], *, on: datetime.date
) -> list[Recipient]:
    """Return those, held fast, who are in post and were sent nothing newer to acknowledge."""
    wanted = circulation.recipients.filter(pk__in=[recipient.pk for recipient in recipients])
    in_post = {post.member_id for post in holders(circulation, on=on)}
    found = wanted.waiting().with_newer().select_for_update(of=("self",)).select_related("member")
    return [each for each in found if each.member_id in in_post and not each.newer]


def _check_asked(
    roles: Collection[Role], due_on: datetime.date | None, *, today: datetime.date
) -> None:
    if not roles:
        raise Refused(_("Nothing was sent: choose at least one role."))
    if due_on and due_on < today:
        raise Refused(_("Nothing was sent: the acknowledge-by date is in the past."))


def _check_newest(version: ProcedureVersion) -> None:
    newer = ProcedureVersion.objects.filter(page=version.page_id, number__gt=version.number)
    if newest := newer.order_by("-number").first():
        raise Refused(
            _("Nothing was sent: %(newest)s is newer than version %(number)d. Send that one.")
            % {"newest": newest, "number": version.number}
        )


def _check_reaches(reach: Reach, version: ProcedureVersion) -> None:
    if reach.asked:
        return
    if reach.already:
        raise Refused(
            _("Nothing was sent: everyone in these posts already has %(version)s.")
            % {"version": version}
        )
    raise Refused(_("Nothing was sent: nobody with an account holds one of these posts."))


def _check_anyone_due(waiting: Collection[Recipient], due: Collection[Recipient]) -> None:
    if not waiting:
        raise Refused(
            _(
                "Nobody was reminded: everyone still in post has acknowledged it or been sent a "
                "newer version."
            )
        )
    if not due:
        last = min(one.reminded_at for one in waiting if one.reminded_at)
        day = formats.date_format(timezone.localtime(last + BETWEEN_REMINDERS))
        raise Refused(
            _(
                "Nobody was reminded: everyone was reminded in the last 3 days. "
                "The next reminder can be sent on %(day)s."
            )
            % {"day": day}
        )


def _recipient(circulation: Circulation, post: Appointment) -> Recipient:
    return Recipient(
        circulation=circulation,
        member=post.member,
        role=post.role,
        unit=post.unit,
        region=region_of(post),
    )


def _ask(circulation: Circulation, members: Iterable[Member], *, now: datetime.datetime) -> None:
    notify(
        members,
        occasion=Occasion.CIRCULATION_SENT,
        about=circulation.pk,
        subject=_("Please read and acknowledge “%(version)s”") % {"version": circulation.version},
        message=_words(circulation),
        url=circulation.get_absolute_url(),
        now=now,
    )


def _words(circulation: Circulation) -> str:
    """Return what a recipient reads in their notice: the sender's words, and by when."""
    words = [circulation.message] if circulation.message else []
    if circulation.due_on:
        day = formats.date_format(circulation.due_on)
        words.append(_("Acknowledge by %(day)s.") % {"day": day})
    return "\n".join(words)
