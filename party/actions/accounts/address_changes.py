"""Changes the address with which a member signs in."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ground.refusals import Refused
from party.actions.accounts.addresses import AddressChange
from party.actions.members import change_member
from party.models import Member


def confirm_change(change: AddressChange, *, now: datetime.datetime) -> Member:
    """Change the address. Raises Refused where another account has it by now."""
    try:
        return change_member(change.member, email=change.new, by=change.member, now=now)
    except ValidationError:
        raise Refused(
            _("Your e-mail address is unchanged: the new one cannot be used. Choose another one.")
        ) from None
