"""Sending a version to officers, who read and acknowledge it."""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from library.procedures.models import Addressee, Circulation, ProcedureVersion
from library.procedures.models.audience import Audience, holders, region_of
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
    if not roles:
        raise Refused(_("Nothing was sent: choose at least one role."))
    if due_on and due_on < today:
        raise Refused(_("Nothing was sent: the day by which to acknowledge it is past."))
    audience = Audience.of(version, roles, regions, on=today)
    _check_reaches(audience, version)
    circulation = Circulation.objects.create(
        version=version, message=message.strip(), due_on=due_on, sent_at=now, sent_by=by
    )
    circulation.roles.set(roles)
    circulation.regions.set(regions)
    Addressee.objects.bulk_create(
        [_addressed(circulation, post) for post in audience.asked], batch_size=500
    )
    data = {
        "version": version.number,
        "roles": sorted(role.slug for role in roles),
        "regions": sorted(region.slug for region in regions),
        "addressees": len(audience.asked),
    }
    log(circulation, "procedures.circulate", user=by, timestamp=now, data=data)
    _ask(circulation, [post.member for post in audience.asked], now=now)
    return circulation


@transaction.atomic
def add_addressee(
    circulation: Circulation,
    appointment: Appointment,
    *,
    by: Member | None,
    now: datetime.datetime,
) -> Addressee:
    """Ask the new holder of a post too. Raises Refused where she is none, or was asked before."""
    version = ProcedureVersion.objects.select_for_update().get(pk=circulation.version_id)
    _check_newest(version)
    held = holders(circulation, on=timezone.localdate(now))
    post = next((one for one in held if one.pk == appointment.pk), None)
    if post is None:
        raise Refused(
            _("Nobody was added: %(name)s does not hold one of these posts at present.")
            % {"name": appointment.member}
        )
    if Addressee.objects.filter(circulation__version=version, member=post.member).exists():
        raise Refused(
            _("Nobody was added: %(name)s was sent this version already.") % {"name": post.member}
        )
    added = _addressed(circulation, post)
    added.save()
    data = {"addressee": added.pk, "appointment": post.pk}
    log(circulation, "procedures.address", user=by, timestamp=now, data=data)
    _ask(circulation, [post.member], now=now)
    return added


@transaction.atomic
def open_circulation(addressee: Addressee, *, now: datetime.datetime) -> Addressee:
    """Note when an addressee opened what she was sent for the first time."""
    if addressee.opened_at is None:
        addressee.opened_at = now
        addressee.save(update_fields=["opened_at"])
    return addressee


@transaction.atomic
def acknowledge(addressee: Addressee, *, by: Member, now: datetime.datetime) -> Addressee:
    """Note that an addressee has read what she was sent; a second time changes nothing.

    Raises Refused for anybody else, or where a newer version was sent to her since.
    """
    addressee = Addressee.objects.select_for_update().with_newer().get(pk=addressee.pk)
    if by.pk != addressee.member_id:
        raise Refused(_("Only the person to whom it was sent can acknowledge it."))
    if addressee.acknowledged_at is not None:
        return addressee
    if addressee.newer:
        raise Refused(
            _(
                "A newer version was sent to you since, so this one was not acknowledged: "
                "read and acknowledge the newer one."
            )
        )
    addressee.acknowledged_at = now
    addressee.opened_at = addressee.opened_at or now
    addressee.save(update_fields=["acknowledged_at", "opened_at"])
    circulation, data = addressee.circulation, {"addressee": addressee.pk}
    log(circulation, "procedures.acknowledge", user=by, timestamp=now, data=data)
    about = Notice.objects.filter(member=by, url=circulation.get_absolute_url())
    about.unread().update(read_at=now)
    return addressee


@transaction.atomic
def remind(
    circulation: Circulation,
    addressees: Iterable[Addressee],
    *,
    by: Member | None,
    now: datetime.datetime,
) -> int:
    """Remind those of some addressees who have not acknowledged; return how many were.

    Nobody is reminded twice in three days, nor who left her post or was sent a newer version.
    Raises Refused where nobody is left to remind.
    """
    wanted = circulation.addressees.filter(pk__in=[addressee.pk for addressee in addressees])
    in_post = {post.member_id for post in holders(circulation, on=timezone.localdate(now))}
    waiting = [
        addressee
        for addressee in wanted.waiting()
        .with_newer()
        .select_for_update(of=("self",))
        .select_related("member")
        if addressee.member_id in in_post and not addressee.newer
    ]
    due = [
        one for one in waiting if not one.reminded_at or one.reminded_at + BETWEEN_REMINDERS <= now
    ]
    _check_anyone_due(waiting, due)
    for addressee in due:
        addressee.reminded_at = now
        addressee.reminders += 1
    Addressee.objects.bulk_update(due, ["reminded_at", "reminders"], batch_size=500)
    log(circulation, "procedures.remind", user=by, timestamp=now, data={"addressees": len(due)})
    notify(
        [addressee.member for addressee in due],
        occasion=Occasion.CIRCULATION_REMINDER,
        about=f"{circulation.pk}:{timezone.localdate(now).isoformat()}",
        subject=_("A reminder: please read and acknowledge “%(version)s”")
        % {"version": circulation.version},
        message=_words(circulation),
        url=circulation.get_absolute_url(),
        now=now,
    )
    return len(due)


def _check_newest(version: ProcedureVersion) -> None:
    newer = ProcedureVersion.objects.filter(page=version.page_id, number__gt=version.number)
    if newest := newer.order_by("-number").first():
        raise Refused(
            _("Nothing was sent: %(newest)s is newer than version %(number)d. Send that one.")
            % {"newest": newest, "number": version.number}
        )


def _check_reaches(audience: Audience, version: ProcedureVersion) -> None:
    if audience.asked:
        return
    if audience.already:
        raise Refused(
            _("Nothing was sent: all who hold these posts were sent %(version)s already.")
            % {"version": version}
        )
    raise Refused(
        _("Nothing was sent: nobody with an account holds one of these posts at present.")
    )


def _check_anyone_due(waiting: Collection[Addressee], due: Collection[Addressee]) -> None:
    if not waiting:
        raise Refused(
            _(
                "Nobody was reminded: all who are still in post have acknowledged it, or were sent "
                "a newer version."
            )
        )
    if not due:
        last = min(one.reminded_at for one in waiting if one.reminded_at)
        day = formats.date_format(timezone.localtime(last + BETWEEN_REMINDERS))
        raise Refused(
            _(
                "Nobody was reminded: each was reminded in the last three days. "
                "The next reminder can go out on %(day)s."
            )
            % {"day": day}
        )


def _addressed(circulation: Circulation, post: Appointment) -> Addressee:
    return Addressee(
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
    """Return what an addressee reads in her notice: the sender's words, and by when."""
    words = [circulation.message] if circulation.message else []
    if circulation.due_on:
        day = formats.date_format(circulation.due_on)
        words.append(_("To be acknowledged by %(day)s.") % {"day": day})
    return "\n".join(words)
