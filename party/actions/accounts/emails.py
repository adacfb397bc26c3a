"""Writes and sends what goes out about accounts. Only here is looked whose an address is."""

import datetime
from collections.abc import Callable

from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import int_to_base36
from django.utils.translation import gettext as _

from party.actions.accounts.addresses import sign_change
from party.actions.mailing import email_from_the_hub, hub_address, send_due
from party.models import AccountEmail, Member

Kind = AccountEmail.Kind
PAUSE = 300  # seconds between two e-mails to one member that anybody can ask for


def send_due_account_emails(*, now: datetime.datetime) -> int:
    """Send what is due about accounts and forget it; return how many e-mails went out."""
    sent = send_due(AccountEmail.objects.all(), _written, now=now)
    AccountEmail.objects.over().delete()
    return sent


def _written(job: AccountEmail) -> EmailMessage | None:
    if job.kind == Kind.PASSWORD_RESET:
        return _password_reset(job)
    if job.member is None or not job.member.is_active:
        return None
    return _WRITERS[Kind(job.kind)](job, job.member)


def _password_reset(job: AccountEmail) -> EmailMessage | None:
    member = Member.objects.filter(email__iexact=job.address, is_active=True).first()
    if member is None or cache.get_or_set(f"reset-sent:{member.pk}", job.pk, PAUSE) != job.pk:
        return None
    link = _password_link(member)
    return _email(_("Choose a new password"), "password_reset", to=member.email, link=link)


def _invitation(job: AccountEmail, member: Member) -> EmailMessage | None:
    if member.has_usable_password():
        return None
    link = _password_link(member)
    return _email(_("Choose a password"), "invitation", to=member.email, link=link)


def _address_confirmation(job: AccountEmail, member: Member) -> EmailMessage:
    if Member.objects.filter(email__iexact=job.address).exists():
        return _email(_("About your e-mail address"), "address_taken", to=job.address)
    link = reverse("party:confirm_address", args=[sign_change(member, job.address)])
    return _email(
        _("Confirm your e-mail address"), "address_confirmation", to=job.address, link=link
    )


def _address_changed(job: AccountEmail, member: Member) -> EmailMessage:
    return _email(_("Your e-mail address was changed"), "address_changed", to=job.address)


def _password_changed(job: AccountEmail, member: Member) -> EmailMessage:
    link = reverse("account_reset_password")
    return _email(_("Your password was changed"), "password_changed", to=job.address, link=link)


_WRITERS: dict[Kind, Callable[[AccountEmail, Member], EmailMessage | None]] = {
    Kind.INVITATION: _invitation,
    Kind.ADDRESS_CONFIRMATION: _address_confirmation,
    Kind.ADDRESS_CHANGED: _address_changed,
    Kind.PASSWORD_CHANGED: _password_changed,
}


def _password_link(member: Member) -> str:
    """Return where a member chooses a password; it works once, for `PASSWORD_RESET_TIMEOUT`."""
    key = default_token_generator.make_token(member)
    return reverse("account_reset_password_from_key", args=[int_to_base36(member.pk), key])


def _email(subject: str, template: str, *, to: str, link: str = "") -> EmailMessage:
    context = {"site": hub_address(), "link": hub_address() + link}
    body = render_to_string(f"party/email/account/{template}.txt", context)
    return email_from_the_hub(subject, body, to=to)
