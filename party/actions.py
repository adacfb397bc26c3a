"""What may change what members have been told."""

import datetime
import logging
from collections.abc import Iterable
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPServerDisconnected,
)

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from party.models import Member, Notice
from party.models.notices import within_the_hub

logger = logging.getLogger(__name__)

AT_ONCE = 100  # notices read from the database together
LEASE = datetime.timedelta(minutes=10)  # after which a notice whose worker was killed is due again
PATIENCE = datetime.timedelta(days=3)  # after which an address that refuses is given up
SERVER_IS_AWAY = (
    SMTPServerDisconnected,
    SMTPConnectError,
    SMTPHeloError,
    SMTPAuthenticationError,
)


@transaction.atomic
def tell(
    members: Iterable[Member],
    *,
    key: str,
    subject: str,
    url: str,
    now: datetime.datetime,
    message: str = "",
) -> int:
    """Tell members of an occasion (`key`), each once; return how many had not been told before.

    Those who want their notices by e-mail too get one from a task, after the transaction. It holds
    the subject and a link, never the message. Raises ValueError for an address outside the hub.
    """
    if url and not within_the_hub(url):
        raise ValueError(f"A notice leads to an address within the hub, not to {url!r}.")
    wanted = {member.pk: member for member in members if member.is_active}
    known = Notice.objects.filter(key=key, member__in=list(wanted))
    told = set(known.values_list("member_id", flat=True))
    fresh = [member for pk, member in wanted.items() if pk not in told]
    Notice.objects.bulk_create(
        [
            Notice(
                member=member,
                key=key,
                subject=" ".join(subject.split())[:200],
                message=message,
                url=url,
                made_at=now,
                email_due_at=now if member.email_notices and member.email else None,
            )
            for member in fresh
        ],
        batch_size=500,
        ignore_conflicts=True,  # another process told somebody of the same in this very moment
    )
    if any(member.email_notices for member in fresh):
        from party.tasks import send_notices

        transaction.on_commit(lambda: send_notices.enqueue())
    return len(fresh)


def send_by_email(*, now: datetime.datetime) -> int:
    """Send the e-mails that are due; return how many went out.

    At least once: each is marked after it is sent, and one whose process was killed in between is
    sent again after ten minutes. Before it is sent a notice is put off by as long, so that two
    processes never send the same. An address that refuses is tried again, ever more rarely, for
    three days; a server that is away leaves all the others due, for the next run.
    """
    due = Notice.objects.to_send(now)
    due.unwanted().update(email_due_at=None)
    sent = 0
    try:
        with get_connection() as connection:
            while notices := list(due.select_related("member")[:AT_ONCE]):
                sent += sum(_send(notice, connection) for notice in notices)
    except (*SERVER_IS_AWAY, OSError) as error:
        logger.warning("The mail server is away; e-mails wait for it: %s", error)
    return sent


def _send(notice: Notice, connection: BaseEmailBackend) -> bool:
    """Send one notice, unless another process does; raises what says that the server is away."""
    untaken = Notice.objects.filter(pk=notice.pk, email_due_at=notice.email_due_at)
    if not untaken.update(email_due_at=timezone.now() + LEASE):
        return False
    try:
        _email(notice, connection).send()
    except SERVER_IS_AWAY:
        raise
    except (SMTPException, ValueError) as error:  # this address or text is refused, not the others
        logger.warning("Notice %s was not sent by e-mail: %s", notice.pk, type(error).__name__)
        _put_off(notice)
        return False
    Notice.objects.filter(pk=notice.pk).update(emailed_at=timezone.now(), email_due_at=None)
    return True


def _email(notice: Notice, connection: BaseEmailBackend) -> EmailMessage:
    context = {"notice": notice, "site": settings.BASE_URL.rstrip("/")}
    return EmailMessage(
        notice.subject,
        render_to_string("party/email/notice.txt", context),
        to=[notice.member.email],
        headers={"Auto-Submitted": "auto-generated"},  # so that no answering machine answers
        connection=connection,
    )


def _put_off(notice: Notice) -> None:
    """Wait with an address that refused for as long again as it was tried; give up in the end."""
    now = timezone.now()
    tried_for = now - notice.made_at
    again = None if tried_for > PATIENCE else now + max(LEASE, tried_for)
    Notice.objects.filter(pk=notice.pk).update(email_due_at=again)


@transaction.atomic
def read_notice(notice: Notice, *, now: datetime.datetime) -> Notice:
    """Mark a notice as read."""
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    return notice


def read_all_notices(*, by: Member, now: datetime.datetime) -> int:
    """Mark all of a member's notices as read; return how many were not."""
    return Notice.objects.visible_to(by).unread().update(read_at=now)


def choose_emails(wanted: bool, *, by: Member) -> Member:
    """Switch a member's notices by e-mail on or off; what waits to be sent goes out no more."""
    by.email_notices = wanted
    by.save(update_fields=["email_notices"])
    return by


def forget_old_notices(*, now: datetime.datetime) -> int:
    """Delete the notices that were read more than a year ago; return how many."""
    return Notice.objects.outdated(now).delete()[0]
