"""The work on a film, step by step, and what a person can do about it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from media_pipeline.actions.cancellation import NothingToStopError, stop_work
from media_pipeline.actions.reruns import CannotRetryError, retry_step, run_again
from media_pipeline.models import Film, Job
from media_pipeline.models.films import can_change_film
from party.permissions import signed_in

OVER = (Job.Status.DONE, Job.Status.CANCELLED)
GOING_ON = (Film.State.PROCESSING, Film.State.READY)


def film_jobs_context(request: HttpRequest, film: Film) -> dict[str, Any]:
    """What the list of steps shows: each step, how far the whole is, and a sentence for it."""
    jobs = list(film.jobs.steps().order_by("position"))
    for job in jobs:
        job.film = film
    done = sum(1.0 if job.status in OVER else job.progress for job in jobs)
    now = next((job for job in jobs if job.status not in OVER), None)
    busy = [job for job in jobs if job.status in (Job.Status.WAITING, Job.Status.RUNNING)]
    under_way = film.state in GOING_ON and bool(busy)
    may_work = can_change_film(request.user, film)
    return {
        "film": film,
        "jobs": jobs,
        "whole": done / len(jobs) if jobs else 0.0,
        "now": now,
        "step_number": jobs.index(now) + 1 if now else len(jobs),
        "under_way": under_way,
        "said": f"{film.state}.{now.step}.{now.status}" if now else film.state,
        "may_retry": may_work,
        "may_stop": may_work and under_way,
        "may_repeat": may_work and not under_way and bool(film.original),
        "goes_on_at": next((job.step for job in jobs if job.status != Job.Status.DONE), ""),
        "cost": sum(job.cost_seconds for job in jobs),
    }


def film_jobs(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of steps alone, which the page fetches while the work goes on.

    Once it is over the whole page is asked to load again, for the film has appeared on it.
    """
    visible = Film.objects.visible_to(request.user).select_related("uploaded_by")
    film = get_object_or_404(visible, pk=pk)
    context = film_jobs_context(request, film)
    context["announce"] = context["said"] != request.GET.get("said")
    response = TemplateResponse(request, "media_pipeline/admin/film_jobs.html", context)
    if not context["under_way"]:
        response.headers["HX-Refresh"] = "true"
    return response


class ChangeJobsView(View):
    """Does something to the work on a film that a person may see and work on, then shows it."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        film = get_object_or_404(Film.objects.visible_to(request.user), pk=pk)
        if not can_change_film(request.user, film):
            raise PermissionDenied
        try:
            said = self.act(film)
        except (CannotRetryError, NothingToStopError) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
        return redirect("films:edit", film.pk)

    def act(self, film: Film) -> str:
        """Do it and return the sentence that says so."""
        raise NotImplementedError


class StopView(ChangeJobsView):
    """Stops the work on a film in the middle of a step."""

    def act(self, film: Film) -> str:
        stop_work(film, by=signed_in(self.request))
        return _("Processing was stopped. Finished steps are kept.")


class RerunView(ChangeJobsView):
    """Has one step of a film (`step`) done again, or without it every step."""

    def act(self, film: Film) -> str:
        named = self.request.POST.get("step", "")
        if not named:
            run_again(film, by=signed_in(self.request))
            return _("Every step will be done again.")
        if named not in Job.Step.values:
            raise CannotRetryError(_("This film has no such step."))
        step = Job.Step(named)
        run_again(film, step, by=signed_in(self.request))
        return _("“%(step)s” will be done again.") % {"step": step.label}


class RetryView(ChangeJobsView):
    """Has a failed job done again: a step of a film, or a clip of it."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        jobs = Job.objects.visible_to(request.user).select_related("film", "clip")
        self.job = get_object_or_404(jobs, pk=pk)
        return super().post(request, self.job.film_id)

    def act(self, film: Film) -> str:
        retry_step(self.job, by=signed_in(self.request))
        return _("“%(step)s” will be done again.") % {"step": self.job.get_step_display()}
