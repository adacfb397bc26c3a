"""Devices on which somebody has signed in before: a stranger's wrong tries do not lock them out.

A signed cookie names the device and, by a mark that only the hub can make, who signed in on it. It
opens nothing by itself: it is where that person's tries are counted apart (docs/accounts.md).
"""

import datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import get_random_string, salted_hmac

COOKIE = "known_device"
SALT = "membersnet.devices"
AGE = datetime.timedelta(days=365)
MOST = 5  # people on one device; the latest stay


def known_device(request: HttpRequest, email: str) -> str:
    """Return the number of the device if this person signed in on it before, or nothing."""
    device, marks = _read(request)
    return device if _mark(email) in marks else ""


def remember_device(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Note on the device that this person signed in on it."""
    device, marks = _read(request)
    marks = [*(mark for mark in marks if mark != _mark(email)), _mark(email)][-MOST:]
    response.set_cookie(
        COOKIE,
        signing.dumps([device or get_random_string(22), marks], salt=SALT),
        max_age=AGE,
        path="/accounts/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return "", []
    return device, marks


def _mark(email: str) -> str:
    return salted_hmac(SALT, email.strip().lower()).hexdigest()[:16]
