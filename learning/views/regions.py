"""A region's picture: which posts are held by trained people, and who to ring today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.models import Coverage, PostState, posts_of
from learning.models.home import regions_at_a_glance
from learning.models.outreach import calls_for
from learning.models.region_map import hexagons
from party.models import Appointment, Region, Role, Unit
from party.permissions import LEADS, MEMBERS, open_to


@open_to(LEADS)
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """List the regions a person may see; with one alone, go there."""
    visible = Region.objects.visible_to(request.user)
    glances = regions_at_a_glance(visible, on=timezone.localdate())
    if len(glances) == 1:
        return redirect(glances[0][0])
    return render(request, "learning/regions.html", {"glances": glances})


@open_to(LEADS)
@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a region as one number, whom to ring, a map and a table; 404 to all but its leads."""
    found = get_object_or_404(Region.objects.visible_to(request.user), slug=slug)
    today = timezone.localdate()
    units = list(Unit.objects.active(today).filter(region=found))
    posts = posts_of(units, on=today)
    coverage = Coverage.of(posts)
    wanted = request.GET.get("state", "")
    state = PostState(wanted) if wanted in PostState.values else None
    shown = [post for post in posts if state in {None, post.state}]
    context = {
        "region": found,
        "coverage": coverage,
        "states": [(state, coverage.counts[state]) for state in PostState],
        "calls": calls_for(posts, on=today),
        "map": hexagons(posts),
        "posts": shown,
        "wanted": state,
    }
    return render(request, "learning/region.html", context)


@open_to(MEMBERS)
@require_safe
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a unit's posts to its region's lead and to its own officers; 404 to others."""
    found = get_object_or_404(
        Unit.objects.visible_to(request.user).select_related("region"), slug=slug
    )
    today = timezone.localdate()
    past = found.appointments.filter(valid_until__lte=today).select_related("member", "role")
    secretaries = Appointment.objects.active(today).filter(unit=found, role__slug=Role.SECRETARY)
    context = {
        "unit": found,
        "posts": posts_of([found], on=today),
        "secretaries": secretaries.select_related("member"),
        "past": past,
        "may_see_region": Region.objects.visible_to(request.user).filter(pk=found.region_id),
    }
    return render(request, "learning/unit.html", context)
