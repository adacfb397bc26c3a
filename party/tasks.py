"""What is sent to members later."""

from django.utils import timezone
from django_tasks import task

from party.actions.accounts.emails import send_due_account_emails
from party.actions.notices.emails import send_due_emails
from party.actions.outgoing.emails import send_due_outgoing_emails


@task()
def send_notices() -> None:
    """Send the e-mails of notices that are due; the rows are the list of what waits."""
    send_due_emails(now=timezone.now())


@task()
def send_account_emails() -> None:
    """Send the e-mails about accounts that are due, and forget them."""
    send_due_account_emails(now=timezone.now())


@task()
def send_outgoing_emails() -> None:
    """Send the e-mails of the admin that are due, and forget them."""
    send_due_outgoing_emails(now=timezone.now())
