"""What belongs to the site as a whole."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from membersnet.management.commands.worker import FORGOTTEN_AFTER, SIGN_OF_LIFE
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
    """Say whether a worker showed a sign of life lately; `seen` is in seconds before now."""
    try:
        seen = cache.get(SIGN_OF_LIFE)
    except DatabaseError:
        seen = None
    if seen is None:
        return {"state": "missing"}
    age = (timezone.now() - seen).total_seconds()
    return {"state": "ready" if age < FORGOTTEN_AFTER else "missing", "seen": round(age, 1)}


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
