"""What belongs to the site as a whole."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseServerError,
    JsonResponse,
)
from django.middleware.csrf import REASON_BAD_ORIGIN, get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as csrf_failure_page

from ground.jobs.signs import silent_queues
from ground.outages import RETRY_AFTER, outage_of
from membersnet.notes import note, note_for_script
from membersnet.operators import is_operator
from membersnet.unsent_forms import carried_form, send_again, sign_in_first, unsent_form
from party.permissions import ANYONE, open_to

logger = logging.getLogger(__name__)
OTHER_ORIGIN = REASON_BAD_ORIGIN.partition("%")[0]


def database_state() -> dict[str, Any]:
    """Say whether the database answers, and which it is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"state": "down"}
    return {"state": "ready", "vendor": connection.vendor}


def worker_state() -> dict[str, Any]:
    """Say whether each queue has a worker that showed a sign of life lately."""
    try:
        missing = list(silent_queues(timezone.now()))
    except DatabaseError:
        missing = list(settings.QUEUES)
    return {"state": "missing", "queues": missing} if missing else {"state": "ready"}


def state_of(part: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what a part of the hub says of itself; whatever goes wrong in it, it is down."""
    try:
        return part()
    except Exception:  # a full disk, a cluster that is away: health must be told in every trouble
        logger.exception("A part of the hub does not answer.")
        return {"state": "down"}


@open_to(ANYONE)
def health(request: HttpRequest, index: Callable[[], dict[str, Any]]) -> JsonResponse:
    """Answer 200 when database, worker and index are ready, 503 while one of them is not.

    Anybody may know that; only operators are told what it is that is missing.
    """
    parts = {"database": database_state, "worker": worker_state, "index": index}
    state = {name: state_of(part) for name, part in parts.items()}
    ready = all(part["state"] in {"ready", "behind"} for part in state.values())
    told = {"state": "ready" if ready else "not ready"}
    details = state if is_operator(request) else {}
    response = JsonResponse({**told, **details}, status=200 if ready else 503)
    response["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Say what a trouble of the machine's means for the person; the usual page for our own errors.

    Django calls this while it handles the error.
    """
    outage = outage_of(sys.exc_info()[1])
    if outage is None:
        return HttpResponseServerError(render_to_string("500.html"))
    writing = request.method not in {"GET", "HEAD", "OPTIONS"}
    response = note(request, outage.status, str(outage.heading), outage.told(writing=writing))
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form is out of date: in a page that can send it again, or in JSON to a script.

    The answer puts a token that holds into the cookie, so that a script may send once more. Only
    what a page of our own sent is offered to be sent again: the browser says so by the origin.
    """
    get_token(request)
    if request.accepts("text/html"):
        if "Origin" in request.headers and not reason.startswith(OTHER_ORIGIN):
            return _stale_form(request) or csrf_failure_page(request, reason)
        return csrf_failure_page(request, reason)
    sentence = _(
        "You signed in again since you opened this page, so nothing was saved. Save it again."
    )
    return note_for_script(403, sentence, reason=reason)


def _stale_form(request: HttpRequest) -> HttpResponse | None:
    """Offer to send a form of our own again, after signing in where its address asks for that."""
    match = request.resolver_match
    closed = match is None or getattr(match.func, "login_required", True)
    if not request.user.is_authenticated and (closed or carried_form(request)):
        return sign_in_first(request)
    form = unsent_form(request)
    return send_again(request, form, status=403) if form else None


def nothing_here(request: HttpRequest, **captured: str) -> HttpResponse:
    """Answer 404 where a library would offer an address that the hub does not want."""
    raise Http404


@open_to(ANYONE)
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the one sign-in; say no to a member who is signed in and may not edit."""
    if request.user.is_authenticated:
        list(messages.get_messages(request))  # Wagtail's, which says the same as the page
        raise PermissionDenied
    return redirect(f"{reverse('account_login')}?{request.META['QUERY_STRING']}")
