"""Fact cards in the admin."""

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
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from library.actions import Refused, save_fact, withdraw_fact
from library.forms import WithdrawalForm
from library.models import FactCard
from library.permissions import can_withdraw_facts
from party.permissions import EDITORS, open_to


def _save_fact(view: Any) -> FactCard:
    topics = view.form.cleaned_data["topics"]
    return save_fact(view.form.instance, topics=topics, by=view.request.user, now=timezone.now())


def _offers_withdrawal(user: Any, card: FactCard) -> bool:
    return card.withdrawn_at is None and can_withdraw_facts(user)


class FactIndexView(generic.IndexView):
    """Lists fact cards, with a way to withdraw each."""

    def get_list_more_buttons(self, instance: FactCard) -> list[MenuItem]:
        buttons = super().get_list_more_buttons(instance)
        if _offers_withdrawal(self.request.user, instance):
            url = reverse("factcard:withdraw", args=[instance.pk])
            buttons.append(MenuItem(_("Withdraw"), url=url, icon_name="no-view", priority=40))
        return buttons


class FactCreateView(generic.CreateView):
    save_instance = _save_fact


class FactEditView(generic.EditView):
    save_instance = _save_fact

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not _offers_withdrawal(self.request.user, self.object):
            return []
        url = reverse("factcard:withdraw", args=[self.object.pk])
        return [HeaderButton(_("Withdraw"), url=url, icon_name="no-view")]


@open_to(EDITORS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then withdraw a fact card."""
    card = get_object_or_404(FactCard, pk=pk)
    if not can_withdraw_facts(request.user):
        raise PermissionDenied
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        by: Any = request.user  # a member: nobody else enters the admin
        try:
            withdraw_fact(card, reason=reason, by=by, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("“%(card)s” is withdrawn.") % {"card": card})
        return redirect("factcard:index")
    return render(request, "library/admin/withdraw.html", {"card": card, "form": form})


class FactViewSet(ModelViewSet):
    """The knowledge bank's cards."""

    model = FactCard
    icon = "openquote"
    index_view_class = FactIndexView
    add_view_class = FactCreateView
    edit_view_class = FactEditView
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["title", "kind", "as_at", "review_by", "withdrawn_at"]
    list_filter = ["kind", "review_by"]
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("statement"),
        FieldPanel("detail"),
        FieldPanel("does_not_show"),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("citation"),
                FieldPanel("source_name"),
                FieldPanel("source_url"),
                FieldPanel("as_at"),
                FieldPanel("review_by"),
            ],
            heading=gettext_lazy("What it rests on"),
        ),
        FieldPanel("topics"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("withdraw/<int:pk>/", withdraw, name="withdraw")]
