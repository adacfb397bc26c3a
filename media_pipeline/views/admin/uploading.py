"""Takes a film in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from media_pipeline import actions
from media_pipeline.forms import UploadForm
from media_pipeline.models import Recording
from media_pipeline.steps.refusals import Refused


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
