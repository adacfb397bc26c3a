"""The home page: what to do next."""

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ground.prepared import Prepared, day, key
from learning.models.home import (
    certificates_of,
    courses_under_way,
    due_for,
    regions_at_a_glance,
)
from library.procedures.models import Recipient
from library.rules.models import CitationFlag
from party.models import Appointment, Notice, Region
from party.permissions import MEMBERS, open_to, signed_in

LATEST = 3  # notices, certificates
FEW_REGIONS = 3  # whoever sees more is led to the list of them


def _notices() -> models.QuerySet[Notice]:
    own = Notice.objects.filter(member=key("member"))
    unread = own.unread().order_by().values("member").annotate(n=models.Count("pk")).values("n")
    return own.annotate(unread=Coalesce(models.Subquery(unread), 0))[:LATEST]


def _leads() -> models.QuerySet[Appointment]:
    own = Appointment.objects.active(day("on")).filter(member=key("member"))
    leading = Appointment.objects.leading(day("on")).select_related("member", "region")
    return leading.filter(region__in=own.values("unit__region"))


APPOINTMENTS: Prepared[Appointment] = Prepared(
    lambda: (
        Appointment.objects.active(day("on"))
        .filter(member=key("member"))
        .select_related("role", "unit__region", "region")
    )
)
LEADS: Prepared[Appointment] = Prepared(_leads)
NOTICES: Prepared[Any] = Prepared(_notices)
FLAGGED: Prepared[tuple[str, str]] = Prepared(
    lambda: CitationFlag.objects.open().filter(citing__owner=key("member")).texts()
)
TO_READ: Prepared[Recipient] = Prepared(lambda: Recipient.objects.to_read_by(key("member")))


@open_to(MEMBERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what to continue, what is due, whom to ask, and for a lead their regions."""
    user, today = signed_in(request), timezone.localdate()
    own: dict[str, Any] = {"member": user.pk, "on": today}
    appointments = APPOINTMENTS(**own)
    regions = list(Region.objects.visible_to(user)[: FEW_REGIONS + 1]) if user.leads_regions else []
    every_region = len(regions) > FEW_REGIONS
    certificates = certificates_of(user)
    courses = courses_under_way(user)
    under_way = {progress.course.pk for progress in courses}
    notices = NOTICES(member=user.pk)
    due = due_for(user, appointments, certificates, on=today)
    context = {
        "appointments": appointments,
        "courses": courses,
        "flagged": len(FLAGGED(member=user.pk)),
        "to_read": TO_READ(member=user.pk),
        "today": today,
        "notices": notices,
        "unread": notices[0].unread if notices else 0,
        "due": [item for item in due if item.course.pk not in under_way],
        "leads": LEADS(**own) if any(each.unit for each in appointments) else [],
        "certificates": certificates[:LATEST],
        "more_certificates": len(certificates) > LATEST,
        "glances": [] if every_region else regions_at_a_glance(regions, on=today),
        "every_region": every_region,
    }
    return render(request, "learning/home.html", context)
