"""Send the e-mails that wait, and forget the notices that were kept long enough."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from party.actions.accounts.emails import send_due_account_emails
from party.actions.notices.emails import send_due_emails
from party.actions.notices.inbox import forget_old_notices
from party.actions.outgoing.emails import send_due_outgoing_emails


class Command(BaseCommand):
    help = (
        "Sends the e-mails that are due, about accounts, notices and the admin's, which a mail "
        "server that was away left behind, and deletes notices read a year ago. The workers look "
        "by themselves."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        sent = send_due_account_emails(now=now) + send_due_emails(now=now)
        sent += send_due_outgoing_emails(now=now)
        forgotten = forget_old_notices(now=now)
        if options["verbosity"]:
            self.stdout.write(f"E-mails sent: {sent}. Notices forgotten: {forgotten}.")
