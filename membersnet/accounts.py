"""How people get in: accounts are made by the Party, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccounts(DefaultAccountAdapter):
    """Refuses sign-up: a membership is checked elsewhere before an account is made."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
