"""Asks for a sign-in at every address that is not open to anyone."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class SignInMiddleware(LoginRequiredMiddleware):
    """Does not look who is there where an address is open to anyone.

    Django's looks in any case, so that /healthz would fail with the database that holds sessions.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
