"""Who may see what, and how an address says so."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, Union

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from party.models import Appointment, Member, Region, Role, Unit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

ANYONE = "anyone"
MEMBERS = "members"
OFFICERS = "officers"  # whoever holds any post at present
LEADS = "leads"  # a region's digital lead; the view answers 404 to everybody else
EDITORS = "editors"
LADDER = (ANYONE, MEMBERS, OFFICERS, LEADS, EDITORS)  # each belongs to all before it too

# Whoever acts or reads. Named, not imported, so that models may import this file.
Person: TypeAlias = Union["Member", "AnonymousUser"]

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


def signed_in(request: HttpRequest) -> "Member":
    """Return the member who asks, at an address that is open to members or fewer."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def sees_every_region(user: Person) -> bool:
    """Say whether a person works for the whole party, and so sees every region."""
    return bool(user.is_active and user.has_perm("party.view_region"))


def can_see_region(user: Person, region: Region) -> bool:
    """Say whether a person may see a region's posts; agrees with `Region.visible_to`."""
    if sees_every_region(user):
        return True
    return (
        user.is_authenticated and Appointment.objects.leading(user).filter(region=region).exists()
    )


def can_see_unit(user: Person, unit: Unit) -> bool:
    """Say whether a person may see a unit's posts; agrees with `Unit.visible_to`."""
    if can_see_region(user, unit.region):
        return True
    return (
        user.is_authenticated
        and Appointment.objects.active().filter(member=user, unit=unit).exists()
    )


def audience_tokens(user: Person) -> frozenset[str]:
    """Return the audiences a person belongs to, as words that the search index stores.

    `anyone` always; `members` when signed in; `officers` with any post, `leads` as a digital lead,
    `editors` (who are all of these) for those who may enter the admin; `region:<slug>` for each
    region she leads; `role:<slug>`, `in:<region>` and `role:<slug>@<region>` for each post held.
    One query.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset({ANYONE})
    tokens = {ANYONE, MEMBERS}
    if user.has_perm("wagtailadmin.access_admin"):
        tokens |= {OFFICERS, LEADS, EDITORS}
    posts = Appointment.objects.active().filter(member=user)
    place = Coalesce("unit__region__slug", "region__slug")
    for role, led, region in posts.values_list("role__slug", "region__slug", place):
        tokens |= {OFFICERS, f"role:{role}"}
        if region:
            tokens |= {f"in:{region}", f"role:{role}@{region}"}
        if led and role == Role.DIGITAL_LEAD:
            tokens |= {LEADS, f"region:{led}"}
    return frozenset(tokens)


def editors() -> QuerySet[Member]:
    """Return the members who may enter the admin; agrees with `audience_tokens`."""
    access = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    enters = Q(groups__permissions__in=access) | Q(user_permissions__in=access)
    return Member.objects.filter(Q(is_superuser=True) | enters, is_active=True).distinct()


def narrowest(*audiences: str) -> str:
    """Return which of some audiences of the `LADDER` is the narrowest."""
    return max(audiences, key=LADDER.index)


def tokens_of(roles: Iterable[str], regions: Iterable[str]) -> tuple[str, ...]:
    """Return the audiences that hold one of these roles in one of these regions (their slugs).

    Without roles or regions that does not matter; without either it is every member. Whoever has
    one of the words returned, by `audience_tokens`, belongs to the audience. Editors always do.
    """
    roles, regions = list(roles), list(regions)
    if roles and regions:
        found = [f"role:{role}@{region}" for role in roles for region in regions]
    else:
        found = [f"role:{role}" for role in roles] + [f"in:{region}" for region in regions]
    return (*found, EDITORS) if found else (MEMBERS,)
