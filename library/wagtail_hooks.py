"""The library in Wagtail's admin. Whatever is saved here is saved by an action."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from library.actions import Refused, publish_edition, save_fact, save_work, withdraw_fact
from library.forms import WithdrawalForm
from library.models import Edition, FactCard, Work
from library.permissions import KeptPolicy, can_publish_editions, can_withdraw_facts
from party.permissions import EDITORS, open_to

register_permission_policy(Work, KeptPolicy(Work))
register_permission_policy(Edition, KeptPolicy(Edition, refused=("add", "change", "delete")))
register_permission_policy(FactCard, KeptPolicy(FactCard))


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what the audit log says of the library."""
    actions.register_action("library.import", _("Import"), _("Imported as a draft"))
    actions.register_action("library.publish", _("Publish edition"), _("Edition published"))
    actions.register_action("library.end", _("End edition"), _("Ended by the next edition"))
    actions.register_action("library.withdraw", _("Withdraw"), _("Fact card withdrawn"))


# --- works -----------------------------------------------------------------------------------
def _save_work(view: Any) -> Work:
    return save_work(view.form.instance, by=view.request.user, now=timezone.now())


class WorkCreateView(generic.CreateView):
    save_instance = _save_work


class WorkEditView(generic.EditView):
    save_instance = _save_work


class WorkViewSet(ModelViewSet):
    """Rule books, standing orders, procedures and policies."""

    model = Work
    icon = "folder-open-inverse"
    add_view_class = WorkCreateView
    edit_view_class = WorkEditView
    copy_view_enabled = False
    add_to_reference_index = False  # nothing in it points to anything
    list_display = ["title", "kind", "audience", "sample"]
    list_filter = ["kind"]
    form_fields = ["title", "slug", "kind", "audience", "sample"]


# --- editions --------------------------------------------------------------------------------
def _offers_publishing(user: Any, edition: Edition) -> bool:
    return edition.status == Edition.Status.DRAFT and can_publish_editions(user)


class EditionIndexView(generic.IndexView):
    """Lists editions, with a way to publish each draft."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("work")

    def get_list_more_buttons(self, instance: Edition) -> list[MenuItem]:
        buttons = super().get_list_more_buttons(instance)
        if _offers_publishing(self.request.user, instance):
            url = reverse("edition:publish", args=[instance.pk])
            buttons.append(MenuItem(_("Publish"), url=url, icon_name="check", priority=30))
        return buttons


class EditionInspectView(generic.InspectView):
    """Shows an edition with its provisions to whoever is about to publish it."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not _offers_publishing(self.request.user, self.object):
            return []
        url = reverse("edition:publish", args=[self.object.pk])
        return [HeaderButton(_("Publish"), url=url, icon_name="check")]


@open_to(EDITORS)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then publish a draft edition."""
    edition = get_object_or_404(Edition.objects.select_related("work"), pk=pk)
    if not can_publish_editions(request.user):
        raise PermissionDenied
    if request.method == "POST":
        by: Any = request.user  # a member: nobody else enters the admin
        try:
            publish_edition(edition, by=by, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(edition)s is published.") % {"edition": edition})
        return redirect("edition:index")
    before = Edition.objects.current(edition.in_force_from).filter(work=edition.work).first()
    context = {"edition": edition, "before": before, "count": edition.provisions.count()}
    return render(request, "library/admin/publish.html", context)


class EditionViewSet(ModelViewSet):
    """Editions come from `import_rules`; here they are looked at and published."""

    model = Edition
    icon = "doc-full"
    index_view_class = EditionIndexView
    inspect_view_class = EditionInspectView
    inspect_view_enabled = True
    inspect_template_name = "library/admin/edition.html"
    inspect_view_fields = ["work", "label", "status", "in_force_from", "in_force_until"]
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["__str__", "status", "in_force_from", "in_force_until"]
    list_filter = ["work", "status"]
    form_fields = ["label"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("publish/<int:pk>/", publish, name="publish")]


# --- fact cards ------------------------------------------------------------------------------
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


@hooks.register("register_admin_viewset")
def register_library() -> ModelViewSetGroup:
    """Put the library into the admin's menu."""

    class LibraryGroup(ModelViewSetGroup):
        items = (FactViewSet, WorkViewSet, EditionViewSet)
        menu_label = gettext_lazy("Library")
        menu_icon = "folder-open-inverse"
        menu_order = 300

    return LibraryGroup()
