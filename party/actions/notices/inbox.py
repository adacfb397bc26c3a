"""What members do with their notices, and how long these are kept."""

import datetime

from django.db import transaction

from party.models import Member, Notice


@transaction.atomic
def mark_read(notice: Notice, *, now: datetime.datetime) -> Notice:
    """Mark a notice as read."""
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(*, by: Member, now: datetime.datetime) -> int:
    """Mark all of a member's notices as read; return how many were not."""
    return Notice.objects.visible_to(by).unread().update(read_at=now)


def choose_emails(wanted: bool, *, by: Member) -> Member:
    """Switch a member's notices by e-mail on or off; what waits to be sent goes out no more."""
    by.email_notices = wanted
    by.save(update_fields=["email_notices"])
    return by


def forget_old_notices(*, now: datetime.datetime) -> int:
    """Delete the notices that were read more than a year ago; return how many."""
    return Notice.objects.outdated(now).delete()[1].get("party.Notice", 0)
