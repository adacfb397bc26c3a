"""Notifies members: in the hub, and by e-mail where they want that."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from party.actions.notices.occasions import Occasion
from party.models import Member, Notice, NoticeEmail
from party.models.notices import within_the_hub
from party.tasks import send_notices


@transaction.atomic
def notify(
    members: Iterable[Member],
    *,
    occasion: Occasion,
    about: object,
    subject: str,
    url: str,
    now: datetime.datetime,
    message: str = "",
) -> int:
    """Notify members of an occasion, each once; return how many had not been notified before.

    `about` tells one such occasion from the next: what it concerns and, where it recurs, when.
    Those who want their notices by e-mail too get one from a task, after the transaction. It holds
    the subject and a link, never the message. Raises ValueError for an address outside the hub.
    """
    if url and not within_the_hub(url):
        raise ValueError(f"A notice leads to an address within the hub, not to {url!r}.")
    key = f"{occasion}:{about}"
    active = {member.pk: member for member in members if member.is_active}
    known = Notice.objects.filter(key=key, member__in=list(active))
    notified = set(known.values_list("member_id", flat=True))
    recipients = [member for pk, member in active.items() if pk not in notified]
    Notice.objects.bulk_create(
        [
            Notice(
                member=member,
                key=key,
                subject=" ".join(subject.split())[:200],
                message=message,
                url=url,
                made_at=now,
            )
            for member in recipients
        ],
        batch_size=500,
        ignore_conflicts=True,  # another process notifies somebody of the same in this very moment
    )
    _queue_emails(key, recipients, now=now)
    return len(recipients)


def _queue_emails(key: str, recipients: Iterable[Member], *, now: datetime.datetime) -> None:
    """Write down an e-mail for each of those who want their notices so; a task sends them."""
    by_email = [member for member in recipients if member.email_notices and member.email]
    if not by_email:
        return
    notices = Notice.objects.filter(key=key, member__in=by_email, email=None).order_by("pk")
    emails = [NoticeEmail(notice=notice, created_at=now) for notice in notices]
    NoticeEmail.objects.bulk_create(emails, batch_size=500, ignore_conflicts=True)
    transaction.on_commit(lambda: send_notices.enqueue(), robust=True)


def send_what_was_left(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Have the e-mails sent that wait for the mail server, for their next try, or for a worker."""
    lost, due = NoticeEmail.objects.lost(now), NoticeEmail.objects.due(now)
    if due.exists() or lost.exists():
        send_notices.enqueue()
