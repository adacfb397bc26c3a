"""Sends the notices that members want by e-mail too, from a server that may be away."""

import datetime
import logging
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
from django.template.loader import render_to_string
from django.utils import timezone

from party.models import Notice

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


def send_due_emails(*, now: datetime.datetime) -> int:
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
