"""Who may see what, and how an address says so: rights that ask no model."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, Union

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from party.models import Member

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


def sees_every_region(person: Person) -> bool:
    """Say whether a person works for the whole party, and so sees every region."""
    return bool(person.is_active and person.has_perm("party.view_region"))


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
