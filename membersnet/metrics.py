"""What to watch, in the OpenMetrics format, for operators alone; docs/operating.md lists it."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from membersnet.operators import is_operator
from membersnet.views import database_state, state_of, worker_state
from party.permissions import ANYONE, open_to

UP = {"ready", "behind"}


@open_to(ANYONE)
def metrics(request: HttpRequest, index: Callable[[], dict[str, Any]]) -> HttpResponse:
    """Send the figures of this moment; for everybody else there is no such page."""
    if not is_operator(request):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(HubCollector(index))
    response = HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response


class HubCollector(Collector):
    """Asks the hub's parts when it is read, so that it does not matter which process answers."""

    def __init__(self, index: Callable[[], dict[str, Any]]) -> None:
        self.parts = {"database": database_state, "worker": worker_state, "index": index}

    def collect(self) -> Iterator[GaugeMetricFamily]:
        states = {name: state_of(part) for name, part in self.parts.items()}
        up = {(name,): state["state"] in UP for name, state in states.items()}
        yield _gauge("up", "Whether a part of the hub is ready", ("part",), up)
        missing = states["worker"].get("queues", [])
        silent = {(queue,): queue in missing for queue in settings.QUEUES}
        yield _gauge("queue_without_worker", "Whether a queue has no worker", ("queue",), silent)
        for name in ("waiting", "failed"):
            if name in states["index"]:
                what = f"Changes of the search index, {name}"
                yield _gauge(f"index_changes_{name}", what, (), {(): states["index"][name]})
        if states["database"]["state"] in UP and not settings.REDIS_URL:
            yield _gauge("tasks", "Tasks by queue and status", ("queue", "status"), _tasks())
        yield _gauge("disk_free_bytes", "Room on a disk", ("place",), _free())
        made = settings.DATA_DIR / "backup" / "made"
        if made.exists():
            what = "When the last backup was made (Unix time)"
            yield _gauge("last_backup_timestamp_seconds", what, (), {(): made.stat().st_mtime})


def _gauge(
    name: str, what: str, labels: tuple[str, ...], values: Mapping[Any, Any]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"membersnet_{name}", what, labels=labels)
    for given, value in values.items():
        family.add_metric(given, float(value))
    return family


def _tasks() -> dict[tuple[str, str], int]:
    """Count tasks that wait, run or failed; those that are done say nothing."""
    counted = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL)
    found = counted.values_list("queue_name", "status").annotate(number=Count("id"))
    numbers = {(queue, status.lower()): number for queue, status, number in found}
    statuses = [status.lower() for status in TaskResultStatus if status != "SUCCESSFUL"]
    every = [(queue, status) for queue in settings.QUEUES for status in statuses]
    return dict.fromkeys(every, 0) | numbers


def _free() -> dict[tuple[str], int]:
    places = {
        "data": settings.DATA_DIR,
        "uploads": settings.MEDIA_UPLOAD_DIR,
        "work": settings.MEDIA_WORK_DIR,
    }
    there = {name: path for name, path in places.items() if path.exists()}
    return {(name,): shutil.disk_usage(path).free for name, path in there.items()}
