"""Editions in the admin: looked at and published."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from ground.refusals import Refused
from library.rules.actions.access import restrict_part, shared_parts, without_heir
from library.rules.actions.imports import discard_draft
from library.rules.actions.publication import publish_edition
from library.rules.forms import VersionForm
from library.rules.models import Edition, Provision, RulesImport, Work
from library.rules.permissions import can_publish_editions
from library.rules.views.reading.addresses import (
    Address,
    ProvisionNotFound,
    find_provision,
)
from library.rules.views.reading.pages import show_contents, show_page
from library.rules.views.reading.status import answer_not_found
from library.rules.wagtail_hooks import drafts
from party.permissions import EDITORS, LADDER, Person, open_to, signed_in


def _offers_publishing(user: Person, edition: Edition) -> bool:
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
    """Shows an edition, its chapters and what to look at to whoever is about to publish it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = RulesImport.objects.filter(edition=self.object).defer("source").first()
        return super().get_context_data(
            given=given,
            tops=_tops(self.object),
            audiences=Work.Audience.choices,
            count=self.object.provisions.count(),
            without_heir=without_heir(self.object),
            is_draft=self.object.status == Edition.Status.DRAFT,
            may_publish=can_publish_editions(self.request.user),
            **kwargs,
        )

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not _offers_publishing(self.request.user, self.object):
            return []
        url = reverse("edition:publish", args=[self.object.pk])
        return [HeaderButton(_("Publish"), url=url, icon_name="check")]


def _tops(edition: Edition) -> list[Provision]:
    """Return an edition's chapters and appendices, each with how many `doubts` it has."""
    tops = list(edition.provisions.filter(parent=None).order_by("position"))
    doubts = list(edition.provisions.exclude(doubt="").values_list("position", flat=True))
    for top in tops:
        top.doubts = sum(top.position <= position < top.end for position in doubts)
    return tops


@open_to(EDITORS)
@require_POST
def restrict(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who may read a chapter or an appendix, in every edition of its work."""
    if not can_publish_editions(request.user):
        raise PermissionDenied
    tops = Provision.objects.filter(parent=None).select_related("edition")
    top = get_object_or_404(tops, pk=pk)
    by = signed_in(request)
    try:
        count = restrict_part(top, request.POST.get("audience", ""), by=by, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "Who may read it was changed in %(count)d edition.",
            "Who may read it was changed in %(count)d editions.",
            count,
        )
        unchanged = _("Nothing was changed: it was already like that.")
        messages.success(request, said % {"count": count} if count else unchanged)
        _warn_of_shared_text(request, top.pk)
    return redirect("edition:inspect", top.edition_id)


def _warn_of_shared_text(request: HttpRequest, pk: int) -> None:
    """Name the chapters in which text of a part stood, or stands now, and others may read it."""
    part = Provision.objects.select_related("edition").get(pk=pk)
    if others := shared_parts(part):
        named = "; ".join(f"{other} ({other.edition.label})" for other in others)
        said = _("Some of its text is also in other places, which were not changed: %(places)s.")
        messages.warning(request, said % {"places": named})


@open_to(EDITORS)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then publish a draft edition."""
    edition = drafts.find_edition(request, pk)
    form = VersionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = signed_in(request)
        note = form.cleaned_data["note"]
        try:
            edition = publish_edition(edition, note=note, by=by, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            read = messages.button(edition.get_absolute_url(), _("Read it"))
            said = _("%(edition)s is published.") % {"edition": edition}
            messages.success(request, said, buttons=[read])
        return redirect("edition:index")
    before = Edition.objects.current(edition.in_force_from).filter(work=edition.work).first()
    count = edition.provisions.count()
    context = {"edition": edition, "before": before, "count": count, "form": form}
    return render(request, "rules/admin/publish.html", context)


@open_to(EDITORS)
def preview(request: HttpRequest, pk: int, place: str = "") -> HttpResponse:
    """Show a draft, or a page of it, as readers will see it."""
    edition = drafts.find_edition(request, pk)
    work = edition.work
    work.published_editions = list(work.editions.published().order_by("in_force_from"))
    home = reverse("edition:preview", args=[edition.pk])
    address = Address(work, edition, place.strip("/"), home)
    if not address.place:
        return show_contents(request, address)
    tokens = frozenset(LADDER)
    try:
        provision = find_provision(address, tokens)
    except ProvisionNotFound as problem:
        return answer_not_found(request, problem)
    if request.path != (url := provision.read_below(home)):
        return redirect(url)
    return show_page(request, address, provision, tokens)


@open_to(EDITORS)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then delete a draft."""
    edition = drafts.find_edition(request, pk)
    if request.method == "POST":
        by = signed_in(request)
        try:
            discard_draft(edition, by=by, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("The draft %(edition)s was discarded.") % {"edition": edition}
            )
        return redirect("edition:index")
    context = {"edition": edition, "count": edition.provisions.count()}
    return render(request, "rules/admin/discard.html", context)


class EditionViewSet(ModelViewSet):
    """Editions come from files (“Imports”); here they are looked at, put right and published."""

    model = Edition
    icon = "doc-full"
    index_view_class = EditionIndexView
    inspect_view_class = EditionInspectView
    inspect_view_enabled = True
    inspect_template_name = "rules/admin/edition.html"
    inspect_view_fields = ["work", "label", "status", "in_force_from", "in_force_until"]
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["__str__", "status", "in_force_from", "in_force_until"]
    list_filter = ["work", "status"]
    form_fields = ["label"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("publish/<int:pk>/", publish, name="publish"),
            path("discard/<int:pk>/", discard, name="discard"),
            path("preview/<int:pk>/", preview, name="preview"),
            path("preview/<int:pk>/<path:place>", preview, name="preview_place"),
            path("restrict/<int:pk>/", restrict, name="restrict"),
            path("draft/<int:pk>/", drafts.draft, name="draft"),
            path("draft/<int:pk>/<int:number>/", drafts.version, name="version"),
            path("draft/<int:pk>/<int:number>/restore/", drafts.restore, name="restore"),
        ]
