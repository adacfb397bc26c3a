"""Who may see what, and how an address says so."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required

from party.models import Appointment, Region, Unit

ANYONE = "anyone"
MEMBERS = "members"
LEADS = "leads"  # a region's digital lead; the view answers 404 to everybody else
EDITORS = "editors"

View = TypeVar("View", bound=Callable[..., Any])


def open_to(audience: str) -> Callable[[View], View]:
    """Declare who may see an address.

    Every view of ours carries one of these words; a test walks all addresses and fails where one
    is missing. Only `ANYONE` lifts the sign-in that the middleware asks for everywhere else.
    """

    def declare(view: View) -> View:
        if audience == ANYONE:
            view = login_not_required(view)
        view.open_to = audience  # type: ignore[attr-defined]  # a declaration on the function
        return view

    return declare


def sees_every_region(user: Any) -> bool:
    """Say whether a person works for the whole party, and so sees every region."""
    return bool(user.is_active and user.has_perm("party.view_region"))


def can_see_region(user: Any, region: Region) -> bool:
    """Say whether a person may see a region's posts; agrees with `Region.visible_to`."""
    if sees_every_region(user):
        return True
    return (
        user.is_authenticated and Appointment.objects.leading(user).filter(region=region).exists()
    )


def can_see_unit(user: Any, unit: Unit) -> bool:
    """Say whether a person may see a unit's posts; agrees with `Unit.visible_to`."""
    if can_see_region(user, unit.region):
        return True
    return (
        user.is_authenticated
        and Appointment.objects.active().filter(member=user, unit=unit).exists()
    )


def audience_tokens(user: Any) -> frozenset[str]:
    """Return the audiences a person belongs to, as words that the search index stores.

    `anyone` always; `members` when signed in; `editors` for those who may enter the admin;
    `region:<slug>` for each region she leads.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset({ANYONE})
    tokens = {ANYONE, MEMBERS}
    if user.has_perm("wagtailadmin.access_admin"):
        tokens.add(EDITORS)
    leading = Appointment.objects.leading(user).values_list("region__slug", flat=True)
    tokens.update(f"region:{slug}" for slug in leading)
    return frozenset(tokens)
