"""Sends the e-mails that wait as jobs, through a server that may be away."""

import datetime
import logging
from collections.abc import Callable
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
from django.utils.translation import gettext as _

from ground.jobs.leases import Lease, LeaseLostError, claim, held
from ground.jobs.models import AbstractJob, J, JobQuerySet
from ground.jobs.transitions import cancel, fail, finish, give_back, requeue_lost, retry_later

logger = logging.getLogger(__name__)

AT_ONCE = 100  # e-mails read from the database together
SERVER_IS_AWAY = (
    SMTPServerDisconnected,
    SMTPConnectError,
    SMTPHeloError,
    SMTPAuthenticationError,
)


def send_due(
    emails: JobQuerySet[J],
    written: Callable[[J], EmailMessage | None],
    *,
    now: datetime.datetime,
) -> int:
    """Send those of some e-mails that are due, as they are `written`; return how many went out.

    At least once: one whose process was killed before it was marked as sent goes out again. An
    address that refuses is tried again, ever more rarely, as the kind of job says; a server that is
    away leaves all the others due, for the next run. One that is written as None
    is cancelled: nobody waits for it.
    """
    requeue_lost(emails.all(), now, give_up=_give_up)
    due = emails.due(now)
    sent = 0
    if not due.exists():
        return sent
    try:
        with get_connection(settings.MAIL_SERVER_BACKEND) as connection:
            while numbers := list(due.values_list("pk", flat=True)[:AT_ONCE]):
                sent += sum(_send(due, number, written, connection) for number in numbers)
    except (*SERVER_IS_AWAY, OSError) as error:
        logger.warning("The mail server is away; e-mails wait for it: %s", error)
    return sent


def email_from_the_hub(subject: str, body: str, *, to: str) -> EmailMessage:
    """Return an e-mail that no answering machine answers."""
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(" ".join(subject.split()), body, to=[to], headers=headers)


def hub_address() -> str:
    """Return where the hub is, without a slash at its end: never what a request says it is."""
    return settings.BASE_URL.rstrip("/")


def _send(
    due: JobQuerySet[J],
    number: int,
    written: Callable[[J], EmailMessage | None],
    connection: BaseEmailBackend,
) -> bool:
    """Send one e-mail, unless another process does; raises what says that the server is away."""
    job = claim(due, number)
    if job is None:
        return False
    message = written(job)
    try:
        with Lease(job):
            if message is not None:
                message.connection = connection
                message.send()
    except SERVER_IS_AWAY:
        give_back(job)
        raise
    except (SMTPException, ValueError) as error:  # this address or text is refused, not the others
        logger.warning("%s %s was not sent: %s", type(job).__name__, job.pk, type(error).__name__)
        _refused(job)
        return False
    except OSError:
        give_back(job)
        raise
    with suppress(LeaseLostError), held(job) as fresh:
        finish(fresh) if message else cancel(fresh, _("Nobody waits for it."))
    return message is not None


def _refused(job: AbstractJob) -> None:
    sentence = _("The mail server refused this address or text.")
    with suppress(LeaseLostError), held(job) as fresh:
        if not retry_later(fresh, sentence):
            fail(fresh, sentence)


def _give_up(job: AbstractJob) -> None:
    fail(job, _("The worker stopped each time it sent this e-mail."))
