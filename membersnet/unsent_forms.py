"""A form that comes after its session ended: kept in the pages that follow, and sent once more.

Nothing of it is stored in the hub, where strangers could fill the disk with such forms. It travels,
signed, in the sign-in page, and comes back with the sign-in.
"""

import dataclasses
import datetime
from urllib.parse import urlsplit

from allauth.account.forms import LoginForm
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "unsent_form"
SALT = "membersnet.unsent_forms"
AGE = datetime.timedelta(days=1)
ENCODINGS = {"application/x-www-form-urlencoded", "multipart/form-data"}
BESIDE = 10_000  # bytes that a sign-in takes beside the form that it carries


@dataclasses.dataclass(frozen=True)
class UnsentForm:
    """What was entered, where it was to go, and the page that it was entered on."""

    address: str
    encoding: str
    fields: list[tuple[str, str]]
    with_files: bool  # they cannot be kept in a page
    page: str


def carried_form(request: HttpRequest) -> UnsentForm | None:
    """Return the form that a sign-in carries, or None."""
    return _unpack(request.POST[FIELD]) if FIELD in request.POST else None


def unsent_form(request: HttpRequest) -> UnsentForm | None:
    """Return the form that a request holds or carries, or None where it cannot be kept.

    A form with a password in it is not kept: it would lie in the pages that follow.
    """
    if carried := carried_form(request):
        return carried
    if request.content_type not in ENCODINGS or any("password" in name for name in request.POST):
        return None
    return UnsentForm(
        address=request.get_full_path(),
        encoding=request.content_type,
        fields=[
            (name, value)
            for name, values in request.POST.lists()
            if name != "csrfmiddlewaretoken"
            for value in values
        ],
        with_files=bool(request.FILES),
        page=page_of(request),
    )


def page_of(request: HttpRequest) -> str:
    """Return the path of the page that a form was sent from, or of the home page if untold."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return "/"
    return urlsplit(referer)._replace(scheme="", netloc="").geturl()


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Answer a form of somebody who is signed out with the sign-in page, which carries it on."""
    form = unsent_form(request)
    packed = _pack(form) if form else ""
    context = {
        "form": LoginForm(request=request),
        "signed_out": True,
        "unsent_form": packed,
        "redirect_field_name": "next",
        "redirect_field_value": form.page if form else page_of(request),
    }
    return render(request, "account/login.html", context, status=401)


def send_again(request: HttpRequest, form: UnsentForm, *, status: int = 200) -> HttpResponse:
    """Answer with a page that sends a form once more, with a token that holds now."""
    return render(request, "account/send_again.html", {"unsent": form}, status=status)


def _pack(form: UnsentForm) -> str:
    """Return a form as signed text, or nothing where the sign-in could not take so much."""
    packed = signing.dumps(dataclasses.astuple(form), salt=SALT, compress=True)
    return packed if len(packed) + BESIDE <= settings.SMALL_BODY else ""


def _unpack(packed: str) -> UnsentForm | None:
    try:
        return UnsentForm(*signing.loads(packed, salt=SALT, max_age=AGE))
    except signing.BadSignature:
        return None
