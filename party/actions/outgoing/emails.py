"""Sends the e-mails that were handed to Django, and forgets them."""

import datetime

from party.actions.mailing import send_due
from party.models import OutgoingEmail


def send_due_outgoing_emails(*, now: datetime.datetime) -> int:
    """Send what is due of the admin's e-mails and forget it; return how many went out."""
    sent = send_due(OutgoingEmail.objects.all(), OutgoingEmail.written, now=now)
    OutgoingEmail.objects.over().delete()
    return sent
