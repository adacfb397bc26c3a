"""Fact cards in the admin."""

from operator import attrgetter
from typing import Any

from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem

from library.facts.actions.facts import save_fact
from library.facts.forms import FactForm
from library.facts.models import FactCard
from library.facts.permissions import can_change_facts
from library.facts.views.facts import show_card
from library.facts.wagtail_hooks.lifecycle import STEPS
from library.facts.wagtail_hooks.sheets import upload_button
from library.facts.wagtail_hooks.steps import SteppedViewSet, StepsEditView, StepsIndexView


class FactIndexView(StepsIndexView):
    """Lists fact cards; what is withdrawn or superseded is not edited."""

    def get_list_more_buttons(self, instance: FactCard) -> list[MenuItem]:
        buttons = super().get_list_more_buttons(instance)
        return [each for each in buttons if instance.may_change() or each.label != _("Edit")]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *upload_button(self.request.user)]


class FactEditView(StepsEditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        card = self.get_object()
        if not card.may_change():
            messages.error(
                request,
                _("“%(card)s” cannot be edited: it is %(state)s.")
                % {"card": card, "state": card.get_state_display().lower()},
            )
            return redirect("factcard:preview", card.pk)
        return super().dispatch(request, *args, **kwargs)


def _save(form: Any, **act: Any) -> FactCard:
    given = form.cleaned_data
    return save_fact(form.instance, topics=given["topics"], note=given["note"], **act)


class FactViewSet(SteppedViewSet):
    """The knowledge bank's cards."""

    model = FactCard
    icon = "openquote"
    index_view_class = FactIndexView
    edit_view_class = FactEditView
    steps = STEPS
    can_change = staticmethod(can_change_facts)
    save = staticmethod(_save)
    show = staticmethod(show_card)
    summary = attrgetter("statement")
    list_display = ["title", "state", "kind", "as_at", "review_by", "owner"]
    list_filter = ["state", "kind", "review_by"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("slug"),
            FieldPanel("statement"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("figure"), FieldPanel("unit")]),
                    FieldRowPanel([FieldPanel("period"), FieldPanel("place")]),
                ],
                heading=gettext_lazy("The figure"),
            ),
            FieldPanel("detail"),
            FieldPanel("does_not_show"),
            MultiFieldPanel(
                [
                    FieldPanel("kind"),
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
                [FieldPanel("owner"), FieldPanel("audience"), FieldPanel("series")],
                heading=gettext_lazy("Owner and audience"),
            ),
            FieldPanel("topics"),
            FieldPanel("note"),
        ],
        base_form_class=FactForm,
    )
