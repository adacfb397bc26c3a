"""Asks for a sign-in at every address that is not open to anyone."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from membersnet.notes import note_for_script
from membersnet.unsent_forms import sign_in_first


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks a person by the page for it and a script that wants JSON by 401.

    What a person sent is carried through the sign-in. A script would take the page for an answer,
    and what it sent would be lost. Where an address is open to anyone it does not look who is
    there: Django's looks in any case, so that /healthz would fail with the database of sessions.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # what Django promises is a redirect alone
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if request.accepts("text/html"):
            if request.method == "POST":
                return sign_in_first(request)
            return super().handle_no_permission(request, view_func)
        sentence = _("You are signed out, so nothing was saved. Sign in in another tab.")
        return note_for_script(401, sentence)
