"""The pages of rules: every address below `/rules/` is answered or led on from here."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from library.rules.models import Edition, Follow, Provision, Work
from library.rules.views import related_pages
from library.rules.views.reading import addresses, status
from library.rules.views.reading.addresses import Address, ProvisionNotFound
from library.rules.views.reading.navigation import Contents
from library.rules.views.reading.rendering import draw
from party.models.audiences import audience_tokens
from party.permissions import MEMBERS, open_to

SIZES = ("normal", "large", "larger")
SIZE = "text-size"  # the cookie that keeps the reader's choice
A_YEAR = 60 * 60 * 24 * 365  # seconds


@open_to(MEMBERS)
def works(request: HttpRequest) -> HttpResponse:
    """List the works this member may read, each with the edition that is shown."""
    today = timezone.localdate()
    found = Work.objects.visible_to(request.user).published()
    shown = [(work, edition) for work in found if (edition := work.edition_to_show(today))]
    context = {
        "works": [(work, edition, edition.standing(today)) for work, edition in shown],
        "related": related_pages.templates(),
    }
    return render(request, "rules/works.html", context)


@open_to(MEMBERS)
def work(request: HttpRequest, work: str) -> HttpResponse:
    """Show the contents of the edition that is in force; with `cite`, lead to what is cited."""
    found = addresses.published_work(request, work)
    if cited := request.GET.get("cite", "").strip():
        return _go_to(request, found, cited)
    return show_contents(request, addresses.read_address(found))


@open_to(MEMBERS)
def place(request: HttpRequest, work: str, place: str) -> HttpResponse:
    """Show a page of rules, or lead to where what the address names is read."""
    tokens = audience_tokens(request.user)
    address = addresses.read_address(addresses.published_work(request, work), place)
    try:
        if address.edition is None:
            raise ProvisionNotFound(address, tokens)
        if not address.place:
            return _edition(request, address)
        provision = addresses.find_provision(address, tokens)
    except ProvisionNotFound as problem:
        return status.answer_not_found(request, problem)
    url = provision.read_below(address.home)
    if request.path != url:
        return redirect(_on_the_day(url, address))
    return show_page(request, address, provision, tokens)


@open_to(MEMBERS)
def lineage(request: HttpRequest, lineage: uuid.UUID) -> HttpResponse:
    """Lead from a provision's permanent address to where it is read now, or was read last."""
    found = list(
        Provision.objects.visible_to(request.user)
        .filter(lineage=lineage)
        .select_related("edition__work")
        .order_by("edition__in_force_from")
    )
    if not found:
        raise Http404
    today = timezone.localdate()
    holds = [each for each in found if each.edition.standing(today) == Edition.Standing.IN_FORCE]
    response = redirect((holds or found)[-1])
    response.status_code = 303
    return response


@open_to(MEMBERS)
@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Keep how large a reader wants the text, and lead back to what was read."""
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    if (size := request.POST.get("size", "")) in SIZES:
        response.set_cookie(SIZE, size, max_age=A_YEAR, httponly=True, samesite="Lax")
    return response


def _go_to(request: HttpRequest, work: Work, cited: str) -> HttpResponse:
    """Lead to what a reader cited, or say what was not found."""
    tokens = audience_tokens(request.user)
    address = addresses.read_address(work, addresses.cited_place(cited))
    try:
        provision = addresses.find_provision(address, tokens)
    except ProvisionNotFound as problem:
        return status.answer_not_found(request, problem, cited)
    return redirect(provision.read_below(address.home))


def _edition(request: HttpRequest, address: Address) -> HttpResponse:
    if request.path != address.home:
        return redirect(_on_the_day(address.home, address))
    return show_contents(request, address)


def show_contents(request: HttpRequest, address: Address) -> HttpResponse:
    contents = Contents(address.shown, audience_tokens(request.user), address.home)
    clauses = [entry for entry in contents.entries if entry.depth] or contents.entries
    context = {
        "entries": contents.entries,
        "example": clauses[0].provision.citation if clauses else "",
        "followed": Follow.objects.visible_to(request.user).lineages(address.work),
    }
    return render(request, "rules/work.html", status.about(request, address) | context)


def show_page(
    request: HttpRequest, address: Address, page: Provision, tokens: frozenset[str]
) -> HttpResponse:
    """Show a chapter, clause or whatever else is on top, with all that stands below it."""
    contents = Contents(address.shown, tokens, address.home)
    previous, following = contents.beside(page)
    above = contents.above(page)
    chapter = above[0].provision if above else page
    drawn = draw(page, address.shown, tokens, address.home, request.user)
    context: dict[str, Any] = {
        "page": page,
        "chapter": chapter,
        "before": status.edition_compared_with(chapter, address, tokens),
        "followed": Follow.objects.visible_to(request.user).lineages(address.work),
        "drawn": drawn,
        "example": drawn.example or page.citation,
        "entries": contents.opened_at(page),
        "above": above,
        "below": contents.below(page),
        "previous": previous,
        "next": following,
        "size": size if (size := request.COOKIES.get(SIZE)) in SIZES else SIZES[0],
        "sizes": SIZES,
        "present": status.provision_in_force(page, address.shown, tokens),
    }
    return render(request, "rules/chapter.html", status.about(request, address, page) | context)


def _on_the_day(url: str, address: Address) -> str:
    """Return the address with the day that was asked for, for the banner."""
    if not address.on:
        return url
    page, hash_, anchor = url.partition("#")
    return f"{page}?on={address.on.isoformat()}{hash_}{anchor}"
