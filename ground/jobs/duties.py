"""What the workers do again and again, as the settings list it: each duty by one at a time."""

import datetime
import logging
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ground.jobs.leases import Lease, LeaseLostError, claim, held
from ground.jobs.models import Duty, database_now
from ground.jobs.transitions import interrupted, requeue_lost, retry_later

logger = logging.getLogger(__name__)

Status = Duty.Status

MOST_COUNTED = 1000  # attempts; a duty that fails is tried for ever


def perform(name: str, every: float) -> bool:
    """Do a duty if it is due and no other worker does it; say whether it was done.

    It is called with `since`, until when all was done before (None: never), and `now`, both by the
    database's clock; doing it twice must do no harm. What it raises puts it off, ever longer up to
    the last of `RETRY_DELAYS`, and stands on its row.
    """
    duty = _claim(name, datetime.timedelta(seconds=every))
    if duty is None:
        return False
    try:
        with Lease(duty):
            function_of(name)(since=duty.done_until, now=duty.started_at)
    except LeaseLostError:
        return False
    except Exception as error:
        logger.exception("A regular duty failed, and is tried again: %s", name)
        sentence = _("It fails, and is tried again by itself. The log says more: %(error)s.")
        reason = sentence % {"error": type(error).__name__}
        _put_back(duty, lambda fresh: _put_off(fresh, reason))
        return False
    _put_back(duty, lambda fresh: _done(fresh, every))
    return True


def function_of(name: str) -> Callable[..., object]:
    """Return what a duty calls. Raises ImportError."""
    found: Callable[..., object] = import_string(name)
    return found


def in_trouble() -> list[Duty]:
    """Return the duties of the settings that failed as often as a job may."""
    named = Duty.objects.filter(name__in=settings.DUTIES)
    return list(named.filter(attempts__gt=len(Duty.RETRY_DELAYS)).exclude(reason=""))


def _claim(name: str, every: datetime.timedelta) -> Duty | None:
    rows = Duty.objects.filter(name=name)
    now = database_now()
    duty = rows.first() or Duty.objects.get_or_create(name=name)[0]
    if duty.is_lost(now):
        requeue_lost(rows, now, give_up=lambda lost: _put_off(lost, interrupted()))
        duty.refresh_from_db()
    if duty.status != Status.WAITING or not _is_due(duty, now, every):
        return None
    return claim(rows.filter(status=Status.WAITING, not_before=duty.not_before), duty.pk)


def _is_due(duty: Duty, now: datetime.datetime, every: datetime.timedelta) -> bool:
    """Say whether its time has come, or lies so far ahead that the clock was set back since."""
    begin = duty.not_before
    return begin is None or begin <= now or begin > now + 2 * max(every, Duty.RETRY_DELAYS[-1])


def _put_back(duty: Duty, change: Callable[[Duty], None]) -> None:
    with suppress(LeaseLostError), held(duty) as fresh:
        change(fresh)


def _done(duty: Duty, every: float) -> None:
    duty.done_until = duty.started_at
    duty.not_before = (duty.started_at or database_now()) + datetime.timedelta(seconds=every)
    duty.status, duty.attempts, duty.lease, duty.reason = Status.WAITING, 0, None, ""
    duty.finished_at = database_now()
    duty.save()


def _put_off(duty: Duty, reason: str) -> None:
    if not retry_later(duty, reason):
        duty.not_before = database_now() + Duty.RETRY_DELAYS[-1]
        duty.attempts = min(duty.attempts, MOST_COUNTED)
        duty.status, duty.lease, duty.reason = Status.WAITING, None, reason
        duty.save()
