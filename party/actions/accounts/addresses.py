"""Proves by a signature that who reads an address's e-mails wants to sign in with it."""

import datetime
from dataclasses import dataclass

from django.core import signing

from party.models import Member

SALT = "party.accounts.address"
VALID_FOR = datetime.timedelta(days=3)


@dataclass(frozen=True)
class AddressChange:
    """A change that a member asked for: whose, and from which address to which."""

    member: Member
    old: str
    new: str


def sign_change(member: Member, new: str) -> str:
    """Return what proves that an e-mail to the new address was read."""
    return signing.dumps({"member": member.pk, "old": member.email, "new": new}, salt=SALT)


def read_change(signed: str) -> AddressChange | None:
    """Return the change that was signed; None where it is too old, done, or not ours."""
    try:
        asked = signing.loads(signed, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    members = Member.objects.filter(pk=asked["member"], email=asked["old"], is_active=True)
    member = members.first()
    return AddressChange(member, asked["old"], asked["new"]) if member else None
