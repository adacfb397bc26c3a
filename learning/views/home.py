"""The home page: what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.models import Certificate
from learning.models.home import courses_under_way, due_for, regions_at_a_glance
from library.procedures.models import Recipient
from library.rules.models import CitationFlag
from party.models import Appointment, Notice, Region, Role
from party.permissions import MEMBERS, open_to, signed_in

LATEST = 3  # notices, certificates
FEW_REGIONS = 3  # whoever sees more is led to the list of them


@open_to(MEMBERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what to continue, what is due, whom to ask, and for a lead their regions."""
    user, today = signed_in(request), timezone.localdate()
    appointments = list(
        Appointment.objects.active(today)
        .filter(member=user)
        .select_related("role", "unit__region", "region")
    )
    own_regions = {a.unit.region_id for a in appointments if a.unit}
    leads = Appointment.objects.active(today).filter(
        role__slug=Role.DIGITAL_LEAD, region__in=own_regions
    )
    regions = list(Region.objects.visible_to(user)[: FEW_REGIONS + 1])
    every_region = len(regions) > FEW_REGIONS
    certificates = list(Certificate.objects.visible_to(user).order_by("-valid_until")[: LATEST + 1])
    courses = courses_under_way(user)
    under_way = {progress.course.pk for progress in courses}
    notices = Notice.objects.visible_to(user)
    due = due_for(user, appointments, on=today)
    context = {
        "appointments": appointments,
        "courses": courses,
        "flagged": CitationFlag.objects.open().filter(citing__owner=user).count_texts(),
        "to_read": list(Recipient.objects.to_read(user)),
        "today": today,
        "notices": notices[:LATEST],
        "unread": notices.unread().count(),
        "due": [item for item in due if item.course.pk not in under_way],
        "leads": leads.select_related("member", "region"),
        "certificates": certificates[:LATEST],
        "more_certificates": len(certificates) > LATEST,
        "glances": [] if every_region else regions_at_a_glance(regions, on=today),
        "every_region": every_region,
    }
    return render(request, "learning/home.html", context)
