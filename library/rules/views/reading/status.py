"""What a reader must know before relying on a page: how the text stands, stood, or what became."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from library.rules.models import Edition, Provision, Work
from library.rules.views.reading.addresses import Address, ProvisionNotFound, day_of
from party.permissions import narrowest


def about(
    request: HttpRequest, address: Address, page: Provision | None = None
) -> dict[str, object]:
    """Return what every page of a work needs to say where the reader is."""
    edition = address.shown
    if page:
        page.edition = edition
    audience = narrowest(address.work.audience, page.audience if page else Work.Audience.MEMBERS)
    return {
        "work": address.work,
        "edition": edition,
        "home": address.home,
        "canonical": request.build_absolute_uri(
            f"{edition.get_absolute_url()}{page.path}/" if page else edition.get_absolute_url()
        ),
        "standing": edition.standing(timezone.localdate()),
        "asked_day": _asked_day(request, edition),
        "only_for": "" if audience == Work.Audience.MEMBERS else Work.Audience(audience).label,
    }


def provision_in_force(
    page: Provision, edition: Edition, tokens: Iterable[str]
) -> Provision | None:
    """Return what a page of another edition is in the one in force, if it goes on there."""
    if edition.standing(timezone.localdate()) == Edition.Standing.IN_FORCE:
        return None
    current = Provision.objects.in_force().filter(edition__work=edition.work_id)
    followed = _following(current.readable_by(tokens), [page.lineage])
    return followed.select_related("edition__work").first()


def edition_compared_with(
    chapter: Provision, address: Address, tokens: Iterable[str]
) -> Edition | None:
    """Return the edition before, if it has a chapter of this lineage or at this address.

    A draft is compared with none.
    """
    edition = address.shown
    earlier = [
        each
        for each in address.work.published_editions
        if each.in_force_from < edition.in_force_from
    ]
    if not earlier or edition.status == Edition.Status.DRAFT:
        return None
    tops = earlier[-1].provisions.readable_by(tokens).filter(parent=None)
    held = tops.filter(Q(lineage=chapter.lineage) | Q(path=chapter.path)).exists()
    return earlier[-1] if held else None


def answer_not_found(
    request: HttpRequest, problem: ProvisionNotFound, cited: str = ""
) -> HttpResponse:
    """Answer 404 in a page that says what became of what was asked for, and where it stood."""
    address, edition = problem.address, problem.address.edition
    stood: list[Provision] = _elsewhere(address, problem.tokens) if edition else []
    became: Iterable[Provision] = []
    if edition:
        here = edition.provisions.readable_by(problem.tokens).select_related("edition__work")
        became = _following(here, [each.lineage for each in stood])
    context = {
        "work": address.work,
        "edition": edition,
        "home": address.home,
        "day": address.on,
        "asked": cited or address.place,
        "became": [(each, each.read_below(address.home)) for each in became],
        "stood": stood,
        "above": _nearest(address, problem.tokens) if edition else None,
        "editions": address.work.published_editions,
    }
    return render(request, "rules/not_here.html", context, status=404)


def _asked_day(request: HttpRequest, edition: Edition) -> datetime.date | None:
    """Return the day that led here, if the edition was in force on it."""
    day = day_of(request.GET.get("on", ""))
    return day if day and edition.standing(day) == Edition.Standing.IN_FORCE else None


def _following(provisions: QuerySet[Provision], lineages: Iterable[Any]) -> QuerySet[Provision]:
    """Return which provisions go on from these lineages, the same ones first."""
    wanted = list(lineages)
    found = provisions.filter(
        Q(lineage__in=wanted) | Q(predecessor__lineage__in=wanted) | Q(absorbs__lineage__in=wanted)
    )
    return found.distinct().order_by("position")


def _elsewhere(address: Address, tokens: Iterable[str]) -> list[Provision]:
    """Return what the address means in the work's other editions, the newest first."""
    place = address.place
    return list(
        Provision.objects.published()
        .readable_by(tokens)
        .filter(Q(path__iexact=place) | Q(citation__iexact=place), edition__work=address.work)
        .exclude(edition=address.edition)
        .select_related("edition__work")
        .order_by("-edition__in_force_from")
    )


def _nearest(address: Address, tokens: Iterable[str]) -> tuple[str, str] | None:
    """Return the name and address of the nearest above a place that is in this edition."""
    steps = address.place.replace(".", "/").split("/")
    paths = ["/".join(steps[:count]) for count in range(1, len(steps))]
    found = address.shown.provisions.readable_by(tokens).filter(path__in=paths)
    nearest = found.order_by("-position").first()
    return (str(nearest), nearest.read_below(address.home)) if nearest else None
