"""What is sent to members later."""

from django.utils import timezone
from django_tasks import task

from party.actions import send_by_email


@task()
def send_notices() -> None:
    """Send the e-mails of notices that are due; the rows are the list of what waits."""
    send_by_email(now=timezone.now())
