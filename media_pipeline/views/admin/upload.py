"""Takes a film in."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ground.refusals import Refused
from media_pipeline.actions import resumable_uploads
from media_pipeline.actions.films import AlreadyAFilm, receive_film
from media_pipeline.forms.upload import UploadForm
from media_pipeline.models import Film, Upload
from media_pipeline.views.admin.films_page import FilmsPage, missing_recogniser
from party.permissions import signed_in


class UploadView(PermissionCheckedMixin, FilmsPage, FormView):
    """Takes a film in: by a resumable upload, or by a plain file field without JavaScript."""

    model = Film
    permission_required = "add"
    form_class = UploadForm
    template_name = "media_pipeline/admin/upload.html"
    page_title = gettext_lazy("Upload a film")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"arrived": self.request.GET.get("arrived", "")}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        try:
            film = receive_film(**form.cleaned_data, by=signed_in(self.request), now=timezone.now())
        except AlreadyAFilm as before:
            film = before.film
        except Refused as refusal:
            form.add_error("film", refusal.sentence)
            return self.form_invalid(form)
        messages.success(self.request, _("“%(title)s” is uploaded.") % {"title": film.title})
        return redirect("films:edit", film.pk)

    def form_invalid(self, form: UploadForm) -> HttpResponse:
        form.keep(self._kept(form))
        if form.upload:
            message = _("The film is uploaded. Correct the errors below, then send the form again.")
        else:
            message = _("The film was not uploaded. Correct the errors below.")
        messages.error(self.request, message)
        return super().form_invalid(form)

    def _kept(self, form: UploadForm) -> Upload | None:
        """Keep a film that came with a form in which something else is wrong."""
        film = form.files.get("film")
        if not film or "film" in form.errors:
            return None
        try:
            return resumable_uploads.save_upload(
                film, by=signed_in(self.request), now=timezone.now()
            )
        except Refused as refusal:
            form.add_error("film", refusal.sentence)
            return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            **kwargs,
            action_url=reverse("films:add"),
            submit_button_label=_("Upload"),
            submit_button_active_label=_("Uploading…"),
            most_bytes=settings.MEDIA_MAX_BYTES,
            sentences=sentences(),
            missing_recogniser=missing_recogniser(),
        )
        arrived = context["form"].upload
        unused = Upload.objects.visible_to(self.request.user).open(timezone.now())
        context["arrived"] = arrived
        context["unfinished"] = unused.exclude(pk=arrived.pk) if arrived else unused
        return context


class RemoveUploadView(PermissionCheckedMixin, View):
    """Forgets a person's own upload that is no film yet."""

    model = Film
    permission_required = "add"

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        mine = Upload.objects.visible_to(request.user).unused()
        upload = get_object_or_404(mine, uuid=uuid)
        resumable_uploads.cancel_upload(upload)
        messages.success(request, _("“%(file)s” was removed.") % {"file": upload})
        return redirect("films:add")


def sentences() -> dict[str, str]:
    """What the page says while a film arrives; the script puts the figures in."""
    return {
        "preparing": _("Starting…"),
        "progress": _("{sent} of {whole}, {percent}%."),
        "rate": _("{speed} a second, {left} left."),
        "milestone": _("{percent}% of the film is uploaded."),
        "paused": _("Paused. {kept} of {whole} uploaded."),
        "broken": _("Connection lost. {kept} of {whole} uploaded. Trying again…"),
        "stopped": _(
            "Still no connection. {kept} of {whole} uploaded. Carry on when you are online."
        ),
        "arrived": _("“{name}” is uploaded ({whole})."),
        "sending": _("Still uploading. The form will be sent when the upload has finished."),
        "resumed": _("“{name}” was partly uploaded: carrying on from {kept}."),
        "tooLarge": _(
            "This film is {whole}; the most this site takes is {most}. Nothing was sent. Export it "
            "at a lower quality, then choose it again."
        ),
        "empty": _("The file is empty. Choose the film again."),
        "pause": _("Pause"),
        "goOn": _("Carry on"),
        "seconds": _("{count} s"),
        "minutes": _("{count} min"),
        "hours": _("{hours} h {minutes} min"),
    }
