"""Sending a procedure's newest version to officers, from its page in the admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from ground.refusals import Refused
from library.procedures.actions.circulation import circulate
from library.procedures.forms import CirculationForm
from library.procedures.models import Circulation, ProcedurePage, ProcedureVersion
from library.procedures.models.reach import Reach
from library.procedures.permissions import can_circulate
from party.permissions import EDITORS, Person, open_to, signed_in


@hooks.register("register_page_header_buttons")
def offer_sending(
    page: Page, user: Person, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer, beside a procedure's other actions, to send its newest version to officers."""
    if isinstance(page, ProcedurePage) and can_circulate(user) and page.versions.exists():
        url = reverse("procedures_circulate", args=[page.pk])
        yield Button(_("Send to officers"), url=url, icon_name="mail", priority=63)


@open_to(EDITORS)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for roles and regions, show how many people hold them, and send the newest version."""
    page = get_object_or_404(ProcedurePage, pk=pk)
    if not can_circulate(request.user):
        raise PermissionDenied
    version = get_object_or_404(page.versions.order_by("-number")[:1])
    form = CirculationForm(request.POST or None, initial=_initial(page))
    if form.is_valid() and "send" in request.POST:
        by = signed_in(request)
        try:
            sent = circulate(version, **form.cleaned_data, by=by, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            said = _("“%(version)s” was sent to %(n)d people.")
            messages.success(request, said % {"version": version, "n": sent.recipients.count()})
            return redirect(sent.get_acknowledgements_url())
    context = {
        "page": page,
        "version": version,
        "form": form,
        "reach": _reach(version, form),
        "before": Circulation.objects.filter(version=version).order_by("-sent_at"),
    }
    return render(request, "procedures/admin/circulate.html", context)


def _initial(page: ProcedurePage) -> dict[str, Any]:
    """Begin with those for whom the page is, by its own account."""
    return {"roles": page.roles.all(), "regions": page.regions.all()}


def _reach(version: ProcedureVersion, form: CirculationForm) -> Reach | None:
    """Return whom a form that is filled in rightly would reach today."""
    if not form.is_bound or not form.is_valid():
        return None
    chosen = form.cleaned_data
    return Reach.of(version, chosen["roles"], chosen["regions"], on=timezone.localdate())


class SentMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_circulate(request.user)


@hooks.register("register_library_menu_item")
def list_what_was_sent() -> MenuItem:
    """Lead from the library's menu to all that was sent."""
    url = reverse("procedures:circulations")
    return SentMenuItem(gettext_lazy("Sent to officers"), url=url, icon_name="mail", order=21)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("procedures/<int:pk>/send/", send, name="procedures_circulate")]


@hooks.register("register_permissions")
def permission() -> QuerySet[Permission]:
    """Let an administrator give “add circulation” to a group."""
    return Permission.objects.filter(
        content_type__app_label="procedures", codename="add_circulation"
    )
