"""The films' pages in the editors' admin: list, upload, one film with its work, deletion."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.deletion import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from media_pipeline import actions
from media_pipeline.actions.resuming import CannotRetryError
from media_pipeline.forms import UploadForm
from media_pipeline.models import Job, Recording
from media_pipeline.models.playing import parse_start, spoken_time
from media_pipeline.permissions import can_delete_recording, can_edit_recordings
from media_pipeline.steps.refusals import Refused


class StateColumn(Column):
    """The state as a word in a coloured frame."""

    cell_template_name = "media_pipeline/admin/state_cell.html"

    class Media:
        css = {"all": ["media_pipeline/admin.css"]}


class FilmList(IndexView):
    """The films a person may see, the newest first."""

    page_title = gettext_lazy("Films")
    add_item_label = gettext_lazy("Upload a film")
    search_fields = ["title"]
    list_display = [
        "title",
        StateColumn("state", label=gettext_lazy("State"), sort_key="state"),
        Column(
            "duration",
            label=gettext_lazy("Duration"),
            accessor=lambda film: spoken_time(film.duration) if film.duration else "–",
            sort_key="duration",
        ),
        UserColumn("uploaded_by", label=gettext_lazy("Uploaded by")),
        DateColumn("created_at", label=gettext_lazy("Uploaded"), sort_key="created_at"),
    ]

    def get_base_queryset(self) -> QuerySet[Recording]:
        visible = Recording.objects.visible_to(self.request.user)
        return visible.select_related("uploaded_by__wagtail_userprofile").defer(
            "script", "glossary"
        )

    def get_edit_url(self, instance: Recording) -> str:
        return reverse("films:edit", args=[instance.pk])


class UploadView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Takes a film in. It works with a plain file field and without JavaScript."""

    model = Recording
    permission_required = "add"
    form_class = UploadForm
    template_name = "media_pipeline/admin/upload.html"
    page_title = gettext_lazy("Upload a film")
    header_icon = "media"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        films = {"url": reverse("films:index"), "label": _("Films")}
        return [*self.breadcrumbs_items, films, {"url": "", "label": self.page_title}]

    def form_valid(self, form: UploadForm) -> HttpResponse:
        data = form.cleaned_data
        upload = data.pop("film")
        try:
            recording = actions.receive_recording(
                **data, upload=upload, by=self.request.user, now=timezone.now()
            )
        except Refused as refusal:
            form.add_error("film", refusal.sentence)
            return self.form_invalid(form)
        messages.success(self.request, _("“%(title)s” has arrived.") % {"title": recording.title})
        return redirect("films:edit", recording.pk)

    def form_invalid(self, form: UploadForm) -> HttpResponse:
        messages.error(
            self.request,
            _("The film was not taken in, and nothing was kept. Put right what is marked below."),
        )
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            action_url=self.request.path,
            submit_button_label=_("Upload"),
            submit_button_active_label=_("Uploading…"),
        )


class FilmView(WagtailAdminTemplateMixin, TemplateView):
    """One film: the work on it step by step, then the film itself with its captions."""

    template_name = "media_pipeline/admin/film.html"
    header_icon = "media"

    @cached_property
    def recording(self) -> Recording:
        visible = Recording.objects.visible_to(self.request.user)
        films = visible.select_related("uploaded_by").with_player()
        return get_object_or_404(films, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.recording.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        films = {"url": reverse("films:index"), "label": _("Films")}
        return [*self.breadcrumbs_items, films, {"url": "", "label": self.recording.title}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not can_delete_recording(self.request.user, self.recording):
            return []
        url = reverse("films:delete", args=[self.recording.pk])
        return [HeaderButton(_("Delete"), url=url, icon_name="bin")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if not can_edit_recordings(self.request.user):
            return []
        url = reverse("films:history", args=[self.recording.pk])
        return [Button(_("History"), url=url, icon_name="history")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        start = parse_start(self.request.GET.get("t"))
        return super().get_context_data(
            **kwargs,
            **work_context(self.request, self.recording),
            player=self.recording.player_context(start=start),
            track=next(iter(self.recording.current_tracks), None),
        )


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


class DeleteFilmView(DeleteView):
    """Asks before a film goes, and says what still needs it."""

    template_name = "media_pipeline/admin/delete.html"
    page_title = gettext_lazy("Delete")

    @cached_property
    def uses(self) -> list[str]:
        return sorted({f"“{use}”" for use in actions.uses_of(self.object)})

    def get_usage_url(self) -> None:
        """No page of its own lists the uses: `uses` is shown here instead."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, uses=get_text_list(self.uses, _("and")))

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            actions.delete_recording(self.object, by=self.request.user)
        except (ProtectedError, RestrictedError):
            return redirect("films:delete", self.object.pk)
        messages.success(self.request, _("“%(film)s” was deleted.") % {"film": self.object})
        return HttpResponseRedirect(reverse("films:index"))
