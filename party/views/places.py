"""The pages of regions and units: party draws the frame, other apps the panels in it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from party.models import Region, Unit
from party.models.places import can_see_region
from party.panels import PlacePage, panels_of
from party.permissions import LEADS, MEMBERS, open_to


@open_to(LEADS)
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """List the regions a person may see; with one alone, go there, and 404 without any."""
    visible = Region.objects.visible_to(request.user)
    first_two = list(visible[:2])
    if not first_two:
        raise Http404
    if len(first_two) == 1:
        return redirect(first_two[0])
    return render(request, "party/regions.html", _panels(request, PlacePage.REGIONS, visible))


@open_to(LEADS)
@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a region; 404 to all but its leads."""
    place = get_object_or_404(Region.objects.visible_to(request.user), slug=slug)
    context = {"region": place, **_panels(request, PlacePage.REGION, place)}
    return render(request, "party/region.html", context)


@open_to(MEMBERS)
@require_safe
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a unit to its region's lead and to its own officers; 404 to others."""
    visible = Unit.objects.visible_to(request.user).select_related("region")
    place = get_object_or_404(visible, slug=slug)
    past = place.appointments.over(timezone.localdate())
    context = {
        "unit": place,
        "past": past.select_related("member", "role"),
        "may_see_region": can_see_region(request.user, place.region),
        **_panels(request, PlacePage.UNIT, place),
    }
    return render(request, "party/unit.html", context)


def _panels(request: HttpRequest, page: PlacePage, place: Any) -> dict[str, Any]:
    """Return a page's panels as they are drawn, and the style sheets they need, each once."""
    panels = panels_of(page)
    sheets = dict.fromkeys(sheet for panel in panels for sheet in panel.stylesheets)
    drawn = [
        render_to_string(panel.template, panel.context(request, place), request) for panel in panels
    ]
    return {"panels": drawn, "stylesheets": list(sheets)}
