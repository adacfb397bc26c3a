"""What was sent to officers to read, and, for their regions, who has read it."""

import csv
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ground.refusals import Refused
from library.procedures.actions.circulating import (
    acknowledge,
    add_addressee,
    open_circulation,
    remind,
)
from library.procedures.models import Addressee, Circulation, ProcedurePage, ProcedureVersion
from library.procedures.models.acknowledgements import Answer, Answers, AnswerState
from library.procedures.models.acknowledgements import Count as Counted
from library.procedures.outline import changed_paragraphs, runs
from library.procedures.permissions import can_circulate, can_see_answers, can_see_circulations
from library.procedures.views.procedures import as_issued
from party.permissions import LEADS, MEMBERS, open_to

PER_PAGE = 30  # circulations
PEOPLE_PER_PAGE = 100
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon with


# --- to read and acknowledge ---------------------------------------------------------------------
@open_to(MEMBERS)
@require_safe
def circulated(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an addressee what she was sent, and what changed since she last acknowledged it.

    Who sees the answers reads the text where it is for her; else she is led to the answers.
    """
    found = _circulation(pk)
    addressee = _own(request, found)
    sees_answers = can_see_answers(request.user, found)
    if addressee is None and not sees_answers:
        raise Http404
    if addressee is None and not _readable(request, found.version):
        return redirect(found.get_answers_url())
    if addressee and request.method == "GET":
        open_circulation(addressee, now=timezone.now())
    before = addressee.acknowledged_before() if addressee else None
    procedures = ProcedurePage.objects.visible_to(request.user)
    context = {
        "circulation": found,
        "version": found.version,
        "page": found.version.page,
        "addressee": addressee,
        "before": before,
        "difference": changed_paragraphs(before.text, found.version.text) if before else [],
        "newer": _newer(addressee),
        "sees_answers": sees_answers,
        "runs": runs(as_issued(found.version, reader=request.user)),
        "readable": procedures.filter(pk=found.version.page_id).exists(),
        "sees_circulations": can_see_circulations(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "procedures/circulation.html", context)


@open_to(MEMBERS)
@require_POST
def acknowledge_circulation(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that an addressee has read it."""
    by: Any = request.user  # a member: the middleware lets nobody else through
    addressee = get_object_or_404(Addressee, circulation=pk, member=by)
    try:
        acknowledge(addressee, by=by, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. It is noted that you have read this."))
    return redirect("procedures:circulation", pk)


def _circulation(pk: int) -> Circulation:
    related = Circulation.objects.select_related("version__page", "version__revision", "sent_by")
    return get_object_or_404(related, pk=pk)


def _readable(request: HttpRequest, *versions: ProcedureVersion | None) -> set[int]:
    """Return the keys of those among some versions that this person may read; two queries."""
    found = ProcedureVersion.objects.visible_to(request.user)
    keys = [version.pk for version in versions if version]
    return set(found.filter(pk__in=keys).values_list("pk", flat=True))


def _own(request: HttpRequest, circulation: Circulation) -> Addressee | None:
    own = circulation.addressees.filter(member=request.user.pk).with_newer()
    addressee = own.select_related("role", "unit", "region").first()
    if addressee:
        addressee.circulation = circulation
    return addressee


def _newer(addressee: Addressee | None) -> Circulation | None:
    """Return what an addressee was sent since, if it is a newer version of the same."""
    if addressee is None or not addressee.newer:
        return None
    version = addressee.circulation.version
    later = Circulation.objects.filter(
        addressees__member=addressee.member_id,
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
        Addressee.objects.answering_to(request.user)
        .counted(timezone.localdate())
        .filter(circulation__in=[one.pk for one in page])
        .order_by()
        .values_list("circulation")
        .annotate(Count("acknowledged_at"), Count("pk"))
    )
    counts = {one: Counted(acknowledged, asked) for one, acknowledged, asked in numbers}
    context = {
        "page": page,
        "listed": [(one, counts.get(one.pk, Counted(0, 0))) for one in page],
        "may_circulate": can_circulate(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "procedures/circulations.html", context)


@open_to(LEADS)
@require_safe
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has acknowledged, who has not and who was reminded, in the regions she sees."""
    found, gathered = _answers(request, pk)
    region, state = _narrowed(request, gathered)
    here = gathered.only(region=region)
    shown = gathered.only(region=region, state=state)
    states = [(each, len(gathered.only(region=region, state=each))) for each in AnswerState]
    context = {
        "circulation": found,
        "version": found.version,
        "count": Counted.of(here),
        "states": [(each, number) for each, number in states if number],
        "outstanding": sum(answer.outstanding for answer in here),
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
    return render(request, "procedures/circulation_answers.html", context)


@open_to(LEADS)
@require_safe
def answers_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the same out as a file for a spreadsheet."""
    found, gathered = _answers(request, pk)
    region, state = _narrowed(request, gathered)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"circulation-{found.pk}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")  # without it Excel takes the text for another alphabet
    titles = [_("Region or nation"), _("Unit"), _("Role"), _("Name"), _("State"), _("Opened")]
    titles += [_("Acknowledged"), _("Reminders"), _("Last reminded")]
    file = csv.writer(response)
    file.writerow(titles)
    file.writerows(_row(answer) for answer in gathered.only(region=region, state=state))
    return response


@open_to(LEADS)
@require_POST
def remind_addressees(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind one addressee, or all shown who have not acknowledged."""
    found, gathered = _answers(request, pk)
    region, state = _narrowed(request, gathered)
    chosen = gathered.only(region=region)
    if one := request.POST.get("addressee"):
        chosen = [answer for answer in gathered.all if str(answer.addressee.pk) == one]
        if not chosen:
            raise Http404
    by: Any = request.user
    try:
        number = remind(found, [each.addressee for each in chosen], by=by, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(n)d person was reminded.", "%(n)d people were reminded.", number)
        messages.success(request, said % {"n": number})
    return redirect(f"{found.get_answers_url()}{_query(region, state)}")


@open_to(LEADS)
@require_POST
def ask_newcomer(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it to somebody who came into one of the posts since."""
    found, gathered = _answers(request, pk)
    wanted = request.POST.get("appointment")
    newcomer = next((each for each in gathered.new if str(each.pk) == wanted), None)
    if newcomer is None:
        raise Http404
    by: Any = request.user
    try:
        add_addressee(found, newcomer, by=by, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It was sent to %(name)s.") % {"name": newcomer.member})
    return redirect(found.get_answers_url())


def _answers(request: HttpRequest, pk: int) -> tuple[Circulation, Answers]:
    """Return a circulation with the answers this person sees; 404 where she sees none."""
    found = get_object_or_404(
        Circulation.objects.visible_to(request.user).select_related("version__page", "sent_by"),
        pk=pk,
    )
    return found, Answers.of(found, request.user, on=timezone.localdate())


def _narrowed(request: HttpRequest, gathered: Answers) -> tuple[Any, AnswerState | None]:
    """Return the region and the state that the address asks for; None for all, or for nonsense."""
    slug, wanted = request.GET.get("region", ""), request.GET.get("state", "")
    region = next((each for each in gathered.regions if each.slug == slug), None)
    return region, AnswerState(wanted) if wanted in AnswerState.values else None


def _query(region: Any, state: AnswerState | None) -> str:
    chosen = {"region": region and region.slug, "state": state and state.value}
    given = urlencode({name: value for name, value in chosen.items() if value})
    return f"?{given}" if given else ""


def _row(answer: Answer) -> list[str]:
    one = answer.addressee
    moments = [_day(one.opened_at), _day(one.acknowledged_at), one.reminders, _day(one.reminded_at)]
    cells = [one.region or "", one.unit or "", one.role, one.member, answer.state.label, *moments]
    return _plain(cells)


def _day(moment: Any) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""


def _plain(cells: Iterable[Any]) -> list[str]:
    """Return the cells so that no spreadsheet takes a name for a formula."""
    texts = map(str, cells)
    return [f"'{text}" if text.lstrip().startswith(FORMULA) else text for text in texts]
