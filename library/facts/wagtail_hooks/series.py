"""Series in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from ground.refusals import Refused
from ground.tables import YesNoColumn
from library.facts.actions.series import delete_series, hide_series, publish_series, save_series
from library.facts.forms import SeriesForm
from library.facts.models import Series
from library.facts.permissions import can_change_series
from library.facts.views.series import show_series
from party.permissions import EDITORS, Person, open_to, signed_in

# What can be done with a series: its address, the action, and what is said afterwards.
STEPS = {
    "publish": (publish_series, gettext_lazy("“%(series)s” is published.")),
    "hide": (hide_series, gettext_lazy("“%(series)s” is hidden from readers.")),
    "discard": (delete_series, gettext_lazy("“%(series)s” is deleted.")),
}


def _save_series(view: Any) -> Series:
    return save_series(view.form.instance, by=view.request.user, now=timezone.now())


def _offered(user: Person, series: Series) -> list[tuple[str, str, str]]:
    """Return what a person may do with a series: the words, the address and the icon."""
    if not can_change_series(user):
        return []

    def to(name: str) -> str:
        return reverse(f"series:{name}", args=[series.pk])

    found = [
        (_("Preview"), to("preview"), "view"),
        (_("Upload values"), reverse("factsheet:values", args=[series.pk]), "upload"),
    ]
    if series.published:
        return [*found, (_("Hide"), to("hide"), "no-view")]
    return [*found, (_("Publish"), to("publish"), "check"), (_("Delete"), to("discard"), "bin")]


class SeriesIndexView(generic.IndexView):
    """Lists series, with what can be done with each."""

    def get_list_more_buttons(self, instance: Series) -> list[MenuItem]:
        return [
            *super().get_list_more_buttons(instance),
            *(
                MenuItem(words, url=url, icon_name=icon, priority=30 + number)
                for number, (words, url, icon) in enumerate(_offered(self.request.user, instance))
            ),
        ]


class SeriesCreateView(generic.CreateView):
    save_instance = _save_series


class SeriesEditView(generic.EditView):
    save_instance = _save_series

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(words, url=url, icon_name=icon)
            for words, url, icon in _offered(self.request.user, self.object)
        ]


class SeriesInspectView(generic.InspectView):
    """Shows a series and what can be done with it."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(words, url=url, icon_name=icon)
            for words, url, icon in _offered(self.request.user, self.object)
        ]


@open_to(EDITORS)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an editor a series as readers see it, or would see it."""
    series = get_object_or_404(Series, pk=pk)
    if not can_change_series(request.user):
        raise PermissionDenied
    return show_series(request, series, preview=True)


@open_to(EDITORS)
def take_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask once more, then publish, hide or delete a series."""
    series = get_object_or_404(Series, pk=pk)
    if not can_change_series(request.user):
        raise PermissionDenied
    if request.method == "POST":
        act, done = STEPS[name]
        by = signed_in(request)
        title = series.title
        try:
            act(series, by=by, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done % {"series": title})
        return redirect("series:index")
    context = {"series": series, "step": name, "count": series.values.count()}
    return render(request, "facts/admin/series_step.html", context)


class SeriesViewSet(ModelViewSet):
    """Measures over time and by place. Their values come from spreadsheets."""

    model = Series
    icon = "order"
    index_view_class = SeriesIndexView
    add_view_class = SeriesCreateView
    edit_view_class = SeriesEditView
    inspect_view_class = SeriesInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["title", "measure", "unit", "citation", "as_at", "published"]
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        *("title", "unit", "as_at", "review_by"),
        YesNoColumn("published", label=gettext_lazy("Published"), sort_key="published"),
    ]
    list_filter = ["published"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("slug"),
            FieldPanel("measure"),
            FieldPanel("unit"),
            FieldPanel("does_not_show"),
            MultiFieldPanel(
                [
                    FieldPanel("citation"),
                    FieldPanel("source_name"),
                    FieldPanel("source_url"),
                    FieldRowPanel([FieldPanel("source_published"), FieldPanel("source_accessed")]),
                    FieldPanel("source_licence"),
                    FieldRowPanel([FieldPanel("as_at"), FieldPanel("review_by")]),
                ],
                heading=gettext_lazy("Source"),
            ),
            MultiFieldPanel(
                [FieldPanel("owner"), FieldPanel("audience")],
                heading=gettext_lazy("Owner and audience"),
            ),
        ],
        base_form_class=SeriesForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("preview/<int:pk>/", preview, name="preview"),
            *(path(f"{name}/<int:pk>/", take_step, {"name": name}, name=name) for name in STEPS),
        ]
