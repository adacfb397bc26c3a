"""The list of films."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from media_pipeline.models import Film
from media_pipeline.permissions import can_see_jobs
from media_pipeline.steps.clock import spoken_time


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
        StateColumn("state", label=gettext_lazy("Status"), sort_key="state"),
        Column(
            "duration",
            label=gettext_lazy("Duration"),
            accessor=lambda film: spoken_time(film.duration) if film.duration else "–",
            sort_key="duration",
        ),
        UserColumn("uploaded_by", label=gettext_lazy("Uploaded by")),
        DateColumn("created_at", label=gettext_lazy("Uploaded"), sort_key="created_at"),
    ]

    def get_base_queryset(self) -> QuerySet[Film]:
        visible = Film.objects.visible_to(self.request.user)
        return visible.select_related("uploaded_by__wagtail_userprofile").defer(
            "script", "glossary"
        )

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not can_see_jobs(self.request.user):
            return super().header_buttons
        url = reverse("films:jobs")
        return [
            *super().header_buttons,
            HeaderButton(_("Video processing"), url=url, icon_name="cogs"),
        ]

    def get_edit_url(self, instance: Film) -> str:
        return reverse("films:edit", args=[instance.pk])
