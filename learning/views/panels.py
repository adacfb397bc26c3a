"""Learning’s panels: which posts of a region or unit are held by trained people, who to ring."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from learning.models import Coverage, PostState, posts_of
from learning.models.follow_ups import follow_ups
from learning.models.home import regions_at_a_glance
from learning.models.region_map import hexagons
from party.models import Appointment, Region, Role, Unit
from party.panels import Panel


def regions_context(request: HttpRequest, regions: QuerySet[Region]) -> dict[str, Any]:
    """Gather each region's coverage."""
    return {"glances": regions_at_a_glance(regions, on=timezone.localdate())}


def region_context(request: HttpRequest, region: Region) -> dict[str, Any]:
    """Gather a region's posts, cut down to one state where the address asks for it."""
    today = timezone.localdate()
    units = list(Unit.objects.active(today).filter(region=region))
    posts = posts_of(units, on=today)
    coverage = Coverage.of(posts)
    asked = request.GET.get("state", "")
    state = PostState(asked) if asked in PostState.values else None
    return {
        "coverage": coverage,
        "states": [(each, coverage.counts[each]) for each in PostState],
        "follow_ups": follow_ups(posts, on=today),
        "map": hexagons(posts),
        "posts": [post for post in posts if state in {None, post.state}],
        "wanted": state,
    }


def unit_context(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    """Gather a unit's posts, and whom to ask where one is vacant."""
    today = timezone.localdate()
    secretaries = Appointment.objects.active(today).filter(unit=unit, role__slug=Role.SECRETARY)
    return {
        "posts": posts_of([unit], on=today),
        "secretaries": secretaries.select_related("member"),
    }


STYLESHEETS = ("learning/learning.css",)
REGIONS = Panel("learning/panels/regions.html", regions_context, STYLESHEETS)
REGION = Panel("learning/panels/region.html", region_context, STYLESHEETS)
UNIT = Panel("learning/panels/unit.html", unit_context, STYLESHEETS)
