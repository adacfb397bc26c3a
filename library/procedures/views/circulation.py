"""What was sent to officers to read, and, for their regions, who has read it."""

import datetime
from collections import Counter
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ground.refusals import Refused
from ground.sheets.responses import csv_response
from ground.side_notes import note_if_possible
from library.procedures.actions.circulation import (
    acknowledge,
    add_recipient,
    open_circulation,
    remind,
)
from library.procedures.models import Circulation, ProcedurePage, ProcedureVersion, Recipient
from library.procedures.models.acknowledgements import (
    Acknowledgement,
    AcknowledgementCount,
    Acknowledgements,
    AcknowledgementState,
)
from library.procedures.models.circulation import can_see_acknowledgements
from library.procedures.outline import changed_paragraphs, runs
from library.procedures.permissions import can_circulate, can_see_circulations
from library.procedures.views.procedures import as_issued
from party.models import Region
from party.permissions import LEADS, MEMBERS, open_to, signed_in

PER_PAGE = 30  # circulations
PEOPLE_PER_PAGE = 100


# --- to read and acknowledge ---------------------------------------------------------------------
@open_to(MEMBERS)
@require_safe
def circulation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a recipient what they were sent, and what changed since they last acknowledged it.

    Who sees the acknowledgements reads the text where it is for them, and else those.
    """
    found = _circulation(pk)
    recipient = _own(request, found)
    oversees = can_see_acknowledgements(request.user, found)
    if recipient is None and not oversees:
        raise Http404
    if recipient is None and not _readable(request, found.version):
        return redirect(found.get_acknowledgements_url())
    if recipient and request.method == "GET":
        opened = partial(open_circulation, recipient, now=timezone.now())
        note_if_possible("That a circulation was opened", opened)
    before = recipient.acknowledged_before() if recipient else None
    procedures = ProcedurePage.objects.visible_to(request.user)
    context = {
        "circulation": found,
        "version": found.version,
        "page": found.version.page,
        "recipient": recipient,
        "before": before,
        "difference": changed_paragraphs(before.text, found.version.text) if before else [],
        "newer": _newer(recipient),
        "sees_acknowledgements": oversees,
        "runs": runs(as_issued(found.version, reader=request.user)),
        "readable": procedures.filter(pk=found.version.page_id).exists(),
        "sees_circulations": can_see_circulations(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "procedures/circulation.html", context)


@open_to(MEMBERS)
@require_POST
def acknowledge_circulation(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a recipient has read it."""
    by = signed_in(request)
    recipient = get_object_or_404(Recipient, circulation=pk, member=by)
    try:
        acknowledge(recipient, by=by, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. You have acknowledged this."))
    return redirect("procedures:circulation", pk)


def _circulation(pk: int) -> Circulation:
    related = Circulation.objects.select_related("version__page", "version__revision", "sent_by")
    return get_object_or_404(related, pk=pk)


def _readable(request: HttpRequest, *versions: ProcedureVersion | None) -> set[int]:
    """Return the keys of those among some versions that this person may read; two queries."""
    found = ProcedureVersion.objects.visible_to(request.user)
    keys = [version.pk for version in versions if version]
    return set(found.filter(pk__in=keys).values_list("pk", flat=True))


def _own(request: HttpRequest, circulation: Circulation) -> Recipient | None:
    own = circulation.recipients.filter(member=request.user.pk).with_newer()
    recipient = own.select_related("role", "unit", "region").first()
    if recipient:
        recipient.circulation = circulation
    return recipient


def _newer(recipient: Recipient | None) -> Circulation | None:
    """Return what a recipient was sent since, if it is a newer version of the same."""
    if recipient is None or not recipient.newer:
        return None
    version = recipient.circulation.version
    later = Circulation.objects.filter(
        recipients__member=recipient.member_id,
        version__page=version.page_id,
        version__number__gt=version.number,
    )
    return later.select_related("version").order_by("-version__number").first()


# --- who has read it -----------------------------------------------------------------------------
@open_to(LEADS)
@require_safe
def circulations(request: HttpRequest) -> HttpResponse:
    """List what was sent to officers whom a person may see, with how many have acknowledged it."""
    if not can_see_circulations(request.user):
        raise Http404
    found = Circulation.objects.visible_to(request.user).select_related("version__page")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    numbers = (
        Recipient.objects.overseen_by(request.user)
        .counted(timezone.localdate())
        .filter(circulation__in=[one.pk for one in page])
        .order_by()
        .values_list("circulation")
        .annotate(Count("acknowledged_at"), Count("pk"))
    )
    counts = {pk: AcknowledgementCount(*both) for pk, *both in numbers}
    context = {
        "page": page,
        "listed": [(one, counts.get(one.pk, AcknowledgementCount(0, 0))) for one in page],
        "may_circulate": can_circulate(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "procedures/circulations.html", context)


@open_to(LEADS)
@require_safe
def acknowledgements(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has acknowledged, who has not and who was reminded, where a person sees it."""
    found, gathered = _acknowledgements(request, pk)
    region, state = _narrowed(request, gathered)
    here = gathered.only(region=region)
    shown = gathered.only(region=region, state=state)
    numbers = Counter(each.state for each in here)
    context = {
        "circulation": found,
        "version": found.version,
        "count": AcknowledgementCount.of(here),
        "states": [(each, numbers[each]) for each in AcknowledgementState if numbers[each]],
        "outstanding": sum(each.outstanding for each in here),
        "page": Paginator(shown, PEOPLE_PER_PAGE).get_page(request.GET.get("page")),
        "new": gathered.newcomers(region),
        "followed_by": gathered.followed_by,
        "readable": _readable(request, found.version, gathered.followed_by),
        "regions": gathered.by_region(),
        "region": region,
        "state": state,
        "query": _query(region, state),
        "today": timezone.localdate(),
    }
    return render(request, "procedures/acknowledgements.html", context)


@open_to(LEADS)
@require_safe
def acknowledgements_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand the same out as a file for a spreadsheet."""
    found, gathered = _acknowledgements(request, pk)
    region, state = _narrowed(request, gathered)
    titles = [_("Region or nation"), _("Unit"), _("Role"), _("Name"), _("Status"), _("Opened")]
    titles += [_("Acknowledged"), _("Reminders"), _("Last reminded")]
    rows = [_row(each) for each in gathered.only(region=region, state=state)]
    name = f"circulation-{found.pk}-{timezone.localdate().isoformat()}"
    return csv_response([titles, *rows], name)


@open_to(LEADS)
@require_POST
def remind_recipients(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind one recipient, or all shown who have not acknowledged."""
    found, gathered = _acknowledgements(request, pk)
    region, state = _narrowed(request, gathered)
    chosen = gathered.only(region=region)
    if one := request.POST.get("recipient"):
        chosen = [each for each in gathered.all if str(each.recipient.pk) == one]
        if not chosen:
            raise Http404
    by = signed_in(request)
    try:
        number = remind(found, [each.recipient for each in chosen], by=by, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(n)d person was reminded.", "%(n)d people were reminded.", number)
        messages.success(request, said % {"n": number})
    return redirect(f"{found.get_acknowledgements_url()}{_query(region, state)}")


@open_to(LEADS)
@require_POST
def send_to_newcomer(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it to somebody who came into one of the posts since."""
    found, gathered = _acknowledgements(request, pk)
    wanted = request.POST.get("appointment")
    newcomer = next((each for each in gathered.new if str(each.pk) == wanted), None)
    if newcomer is None:
        raise Http404
    by = signed_in(request)
    try:
        add_recipient(found, newcomer, by=by, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It was sent to %(name)s.") % {"name": newcomer.member})
    return redirect(found.get_acknowledgements_url())


def _acknowledgements(request: HttpRequest, pk: int) -> tuple[Circulation, Acknowledgements]:
    """Return a circulation with the acknowledgements this person sees; 404 where they see none."""
    found = get_object_or_404(
        Circulation.objects.visible_to(request.user).select_related("version__page", "sent_by"),
        pk=pk,
    )
    return found, Acknowledgements.of(found, request.user, on=timezone.localdate())


def _narrowed(
    request: HttpRequest, gathered: Acknowledgements
) -> tuple[Region | None, AcknowledgementState | None]:
    """Return the region and the state that the address asks for; None for all, or for nonsense."""
    slug, wanted = request.GET.get("region", ""), request.GET.get("state", "")
    region = next((each for each in gathered.regions if each.slug == slug), None)
    return region, AcknowledgementState(wanted) if wanted in AcknowledgementState.values else None


def _query(region: Region | None, state: AcknowledgementState | None) -> str:
    chosen = {"region": region and region.slug, "state": state and state.value}
    given = urlencode({name: value for name, value in chosen.items() if value})
    return f"?{given}" if given else ""


def _row(acknowledgement: Acknowledgement) -> list[Any]:
    one = acknowledgement.recipient
    post = [one.region or "", one.unit or "", one.role]
    times = [_day(one.opened_at), _day(one.acknowledged_at), one.reminders, _day(one.reminded_at)]
    return [*post, one.member, acknowledgement.state.label, *times]


def _day(moment: datetime.datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""
