"""Rules given as files, in the admin: how each is being read, and what became of it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from ground.refusals import Refused
from library.rules.actions.imports import remove_import, request_import, retry_import
from library.rules.forms import ImportForm
from library.rules.models import RulesImport
from library.rules.permissions import can_publish_editions
from party.permissions import EDITORS, open_to, signed_in


class ImportList(generic.IndexView):
    """Lists the files, the newest first, without loading what was read of them."""

    add_item_label = gettext_lazy("Import rules")

    def get_base_queryset(self) -> Any:
        found = super().get_base_queryset().exclude(file_name="").select_related("work")
        return found.defer("source", "left_out", "warnings")


class GiveFileView(WagtailAdminTemplateMixin, FormView):
    """Takes a file of rules in, for a work that is there or for a new one."""

    form_class = ImportForm
    template_name = "rules/admin/import.html"
    page_title = gettext_lazy("Import rules")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        files = {"url": reverse("rulesimport:index"), "label": _("Imports")}
        return [*self.breadcrumbs_items, files, {"url": "", "label": self.page_title}]

    def get_initial(self) -> dict[str, Any]:
        return {"work": self.request.GET.get("work"), "in_force_from": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            form_is_multipart=True, submit_button_label=_("Upload and read"), **kwargs
        )
        return context | {"media": context["form"].media}  # the calendar's script

    def form_valid(self, form: ImportForm) -> HttpResponse:
        by = signed_in(self.request)
        values = form.cleaned_data
        try:
            given = request_import(
                work=form.chosen_work(),
                label=values["label"],
                in_force_from=values["in_force_from"],
                file=values["file"],
                by=by,
                now=timezone.now(),
            )
        except (Refused, ValidationError) as refusal:
            form.add_error(None, str(refusal) if isinstance(refusal, Refused) else refusal)
            return self.form_invalid(form)
        return redirect("rulesimport:edit", given.pk)


@open_to(EDITORS)
def give_file(request: HttpRequest) -> HttpResponseBase:
    """Let a librarian give a file."""
    if not can_publish_editions(request.user):
        raise PermissionDenied
    return GiveFileView.as_view()(request)


@open_to(EDITORS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a file is being read and what came of it; asked by htmx, that part alone."""
    given = _found(request, pk)
    state = {"given": given, "lost": given.is_lost(timezone.now())}
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx puts it there
        response = render(request, "rules/admin/_import_state.html", state)
        if not given.is_under_way:
            response.headers["HX-Refresh"] = "true"
        return response
    crumbs = [
        {"url": reverse("rulesimport:index"), "label": _("Imports")},
        {"url": "", "label": given.file_name or given.label},
    ]
    context = {"breadcrumbs_items": crumbs, "header_icon": "upload"}
    return render(request, "rules/admin/import_state.html", state | context)


@open_to(EDITORS)
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a file read again."""
    given = _found(request, pk)
    by = signed_in(request)
    try:
        retry_import(given, by=by, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("rulesimport:edit", pk)


@open_to(EDITORS)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file back."""
    given = _found(request, pk)
    by = signed_in(request)
    try:
        remove_import(given, by=by, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("rulesimport:edit", pk)
    messages.success(request, _("The file “%(name)s” was removed.") % {"name": given.file_name})
    if given.edition:
        return redirect("edition:inspect", given.edition.pk)
    return redirect("rulesimport:index")


@open_to(EDITORS)
def file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand the file out as it was given, to be kept and never shown by the browser."""
    given = _found(request, pk)
    if not given.file:
        raise Http404
    return FileResponse(given.file.open("rb"), as_attachment=True, filename=given.file_name)


def _found(request: HttpRequest, pk: int) -> RulesImport:
    visible = RulesImport.objects.visible_to(request.user).select_related("work", "edition", "by")
    return get_object_or_404(visible.defer("source"), pk=pk)


class ImportViewSet(ModelViewSet):
    """“Imports”: `rulesimport:edit` is a file’s own page, for a file is not edited in a form."""

    model = RulesImport
    icon = "upload"
    menu_label = gettext_lazy("Imports")
    index_view_class = ImportList
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["__str__", "status", "created_at"]
    list_filter = ["work", "status"]
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", give_file, name="add"),
            path("<int:pk>/", show, name="edit"),
            path("<int:pk>/again/", retry, name="retry"),
            path("<int:pk>/remove/", remove, name="remove"),
            path("<int:pk>/file/", file, name="file"),
            path("<int:pk>/history/", self.history_view, name="history"),
            path("<int:pk>/history/results/", self.history_results_view, name="history_results"),
        ]
