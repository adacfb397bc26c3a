"""Asks for e-mails about accounts. A worker sends them: whoever asks waits for no mail server.

Nothing here looks whose an address is, so that who asks learns nothing from the answer, nor from
how long it took (docs/accounts.md).
"""

import datetime

from django.db import transaction

from party.models import AccountEmail, Member
from party.tasks import send_account_emails

Kind = AccountEmail.Kind


def ask_for_new_password(address: str, *, now: datetime.datetime) -> None:
    """Have an e-mail sent with which whoever has this address chooses a new password."""
    _queue(Kind.PASSWORD_RESET, address, None, now)


def invite(member: Member, *, now: datetime.datetime) -> None:
    """Have an e-mail sent with which a member chooses the first password of their account."""
    _queue(Kind.INVITATION, member.email, member, now)


def ask_to_confirm_address(member: Member, address: str, *, now: datetime.datetime) -> None:
    """Have an e-mail sent to an address that a member wants to sign in with from now on."""
    _queue(Kind.ADDRESS_CONFIRMATION, address, member, now)


def tell_of_new_address(member: Member, old: str, *, now: datetime.datetime) -> None:
    """Have an e-mail sent to a member's former address, should somebody else have changed it."""
    _queue(Kind.ADDRESS_CHANGED, old, member, now)


def tell_of_new_password(member: Member, *, now: datetime.datetime) -> None:
    """Have an e-mail sent to a member whose password was changed, should it not have been them."""
    _queue(Kind.PASSWORD_CHANGED, member.email, member, now)


def send_what_was_left(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Have the e-mails sent that wait for the mail server, for their next try, or for a worker."""
    if AccountEmail.objects.due(now).exists() or AccountEmail.objects.lost(now).exists():
        send_account_emails.enqueue()


@transaction.atomic
def _queue(kind: Kind, address: str, member: Member | None, now: datetime.datetime) -> None:
    AccountEmail.objects.create(kind=kind, address=address, member=member, created_at=now)
    transaction.on_commit(lambda: send_account_emails.enqueue(), robust=True)
