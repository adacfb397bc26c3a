"""The work on a film, step by step, and what a person can do about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from media_pipeline import actions
from media_pipeline.actions.resuming import CannotRetryError
from media_pipeline.models import Job, Recording
from media_pipeline.permissions import can_edit_recordings


def work_context(request: HttpRequest, recording: Recording) -> dict[str, Any]:
    """What the list of steps shows: each step, how far the whole is, and a sentence for it."""
    jobs = list(recording.jobs.all())
    for job in jobs:
        job.recording = recording
    done = sum(1.0 if job.status == Job.Status.DONE else job.progress for job in jobs)
    now = next((job for job in jobs if job.status != Job.Status.DONE), None)
    return {
        "recording": recording,
        "jobs": jobs,
        "whole": done / len(jobs) if jobs else 0.0,
        "now": now,
        "step_number": jobs.index(now) + 1 if now else len(jobs),
        "under_way": recording.state == Recording.State.PROCESSING,
        "said": f"{recording.state}.{now.step}.{now.status}" if now else recording.state,
        "may_retry": can_edit_recordings(request.user),
    }


def work(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of steps alone, which the page fetches while the work goes on.

    Once it is over the whole page is asked to load again, for the film has appeared on it.
    """
    visible = Recording.objects.visible_to(request.user).select_related("uploaded_by")
    recording = get_object_or_404(visible, pk=pk)
    context = work_context(request, recording)
    context["announce"] = context["said"] != request.GET.get("said")
    response = TemplateResponse(request, "media_pipeline/admin/work.html", context)
    if not context["under_way"]:
        response.headers["HX-Refresh"] = "true"
    return response


class RetryView(PermissionCheckedMixin, View):
    """Has a failed step done again."""

    model = Recording
    permission_required = "change"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = get_object_or_404(Job.objects.select_related("recording"), pk=pk)
        try:
            actions.retry_step(job, by=request.user)
        except CannotRetryError as error:
            messages.error(request, str(error))
        else:
            step = {"step": job.get_step_display()}
            messages.success(request, _("“%(step)s” will be done again.") % step)
        return redirect("films:edit", job.recording_id)
