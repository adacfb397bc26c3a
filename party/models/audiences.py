"""Which audiences a person belongs to."""

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from party.models.members import Member
from party.models.posts import Role
from party.permissions import ANYONE, EDITORS, LEADS, MEMBERS, OFFICERS, Person


def audience_tokens(person: Person) -> frozenset[str]:
    """Return the audiences a person belongs to, as words that the search index stores.

    `anyone` always; `members` when signed in; `officers` with any post, `leads` as a digital lead,
    `editors` (who are all of these) for those who may enter the admin; `region:<slug>` for each
    region they lead; `role:<slug>`, `in:<region>` and `role:<slug>@<region>` for each post held.
    One query.
    """
    if not person.is_authenticated or not person.is_active:
        return frozenset({ANYONE})
    tokens = {ANYONE, MEMBERS}
    if person.has_perm("wagtailadmin.access_admin"):
        tokens |= {OFFICERS, LEADS, EDITORS}
    posts = person.appointments.active()
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
