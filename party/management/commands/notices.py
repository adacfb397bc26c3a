"""Send the e-mails that wait, and forget the notices that were kept long enough."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from party.actions.notices.emails import send_due_emails
from party.actions.notices.inbox import forget_old_notices


class Command(BaseCommand):
    help = (
        "Sends the notices whose e-mail is due, which a mail server that was away left behind, and "
        "deletes those read more than a year ago. The workers look every minute for what waits."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        sent, forgotten = send_due_emails(now=now), forget_old_notices(now=now)
        if options["verbosity"]:
            self.stdout.write(f"E-mails sent: {sent}. Notices forgotten: {forgotten}.")
