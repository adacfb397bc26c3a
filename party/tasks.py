"""What is sent to members later."""

from django_tasks import task

from party.actions import send_by_email


@task()
def send_notices(key: str) -> None:
    """Send the notices of an occasion by e-mail to those who want them so."""
    send_by_email(key)
