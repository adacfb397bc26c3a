"""Takes e-mails that were handed to Django. A worker sends them: nobody waits for a mail server."""

import datetime

from django.core.mail import EmailMessage
from django.db import transaction

from party.models import OutgoingEmail
from party.tasks import send_outgoing_emails


@transaction.atomic
def queue_email(message: EmailMessage, *, now: datetime.datetime) -> OutgoingEmail:
    """Write down an e-mail, which a worker sends once the transaction is committed.

    Raises ValueError for attachments and for a body that is not plain text: no row holds those.
    """
    if message.attachments or message.content_subtype != "plain":
        raise ValueError(
            "An e-mail waits as plain text, perhaps with HTML beside it, and no files."
        )
    parts = {name: list(getattr(message, name)) for name in ("to", "cc", "bcc", "reply_to")}
    alternatives = getattr(message, "alternatives", [])
    job = OutgoingEmail.objects.create(
        created_at=now,
        message={
            **parts,
            "subject": str(message.subject),
            "body": str(message.body),
            "from_email": message.from_email,
            "headers": message.extra_headers,
            "alternatives": [[str(content), kind] for content, kind in alternatives],
        },
    )
    transaction.on_commit(lambda: send_outgoing_emails.enqueue(), robust=True)
    return job


def send_what_was_left(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Have the admin's e-mails sent that wait for the mail server, their next try, or a worker."""
    if OutgoingEmail.objects.due(now).exists() or OutgoingEmail.objects.lost(now).exists():
        send_outgoing_emails.enqueue()
