"""Sends the notices that members want by e-mail too."""

import datetime

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from party.actions.mailing import email_from_the_hub, hub_address, send_due
from party.models import NoticeEmail


def send_due_emails(*, now: datetime.datetime) -> int:
    """Send the e-mails about notices that are due; return how many went out."""
    return send_due(NoticeEmail.objects.all(), _written, now=now)


def _written(job: NoticeEmail) -> EmailMessage | None:
    if not job.is_wanted:
        return None
    notice = job.notice
    body = render_to_string("party/email/notice.txt", {"notice": notice, "site": hub_address()})
    return email_from_the_hub(notice.subject, body, to=notice.member.email)
