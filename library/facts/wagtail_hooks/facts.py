"""Fact cards in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
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

from library.facts.actions.facts import save_fact
from library.facts.forms import FactForm
from library.facts.models import FactCard
from library.facts.permissions import can_change_facts
from library.facts.views.facts import show_card
from library.facts.wagtail_hooks.lifecycle import STEPS, Step, take_step
from party.permissions import EDITORS, Person, open_to


def _save_fact(view: Any) -> FactCard:
    given = view.form.cleaned_data
    return save_fact(
        view.form.instance,
        topics=given["topics"],
        note=given["note"],
        by=view.request.user,
        now=timezone.now(),
    )


def _offered(user: Person, card: FactCard) -> list[tuple[Step, str]]:
    """Return the steps that a person may take with a card as it stands, with their addresses."""
    if not can_change_facts(user):
        return []
    return [
        (step, reverse(f"factcard:{step.name}", args=[card.pk]))
        for step in STEPS
        if card.state in step.states
    ]


class FactIndexView(generic.IndexView):
    """Lists fact cards, with what can be done with each."""

    def get_list_more_buttons(self, instance: FactCard) -> list[MenuItem]:
        buttons = super().get_list_more_buttons(instance)
        if not instance.may_change():
            buttons = [button for button in buttons if button.label != _("Edit")]
        preview = reverse("factcard:preview", args=[instance.pk])
        buttons.append(MenuItem(_("Preview"), url=preview, icon_name="view", priority=20))
        for number, (step, url) in enumerate(_offered(self.request.user, instance)):
            buttons.append(MenuItem(step.label, url=url, icon_name=step.icon, priority=30 + number))
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        from library.facts.wagtail_hooks.sheets import upload_button

        return [*super().header_more_buttons, *upload_button(self.request.user)]


class FactCreateView(generic.CreateView):
    save_instance = _save_fact


class FactEditView(generic.EditView):
    save_instance = _save_fact

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

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        preview = reverse("factcard:preview", args=[self.object.pk])
        return [
            HeaderButton(_("Preview"), url=preview, icon_name="view"),
            *(
                HeaderButton(step.label, url=url, icon_name=step.icon)
                for step, url in _offered(self.request.user, self.object)
            ),
        ]


@open_to(EDITORS)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an editor a card as readers see it, or would see it."""
    card = get_object_or_404(FactCard.objects.select_related("owner"), pk=pk)
    if not can_change_facts(request.user):
        raise PermissionDenied
    return show_card(request, card, preview=True)


class FactViewSet(ModelViewSet):
    """The knowledge bank's cards."""

    model = FactCard
    icon = "openquote"
    index_view_class = FactIndexView
    add_view_class = FactCreateView
    edit_view_class = FactEditView
    copy_view_enabled = False
    add_to_reference_index = False
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

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("preview/<int:pk>/", preview, name="preview"),
            *(
                path(f"{step.name}/<int:pk>/", take_step, {"name": step.name}, name=step.name)
                for step in STEPS
            ),
        ]
