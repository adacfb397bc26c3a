"""Procedures, standing orders and policies as they are read, filled in and taken away."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from library.procedures.actions.form_documents import PARTY_NAME, compose_document, filled_in
from library.procedures.forms import FillingForm
from library.procedures.models import (
    Circulation,
    ProcedurePage,
    ProceduresPage,
    ProcedureVersion,
    Recipient,
)
from library.procedures.outline import (
    OutlineLine,
    blanks,
    changed_paragraphs,
    quoted,
    runs,
    sections,
)
from library.procedures.permissions import can_see_circulations
from party.models import Appointment, Member, Unit
from party.models.audiences import audience_tokens
from party.permissions import EDITORS, MEMBERS, Person, open_to, signed_in

PER_PAGE = 48  # procedures
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@open_to(MEMBERS)
def procedures(request: HttpRequest) -> HttpResponse:
    """List what this member may read: procedures, then standing orders, then policies."""
    found = _with_versions(ProcedurePage.objects.visible_to(request.user), request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    groups = [
        (ProcedurePage.Kind(kind), list(pages))
        for kind, pages in groupby(page, key=lambda procedure: procedure.kind)
    ]
    context = {
        "page": page,
        "groups": groups,
        "procedures_page": ProceduresPage.objects.live().first(),
        "sees_circulations": can_see_circulations(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "procedures/procedures.html", context)


def _with_versions(found: QuerySet[ProcedurePage], user: Person) -> QuerySet[ProcedurePage]:
    """Return procedures in the order of the list, each with number and date of its last version.

    That is the last which this member may read.
    """
    kinds = [When(kind=kind, then=Value(place)) for place, kind in enumerate(ProcedurePage.Kind)]
    readable = ProcedureVersion.objects.visible_to(user)
    versions = readable.filter(page=OuterRef("pk")).order_by("-number")
    return found.annotate(
        version_number=Subquery(versions.values("number")[:1]),
        version_issued_at=Subquery(versions.values("issued_at")[:1]),
        place_of_kind=Case(*kinds, output_field=IntegerField()),
    ).order_by("place_of_kind", "title", "pk")


@open_to(MEMBERS)
def procedure(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is published of a procedure, with the rules it rests on."""
    page = _readable(request, slug)
    lines = filled_in(page, {}, reader=request.user)
    audience = page.readers()
    context = {
        "sections": [section for section in sections(lines) if section.number],
        "roles": page.roles.all(),
        "regions": page.regions.all(),
        "restricted": MEMBERS not in audience,
        "keeps": EDITORS in audience_tokens(request.user),
        "asked": Recipient.objects.to_read(request.user).filter(circulation__version__page=page),
        "sent": _last_sent(page, request.user),
    }
    return render(request, "procedures/procedure.html", _about(page, lines, request.user) | context)


def _last_sent(page: ProcedurePage, user: Person) -> Circulation | None:
    """Return what was sent of a page last, of that whose answers a person may see."""
    if not can_see_circulations(user):
        return None
    sent = Circulation.objects.visible_to(user).filter(version__page=page)
    return sent.select_related("version").first()


@open_to(MEMBERS)
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the versions of a procedure that this member may read, the last first."""
    pages = ProcedurePage.objects.visible_to(request.user)
    found = list(
        ProcedureVersion.objects.visible_to(request.user)
        .filter(page__slug=slug)
        .select_related("page")
        .order_by("-number")
    )
    page = found[0].page if found else get_object_or_404(pages, slug=slug)
    context = {"page": page, "versions": found, "readable": pages.filter(pk=page.pk).exists()}
    return render(request, "procedures/versions.html", context)


@open_to(MEMBERS)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a version exactly as it was issued, and what it changed of the one before.

    The versions before and after are those that this member may read.
    """
    readable = ProcedureVersion.objects.visible_to(request.user).select_related("page", "revision")
    version = get_object_or_404(readable, page__slug=slug, number=number)
    others = readable.filter(page=version.page)
    before = others.filter(number__lt=number).order_by("-number").first()
    asked = Recipient.objects.to_read(request.user).filter(circulation__version=version).first()
    context = {
        "version": version,
        "page": version.page,
        "runs": runs(as_issued(version, reader=request.user)),
        "before": before,
        "difference": changed_paragraphs(before.text, version.text) if before else [],
        "after": others.filter(number__gt=number).order_by("number").first(),
        "readable": ProcedurePage.objects.visible_to(request.user).filter(pk=version.page_id),
        "recipient": asked,
        "circulation": asked.circulation if asked else None,
        "today": timezone.localdate(),
    }
    return render(request, "procedures/version.html", context)


def as_issued(version: ProcedureVersion, *, reader: Person) -> list[OutlineLine]:
    """Return a version's paragraphs, each rule linked that this person may read.

    The rules' words are no part of the version: they change while it stays.
    """
    issued = version.revision.as_object()
    found = issued.quotations(reader).items()
    return quoted(issued.lines(), {key: replace(rule, text="") for key, rule in found})


@open_to(MEMBERS)
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand a procedure out as a Word document, its blanks left empty."""
    return _document(request, _readable(request, slug), {})


@open_to(MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for what a local party fills in; show the text with it, or hand it out in Word.

    What was filled in is in the answer alone. Gaps that were not shown yet are shown first.
    """
    page = _readable(request, slug)
    asked = [block.value for block in page.fields]
    if not asked:
        raise Http404(_("There is nothing to fill in here."))
    if request.method == "POST":
        form = FillingForm(asked, request.POST)
    else:
        form = FillingForm(asked, initial={PARTY_NAME: _own_unit(signed_in(request))})
    if not form.is_valid():
        return render(
            request, "procedures/fill.html", _about(page, [], request.user) | {"form": form}
        )
    values = form.cleaned_data
    gaps = [key for key in blanks(page.lines()) if not values.get(key)]
    seen = request.POST.get("seen", "").split(",")
    if "download" in request.POST and set(gaps) <= set(seen):
        return _document(request, page, values)
    labels = {each["key"]: each["label"] for each in asked}
    context = {
        "form": form,
        "shown": True,
        "gaps": [labels.get(key, key) for key in gaps],
        "seen": ",".join(gaps),
    }
    lines = filled_in(page, values, reader=request.user)
    return render(request, "procedures/fill.html", _about(page, lines, request.user) | context)


def _readable(request: HttpRequest, slug: str) -> ProcedurePage:
    return get_object_or_404(ProcedurePage.objects.visible_to(request.user), slug=slug)


def _about(page: ProcedurePage, lines: list[OutlineLine], user: Person) -> dict[str, Any]:
    """Return what every page of a procedure says about it to a member, and its text to be drawn."""
    version = page.versions.visible_to(user).first()
    return {
        "page": page,
        "version": version,
        "standing": page.standing(version),
        "changed": version is not None and page.changed_since(version),
        "overdue": page.review_by < timezone.localdate(),
        "runs": runs(lines),
    }


def _document(request: HttpRequest, page: ProcedurePage, values: Mapping[str, str]) -> HttpResponse:
    name, content = compose_document(page, values, reader=request.user, now=timezone.now())
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=WORD, headers=headers)


def _own_unit(user: Member) -> str:
    """Return the name of the unit where a person holds a post, or nothing."""
    posts = Appointment.objects.active().filter(member=user)
    unit = Unit.objects.filter(appointments__in=posts).order_by("name").first()
    return unit.name if unit else ""
