"""How people get in: accounts are made by the Party, never by signing up (docs/accounts.md).

Whoever is signed out gets the same answer, after the same work, whatever the hub knows of them.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm, UserTokenForm
from allauth.account.urls import urlpatterns as allauth_addresses
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from membersnet.devices import known_device, remember_device
from membersnet.unsent_forms import carried_form, send_again
from membersnet.views import nothing_here
from party.actions.accounts.requests import ask_for_new_password
from party.actions.members import change_member
from party.models import Member
from party.permissions import ANYONE, open_to

# Of what allauth offers; the rest answers 404, also what a later version adds.
OPEN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
    }
)


def addresses() -> list[URLPattern | URLResolver]:
    """Return allauth's addresses: those that are open, and 404 at all others, by their names."""
    closed = open_to(ANYONE)(nothing_here)
    return [
        one if one.name in OPEN else URLPattern(one.pattern, closed, None, one.name)
        for one in allauth_addresses
    ]


class HubAccounts(DefaultAccountAdapter):
    """Sign-in as the hub wants it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not belong together."),
        "enter_current_password": _("This is not your current password."),
        "too_many_login_attempts": _(
            "Too many wrong passwords were entered. Wait 5 minutes and try again, or choose a new "
            "password under “I forgot my password”."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up: a membership is checked elsewhere before an account is made."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try, which a password that is right takes back; raise ValidationError after many.

        Tries are counted by address of origin and person together. A device on which this person
        signed in before is counted by itself, so nobody else's tries keep them out.
        """
        email = credentials.get("email", "").lower()
        device = known_device(request, email)
        usage = ratelimit.RateLimitUsage(usage=[])
        for action, key in _limits(device, ratelimit.get_ip(request), email):
            counted = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if not counted:
                raise self.validation_error("too_many_login_attempts")
            usage.usage += counted.usage
        self._login_failed_rl_usage = usage

    def post_login(self, request: HttpRequest, user: Member, **given: Any) -> HttpResponse:
        response = super().post_login(request, user, **given)
        if unsent := carried_form(request):
            response = send_again(request, unsent)
        remember_device(request, response, user.email)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("party:account")

    def set_password(self, user: Member, password: str) -> None:
        user.password = change_member(user, password=password, by=user, now=timezone.now()).password

    def send_notification_mail(self, *args: Any, **given: Any) -> None:
        """Send nothing here: the action that changed something has told them."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refuse to send while somebody waits for an answer: it would tell what is known."""
        raise NotImplementedError(f"{template_prefix} has to leave from a job.")


def _limits(device: str, origin: str, email: str) -> list[tuple[str, str]]:
    """Return what a try is counted against: names of rates in the settings, and whose."""
    if device:
        return [("login_failed_on_device", f"{device}:{email}")]
    return [("login_failed", f"{origin}:{email}"), ("login_failed_for_person", email)]


class ForgottenPasswordForm(ResetPasswordForm):
    """Asks for an e-mail address, and never looks whose it is."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **given: Any) -> str:
        email = str(self.cleaned_data["email"])
        ask_for_new_password(email, now=timezone.now())
        return email


class PasswordLinkForm(UserTokenForm):
    """Takes a link to choose a password, unless the account was closed since."""

    def _get_user(self, uidb36: str) -> Member | None:
        member = super()._get_user(uidb36)
        return member if member and member.is_active else None
