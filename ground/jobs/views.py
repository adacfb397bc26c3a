"""“Background work” in the admin: whether workers are there, and what needs a person."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ground.jobs.duties import function_of, in_trouble
from ground.jobs.models import AbstractJob, Duty, database_now, first_sentence
from ground.jobs.permissions import can_retry_jobs
from ground.jobs.requests import retry
from ground.jobs.signs import silent_queues

MOST_SHOWN = 25  # jobs of each kind that need attention; the counts tell of all

Status = AbstractJob.Status
SHOWN = (Status.WAITING, Status.RUNNING, Status.FAILED)


def silence(now: datetime.datetime) -> str:
    """Say in a sentence since when which workers are missing; empty where all are there."""
    silent = silent_queues(now)
    if not silent:
        return ""
    seen = max((moment for moment in silent.values() if moment), default=None)
    told = {
        "queues": ", ".join(silent),
        "when": formats.date_format(timezone.localtime(seen), "DATETIME_FORMAT") if seen else "",
    }
    if len(silent) < len(settings.QUEUES):
        if seen:
            return _("No worker of %(queues)s has given a sign of life since %(when)s.") % told
        return _("No worker of %(queues)s has ever given a sign of life.") % told
    if seen:
        return _("No worker has given a sign of life since %(when)s.") % told
    return _("No worker has ever given a sign of life.")


@dataclass(frozen=True)
class Kind:
    """A kind of job: how many are where, and those that need attention where no page has them."""

    model: type[AbstractJob]
    waiting: int
    running: int
    failed: int
    opens: bool  # whether the page that deals with those that failed is this person's to open

    @property
    def name(self) -> str:
        """What it is called, as the head of a row."""
        app = apps.get_app_config(self.model._meta.app_label)
        return f"{app.verbose_name}: {self.model._meta.verbose_name_plural}"

    @property
    def key(self) -> str:
        """Names the kind in an address."""
        return self.model._meta.label_lower

    @property
    def url(self) -> str:
        """The page on which those that failed are dealt with; empty where it is this one."""
        return reverse(self.model.FAILED_AT) if self.model.FAILED_AT else ""

    def jobs(self) -> list[AbstractJob]:
        """Return those that need attention here, the latest first."""
        if self.url or not self.failed:
            return []
        failed = self.model._default_manager.filter(status=Status.FAILED)
        return list(failed.order_by("-finished_at")[:MOST_SHOWN])


def kinds(person: Any) -> list[Kind]:
    """Return every kind of job there is but the duties, as a person may deal with: a query each."""
    found = []
    for model in apps.get_models():
        if issubclass(model, AbstractJob) and model is not Duty:
            counts = dict(
                model._default_manager.order_by().values_list("status").annotate(Count("pk"))
            )
            waiting, running, failed = (counts.get(each, 0) for each in SHOWN)
            opens = any(person.has_perm(name) for name in model.FAILED_FOR)
            found.append(Kind(model, waiting, running, failed, opens))
    return found


def duties_of_settings() -> list[dict[str, Any]]:
    """Return the regular duties with what each is and when it was done last."""
    done = dict(Duty.objects.values_list("name", "done_until"))
    return [
        {"title": title_of(name), "every": period(every), "done": done.get(name)}
        for name, every in settings.DUTIES.items()
    ]


def period(seconds: float) -> str:
    """Return a time in words: 5 seconds, 10 minutes, 1 day."""
    if seconds < 60:
        return ngettext("%(count)d second", "%(count)d seconds", int(seconds)) % {"count": seconds}
    now = timezone.now()
    return timesince(now - datetime.timedelta(seconds=seconds), now, depth=1)


def title_of(name: str) -> str:
    """Return what a duty is in a sentence, as its function says."""
    return first_sentence(function_of(name).__doc__ or name)


class JobsView(WagtailAdminTemplateMixin, TemplateView):
    """The page “Background work”."""

    template_name = "jobs/admin/jobs.html"
    page_title = gettext_lazy("Background work")
    header_icon = "cogs"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_retry_jobs(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = kinds(self.request.user)
        trouble = [{"title": title_of(each.name), "duty": each} for each in in_trouble()]
        return super().get_context_data(
            **kwargs,
            silence=silence(timezone.now()),
            kinds=found,
            needs_attention=sum(kind.failed for kind in found) + len(trouble),
            trouble=trouble,
            duties=duties_of_settings(),
            most=MOST_SHOWN,
        )


def retry_job(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Have a job that failed done again; another's page has its own way."""
    if not can_retry_jobs(request.user):
        raise PermissionDenied
    model = next(
        (one.model for one in kinds(request.user) if one.key == kind and not one.url), None
    )
    if model is None or request.method != "POST":
        raise Http404
    job = get_object_or_404(model, pk=pk)
    if retry(job, by=request.user, now=database_now()):
        messages.success(request, _("It will be done again."))
    else:
        messages.info(request, _("Nothing was changed: it is being done already, or is done."))
    return redirect("jobs:index")


class WorkersPanel(Component):
    """On the admin's first page: that no worker is there, or that something needs attention."""

    name = "workers"
    order = 10
    template_name = "jobs/admin/home_panel.html"

    def __init__(self, silence: str, failed: int) -> None:
        self.silence, self.failed = silence, failed

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"silence": self.silence, "failed": self.failed}


def workers_panel(user: Any) -> WorkersPanel | None:
    """Return what the admin's first page has to say to a person; None where all goes well."""
    told = silence(timezone.now())
    failed = 0
    if can_retry_jobs(user):
        failed = sum(kind.failed for kind in kinds(user) if not kind.url) + len(in_trouble())
    return WorkersPanel(told, failed) if told or failed else None
