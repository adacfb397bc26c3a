"""The jobs of all films: what runs, what waits and for what, what needs a person, what it cost."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from ground.jobs.models import database_now
from ground.jobs.signs import silent_queues
from media_pipeline.models import Job
from media_pipeline.permissions import can_see_jobs
from media_pipeline.views.admin.films_page import FilmsPage, missing_recogniser

MOST_SHOWN = 25  # jobs of each kind; the counts above them tell of all
QUEUES = (("media", gettext_lazy("Films and clips")), ("speech", gettext_lazy("Speech")))


def jobs_context(request: HttpRequest) -> dict[str, Any]:
    """What the page shows of the jobs a person may see; as many queries for few as for many."""
    now = database_now()
    visible = Job.objects.visible_to(request.user)
    counts = dict(visible.order_by().values_list("status").annotate(Count("pk")))
    status = Job.Status
    waiting = visible.next_up().order_by("created_at", "film", "position")
    done = visible.filter(status=status.DONE, finished_at__isnull=False).order_by("-finished_at")
    day = done.filter(finished_at__gte=now - datetime.timedelta(days=1))
    return {
        "now": now,
        "running": _shown(visible.running().order_by("started_at"), now),
        "failed": _shown(visible.filter(status=status.FAILED).order_by("-finished_at"), now),
        "waiting": _shown(waiting, now),
        "done": _shown(done, now),
        "counts": {
            "failed": counts.get(status.FAILED, 0),
            "running": counts.get(status.RUNNING, 0),
            "waiting": waiting.count(),
        },
        "most": MOST_SHOWN,
        "cost_today": day.aggregate(total=Sum("cost_seconds"))["total"] or 0.0,
        "silent_queues": _silent_queues(now),
        "speech_at_once": settings.MEDIA_SPEECH_AT_ONCE,
        "missing_recogniser": missing_recogniser(),
    }


@dataclass(frozen=True)
class JobRow:
    """One job on the page: `silent` is how many seconds ago its worker gave a sign of life."""

    job: Job
    silent: int
    waits_for: str

    @property
    def is_lost(self) -> bool:
        """Whether another worker will take it up at its next look round."""
        return self.silent >= Job.LOST_AFTER.total_seconds()


def _shown(jobs: QuerySet[Job], now: datetime.datetime) -> list[JobRow]:
    return [
        JobRow(job, _seconds_since(job.heartbeat_at, now), _waits_for(job, now))
        for job in jobs.select_related("film", "clip")[:MOST_SHOWN]
    ]


def _seconds_since(moment: datetime.datetime | None, now: datetime.datetime) -> int:
    return max(0, int((now - moment).total_seconds())) if moment else 0


def _waits_for(job: Job, now: datetime.datetime) -> str:
    """Why a job that is next still waits, where its reason and its next try do not say so."""
    if job.reason or (job.not_before and job.not_before > now):
        return ""
    return _("It waits for a worker.")


def _silent_queues(now: datetime.datetime) -> list[str]:
    """Names of the queues whose workers have not responded for half a minute."""
    silent = silent_queues(now)
    return [str(label) for queue, label in QUEUES if queue in silent]


class JobsView(FilmsPage, TemplateView):
    """The page “Video processing”."""

    template_name = "media_pipeline/admin/jobs.html"
    page_title = gettext_lazy("Video processing")
    header_icon = "cogs"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_see_jobs(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, **jobs_context(self.request))


def jobs_now(request: HttpRequest) -> HttpResponse:
    """The lists alone, which the page fetches every few seconds."""
    if not can_see_jobs(request.user):
        raise PermissionDenied
    return TemplateResponse(request, "media_pipeline/admin/jobs_lists.html", jobs_context(request))
