"""Where every e-mail goes that anybody hands to Django, Wagtail too: it becomes a job.

The setting EMAIL_BACKEND names it, so that nobody can forget that whoever asks waits for no mail
server. The workers hand what is due to the mail server itself (`party.actions.mailing`).
"""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from party.actions.outgoing.requests import queue_email


class JobEmailBackend(BaseEmailBackend):
    """Writes e-mails down instead of sending them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Have some e-mails sent by a worker; return how many. Raises what `queue_email` raises."""
        now = timezone.now()
        return len([queue_email(message, now=now) for message in email_messages])
