"""A certificate, and its public check."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.models import Attempt, Certificate
from learning.models.certification import tidy_code
from party.permissions import ANYONE, MEMBERS, open_to

A_PAGE = 50


@open_to(MEMBERS)
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Show a person all their certificates, a page at a time, those that last longest first."""
    mine = Certificate.objects.visible_to(request.user).order_by("-valid_until", "-pk")
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "learning/certificates.html", {"page": page})


@open_to(MEMBERS)
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Show a person their own certificate, to print or to share.

    With `?earned` it congratulates: the page that follows what earned it.
    """
    found = get_object_or_404(Certificate.objects.visible_to(request.user), code=tidy_code(code))
    address = request.build_absolute_uri(reverse("learning:verify", args=[found.code]))
    state = found.state()
    earned = "earned" in request.GET and state == Certificate.State.VALID
    context = {
        "certificate": found,
        "state": state,
        "address": address,
        "earned": earned,
        "attempt": _earning_attempt(found) if earned else None,
    }
    return render(request, "learning/certificate.html", context)


def _earning_attempt(certificate: Certificate) -> Attempt | None:
    """Return the attempt by which a certificate was earned, where it was by one."""
    attempts = Attempt.objects.filter(
        enrolment__member=certificate.member_id,
        enrolment__course=certificate.course_id,
        submitted_at=certificate.issued_at,
    )
    return attempts.select_related("quiz").defer("quiz__questions").first()


@open_to(ANYONE)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and go to its check."""
    typed = request.GET.get("code", "")
    code = tidy_code(typed)
    if code:
        return redirect("learning:verify", code)
    error = _("Enter the code that is printed on the certificate.") if "code" in request.GET else ""
    return render(request, "learning/check.html", {"error": error})


@open_to(ANYONE)
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a certificate with this code is worth today; 404 where there is none."""
    tidy = tidy_code(code)
    if tidy and tidy != code:
        return redirect("learning:verify", tidy)
    found = Certificate.objects.filter(code=tidy).first()
    context = {"certificate": found, "state": found.state() if found else None, "code": code}
    return render(request, "learning/verify.html", context, status=200 if found else 404)
