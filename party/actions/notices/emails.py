"""Sends the notices that members want by e-mail too, from a server that may be away."""

import datetime
import logging
from contextlib import suppress
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
from django.utils.translation import gettext as _

from ground.jobs.leases import Lease, LeaseLostError, claim, held
from ground.jobs.transitions import fail, finish, give_back, requeue_lost, retry_later
from party.models import Notice, NoticeEmail

logger = logging.getLogger(__name__)

AT_ONCE = 100  # e-mails read from the database together
SERVER_IS_AWAY = (
    SMTPServerDisconnected,
    SMTPConnectError,
    SMTPHeloError,
    SMTPAuthenticationError,
)


def send_due_emails(*, now: datetime.datetime) -> int:
    """Send the e-mails that are due; return how many went out.

    At least once: one whose process was killed before it was marked as sent goes out again. An
    address that refuses is tried again, ever more rarely, for three days; a server that is away
    leaves all the others due, for the next run.
    """
    requeue_lost(NoticeEmail.objects.all(), now, give_up=_give_up)
    due = NoticeEmail.objects.due(now)
    due.unwanted().update(
        status=NoticeEmail.Status.CANCELLED, finished_at=now, reason=_("Nobody waits for it.")
    )
    sent = 0
    try:
        with get_connection() as connection:
            while numbers := list(due.values_list("pk", flat=True)[:AT_ONCE]):
                sent += sum(_send(number, connection, now=now) for number in numbers)
    except (*SERVER_IS_AWAY, OSError) as error:
        logger.warning("The mail server is away; e-mails wait for it: %s", error)
    return sent


def _send(number: int, connection: BaseEmailBackend, *, now: datetime.datetime) -> bool:
    """Send one e-mail, unless another process does; raises what says that the server is away."""
    job = claim(NoticeEmail.objects.due(now), number)
    if job is None:
        return False
    try:
        with Lease(job):
            _message(job.notice, connection).send()
    except SERVER_IS_AWAY:
        give_back(job)
        raise
    except (SMTPException, ValueError) as error:  # this address or text is refused, not the others
        logger.warning("Notice %s was not sent: %s", job.notice_id, type(error).__name__)
        _refused(job)
        return False
    except OSError:
        give_back(job)
        raise
    with suppress(LeaseLostError), held(job) as fresh:
        finish(fresh)
    return True


def _refused(job: NoticeEmail) -> None:
    sentence = _("The mail server refused this address or text.")
    with suppress(LeaseLostError), held(job) as fresh:
        if not retry_later(fresh, sentence):
            fail(fresh, sentence)


def _give_up(job: NoticeEmail) -> None:
    fail(job, _("The worker stopped each time it sent this e-mail."))


def _message(notice: Notice, connection: BaseEmailBackend) -> EmailMessage:
    context = {"notice": notice, "site": settings.BASE_URL.rstrip("/")}
    return EmailMessage(
        notice.subject,
        render_to_string("party/email/notice.txt", context),
        to=[notice.member.email],
        headers={"Auto-Submitted": "auto-generated"},  # so that no answering machine answers
        connection=connection,
    )
