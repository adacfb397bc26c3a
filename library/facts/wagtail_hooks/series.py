"""Series in the admin."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from ground.tables import YesNoColumn
from library.facts.actions.series import delete_series, hide_series, publish_series, save_series
from library.facts.forms import SeriesForm
from library.facts.models import Series
from library.facts.permissions import can_change_series
from library.facts.views.series import show_series
from library.facts.wagtail_hooks.steps import Offer, Step, SteppedViewSet
from party.permissions import Person

STEPS = (
    Step(
        "hide",
        lambda series: series.published,
        gettext_lazy("Hide"),
        "no-view",
        gettext_lazy("Readers cannot see it until you publish it again."),
        gettext_lazy("“%(title)s” is hidden from readers."),
        hide_series,
        serious=True,
    ),
    Step(
        "publish",
        lambda series: not series.published,
        gettext_lazy("Publish"),
        "check",
        gettext_lazy("Readers will see its chart, table and source."),
        gettext_lazy("“%(title)s” is published."),
        publish_series,
    ),
    Step(
        "discard",
        lambda series: not series.published,
        gettext_lazy("Delete"),
        "bin",
        gettext_lazy(
            "This permanently deletes the series and its values. Cards that link to it stay."
        ),
        gettext_lazy("“%(title)s” is deleted."),
        delete_series,
        serious=True,
    ),
)


def _save(form: Any, **act: Any) -> Series:
    return save_series(form.instance, **act)


def _summary(series: Series) -> str:
    count = series.values.count()
    return ngettext("It has one value.", "It has %(n)d values.", count) % {"n": count}


class SeriesViewSet(SteppedViewSet):
    """Measures over time and by place. Their values come from spreadsheets."""

    model = Series
    icon = "order"
    steps = STEPS
    can_change = staticmethod(can_change_series)
    save = staticmethod(_save)
    show = staticmethod(show_series)
    summary = staticmethod(_summary)
    inspect_view_enabled = True
    inspect_view_fields = ["title", "measure", "unit", "citation", "as_at", "published"]
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

    def offered(self, user: Person, thing: Series) -> list[Offer]:
        offered = super().offered(user, thing)
        values = reverse("factsheet:values", args=[thing.pk])
        return offered and [*offered[:1], (_("Upload values"), values, "upload"), *offered[1:]]
