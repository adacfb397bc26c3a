"""Publishes and unpublishes what authors have scheduled in Wagtail; a duty of the workers.

Wagtail's own command publishes in several steps: killed between two of them it never publishes at
all, and of two that run at once both publish. Here each text is published in one transaction that
holds its row.
"""

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


class SchedulingError(Exception):
    """Some of what was scheduled could not be published; the log says more, the rest was."""


def publish_scheduled(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Publish and unpublish what authors have scheduled, each once.

    Raises SchedulingError, in the end, where one failed: the others do not wait for it.
    """
    failed = [*_each(_unpublish, _expired(now)), *_each(_publish, _due(now))]
    if failed:
        raise SchedulingError(failed)


def _expired(now: datetime.datetime) -> Iterator[models.QuerySet]:
    drafted = (model for model in apps.get_models() if issubclass(model, DraftStateMixin))
    kinds = [Page, *(model for model in drafted if not issubclass(model, Page))]
    for kind in kinds:
        expired = kind._default_manager.filter(live=True, expire_at__lt=now)
        for pk in expired.order_by("expire_at").values_list("pk", flat=True):
            yield expired.filter(pk=pk)


def _due(now: datetime.datetime) -> Iterator[models.QuerySet]:
    due = Revision.objects.filter(approved_go_live_at__lt=now)
    for pk in due.order_by("approved_go_live_at").values_list("pk", flat=True):
        yield due.filter(pk=pk)


def _each(change: Callable[[Any], None], rows: Iterable[models.QuerySet]) -> list[str]:
    failed = []
    for row in list(rows):
        try:
            with transaction.atomic():
                if found := row.select_for_update(of=("self",)).first():
                    change(found)
        except Exception:
            logger.exception("What was scheduled could not be done: %s", row.first())
            failed.append(str(row.first()))
    return failed


def _unpublish(text: Any) -> None:
    text.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")
