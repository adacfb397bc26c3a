"""What may change what members have been told."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from party.models import Member, Notice


@transaction.atomic
def tell(
    members: Iterable[Member],
    *,
    key: str,
    subject: str,
    url: str,
    now: datetime.datetime,
    message: str = "",
) -> int:
    """Tell members of an occasion (`key`), each once; return how many had not been told before.

    Those who want their notices by e-mail too get one from a task, after the transaction.
    """
    wanted = {member.pk: member for member in members if member.is_active}
    told = Notice.objects.filter(key=key, member__in=wanted).values_list("member_id", flat=True)
    fresh = [member for pk, member in wanted.items() if pk not in set(told)]
    Notice.objects.bulk_create(
        [
            Notice(
                member=member,
                key=key,
                subject=subject[:200],
                message=message,
                url=url,
                made_at=now,
            )
            for member in fresh
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
    if any(member.email_notices for member in fresh):
        from party.tasks import send_notices

        transaction.on_commit(lambda: send_notices.enqueue(key=key))
    return len(fresh)


def send_by_email(key: str) -> int:
    """Send the unsent notices of an occasion by e-mail to those who want that; return how many.

    Each is marked as it is sent, so a task begun again sends none twice.
    """
    waiting = Notice.objects.filter(
        key=key, emailed_at=None, member__email_notices=True, member__is_active=True
    ).select_related("member")
    sent = 0
    with get_connection() as connection:
        for notice in waiting:
            context = {"notice": notice, "site": settings.BASE_URL}
            body = render_to_string("party/email/notice.txt", context)
            notice.emailed_at = timezone.now()
            notice.save(update_fields=["emailed_at"])
            to = [notice.member.email]
            EmailMessage(notice.subject, body, to=to, connection=connection).send()
            sent += 1
    return sent


@transaction.atomic
def read_notice(notice: Notice, *, now: datetime.datetime) -> Notice:
    """Mark a notice as read."""
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    return notice
