"""What belongs to the site as a whole."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from ground.jobs.signs import silent_queues
from party.permissions import ANYONE, open_to


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


@open_to(ANYONE)
def health(request: HttpRequest, index: Callable[[], dict[str, Any]]) -> JsonResponse:
    """Answer 200 when database, worker and index are ready, 503 while one of them is not."""
    state = {"database": database_state(), "worker": worker_state()}
    try:
        state["index"] = index()
    except DatabaseError:
        state["index"] = {"state": "down"}
    ready = all(part["state"] in {"ready", "behind"} for part in state.values())
    response = JsonResponse(
        {"state": "ready" if ready else "not ready", **state}, status=200 if ready else 503
    )
    response["Cache-Control"] = "no-store"
    return response


def nothing_here(request: HttpRequest, **captured: str) -> HttpResponse:
    """Answer 404 where a library would offer an address that the hub does not want."""
    raise Http404


@open_to(ANYONE)
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the one sign-in; say no to a member who is signed in and may not edit."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"{reverse('account_login')}?{request.META['QUERY_STRING']}")
