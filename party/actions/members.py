"""Who has an account, and what it may do.

The log outlives an account, so it keeps no name, address, number or password: it says that they
changed. Of what an account may do it keeps old and new.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from party.actions.accounts.requests import invite, tell_of_new_address, tell_of_new_password
from party.actions.records import change_record, create_record, locked, remove_record
from party.models import Member
from party.permissions import Person

PRIVATE = frozenset(
    {"email", "first_name", "last_name", "phone", "password", "last_login", "date_joined"}
)


@transaction.atomic
def open_account(
    *,
    email: str,
    first_name: str,
    last_name: str,
    password: str | None = None,
    is_superuser: bool = False,
    groups: Iterable[Group] = (),
    by: Person | None,
    now: datetime.datetime,
) -> Member:
    """Open an account. Without a password they are sent an e-mail with which they choose one.

    Raises ValidationError.
    """
    member = Member(
        email=Member.objects.normalize_email(email).lower(),
        first_name=first_name,
        last_name=last_name,
        is_superuser=is_superuser,
    )
    member.set_password(password or None)
    create_record(member, by=by, now=now)
    member.groups.set(groups)
    if not password:
        invite(member, now=now)
    return member


@transaction.atomic
def change_member(
    member: Member,
    *,
    password: str = "",
    by: Person | None,
    now: datetime.datetime,
    **values: Any,
) -> Member:
    """Change an account, by field; close it with `is_active`. Raises ValidationError.

    Of a new password and a new address they are told by e-mail, at the address they had.
    """
    stored = locked(member)
    old = stored.email
    if "email" in values:
        values["email"] = Member.objects.normalize_email(values["email"]).lower()
    if password:
        values["password"] = make_password(password)
    administrators = Member.objects.filter(is_superuser=True, is_active=True)
    had_one = administrators.exists()
    changed = change_record(stored, values, by=by, now=now, private=PRIVATE)
    if had_one and not administrators.exists():
        raise ValidationError(_("Somebody has to stay an administrator."))
    if password:
        tell_of_new_password(changed, now=now)
    if changed.email != old:
        tell_of_new_address(changed, old, now=now)
    return changed


def sign_out_everywhere(member: Member, *, by: Person, now: datetime.datetime) -> Member:
    """End every session of a member; whoever acts has to renew their own."""
    return change_record(locked(member), {"sessions_from": now}, by=by, now=now)


def remove_member(member: Member, *, by: Person | None, now: datetime.datetime) -> None:
    """Remove an account and all that belongs to it. Raises ValidationError while others need it."""
    remedy = _("Close the account instead: untick “Active”, and end their appointments.")
    remove_record(member, by=by, now=now, private=PRIVATE, remedy=remedy)
