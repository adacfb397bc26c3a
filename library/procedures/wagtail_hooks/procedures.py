"""Procedures in the admin: a version is issued from a page's menu, and what was issued stays."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
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
from wagtail.permissions import policy_registry

from ground.refusals import Refused
from library.procedures.actions.procedures import issue_version
from library.procedures.models import ProcedurePage, ProceduresPage
from library.procedures.permissions import can_issue_versions
from library.rules.forms import VersionForm
from party.permissions import EDITORS, Person, open_to, signed_in


@hooks.register("register_page_header_buttons")
def offer_version(
    page: Page, user: Person, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer, beside a procedure's other actions, to issue what is published as a version."""
    if isinstance(page, ProcedurePage) and page.live and can_issue_versions(user, page):
        label = _("Issue as version %(number)s") % {"number": _next_number(page)}
        url = reverse("procedures_issue_version", args=[page.pk])
        yield Button(label, url=url, icon_name="check", priority=62)


def _next_number(page: ProcedurePage) -> int:
    last = page.versions.first()
    return last.number + 1 if last else 1


@open_to(EDITORS)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what changed, then issue what is published of a procedure as its next version."""
    page = get_object_or_404(ProcedurePage, pk=pk)
    if not can_issue_versions(request.user, page):
        raise PermissionDenied
    form = VersionForm(request.POST or None)
    if form.is_valid():
        by = signed_in(request)
        try:
            version = issue_version(page, note=form.cleaned_data["note"], by=by, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("“%(version)s” is issued.") % {"version": version})
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {
        "page": page,
        "form": form,
        "number": _next_number(page),
        "before": page.versions.first(),
    }
    return render(request, "procedures/admin/issue.html", context)


@open_to(EDITORS)
def explore(request: HttpRequest) -> HttpResponse:
    """Lead to where procedures are made and changed, or home whoever changes no pages."""
    page = ProceduresPage.objects.first()
    if page and policy_registry.get_by_type(Page).explorable_root_instance(request.user):
        return redirect("wagtailadmin_explore", page.pk)
    return redirect("wagtailadmin_home")


@hooks.register("register_library_menu_item")
def list_procedures() -> MenuItem:
    """Lead from the library's menu to the procedures."""
    url = reverse("procedures_explore")
    return MenuItem(gettext_lazy("Procedures"), url=url, icon_name="clipboard-list", order=20)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("procedures/", explore, name="procedures_explore"),
        path("procedures/<int:pk>/issue/", issue, name="procedures_issue_version"),
    ]
