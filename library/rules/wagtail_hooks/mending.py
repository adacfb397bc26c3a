"""A draft beside its source, chapter by chapter, and what a librarian can mend there."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ground.refusals import Refused
from library.rules.actions import mending
from library.rules.actions.access import restrict_provision, without_heir
from library.rules.actions.draft_history import state_of
from library.rules.actions.mending import undo_mend
from library.rules.forms import (
    AudienceForm,
    LeaveOutForm,
    NumberForm,
    ProvisionKindForm,
    PutInForm,
    SplitForm,
    WordsForm,
)
from library.rules.models import Edition, Provision, RulesImport
from library.rules.models.sheets import MendingPage, mending_page
from library.rules.permissions import can_publish_editions
from party.permissions import EDITORS, open_to

Did = Callable[..., Any]
AT_ONCE: dict[str, Did] = {  # what needs no more than the press of a button
    "promote": mending.promote_provision,
    "demote": mending.demote_provision,
    "join": mending.join_provision,
    "up": lambda provision, **how: mending.move_provision(provision, up=True, **how),
    "down": lambda provision, **how: mending.move_provision(provision, up=False, **how),
    "right": mending.clear_doubt,
}
FORMS: dict[str, type[forms.Form]] = {
    "words": WordsForm,
    "split": SplitForm,
    "number": NumberForm,
    "kind": ProvisionKindForm,
    "leave_out": LeaveOutForm,
    "audience": AudienceForm,
    "put_in": PutInForm,
}


@open_to(EDITORS)
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one chapter of an edition beside its source, with all that can be done to it."""
    edition = _edition(request, pk)
    return _page(request, edition, at=_number(request.GET.get("at")))


@open_to(EDITORS)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the button or form named by `do` says, to the provision named by `provision`."""
    edition = _edition(request, pk)
    at = _number(request.POST.get("provision"))
    provision = edition.provisions.filter(pk=at or 0).first()
    verb = request.POST.get("do", "")
    if verb not in AT_ONCE and verb not in FORMS:
        raise Http404
    if provision is None:
        messages.error(request, _("That provision no longer exists, so nothing was changed."))
        return redirect("edition:mend", edition.pk)
    form = _form(verb, provision, request.POST) if verb in FORMS else None
    if form and not form.is_valid():
        return _page(request, edition, at=provision.pk, failed={verb: form})
    by: Any = request.user  # a member: nobody else enters the admin
    how = {"state": _number(request.POST.get("state")) or 0, "by": by, "now": timezone.now()}
    try:
        said = _do(verb, provision, form, how)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, edition, at=provision.pk, failed={verb: form} if form else {})
    if said:
        messages.success(request, said)
    return redirect(_after(edition, provision, verb))


@open_to(EDITORS)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the last change of a draft."""
    edition = _edition(request, pk)
    by: Any = request.user
    try:
        undo_mend(edition, state=_number(request.POST.get("state")) or 0, by=by, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The last change was undone."))
    sheet = _number(request.POST.get("sheet")) or 1
    return redirect(f"{reverse('edition:mend', args=[edition.pk])}?sheet={sheet}")


def _do(verb: str, provision: Provision, form: forms.Form | None, how: dict[str, Any]) -> str:
    """Do what a verb says; return a sentence about it, where the page alone would not show it."""
    if verb in AT_ONCE:
        AT_ONCE[verb](provision, **how)
        return ""
    values = form.cleaned_data if form else {}
    match verb:
        case "words":
            mending.change_words(provision, **values, **how)
        case "split" if isinstance(form, SplitForm):
            mending.split_provision(provision, form.at(), **how)
        case "number":
            mending.renumber_provision(provision, **values, **how)
        case "kind":
            mending.change_kind(provision, values["kind"], **how)
        case "leave_out":
            mending.leave_out_provision(provision, **values, **how)
        case "put_in":
            mending.put_in_left_out(provision, **values, **how)
        case "audience":
            return _restrict(provision, values["audience"], by=how["by"], now=how["now"])
    return ""


def _restrict(provision: Provision, audience: str, **how: Any) -> str:
    """Say who may read a provision; return a sentence about where that holds."""
    count = restrict_provision(provision, audience, **how)
    if not count:
        return _("Nothing was changed: it was already like that.")
    return ngettext(
        "Who may read it was changed in %(count)d edition.",
        "Who may read it was changed in %(count)d editions: wherever its text stands.",
        count,
    ) % {"count": count}


def _after(edition: Edition, provision: Provision, verb: str) -> str:
    """Return where to go on: at the provision, else at what stands in its place or before it."""
    address = reverse("edition:mend", args=[edition.pk])
    rows = edition.provisions.order_by("position")
    if verb == "right":
        doubts = rows.exclude(doubt="")
        then = doubts.filter(position__gt=provision.position).first() or doubts.first()
    else:
        then = rows.filter(pk=provision.pk).first()
    if verb == "put_in" and then:
        then = rows.filter(position__gt=then.position).first() or then
    then = then or rows.filter(position__lte=provision.position).last() or rows.first()
    return f"{address}?at={then.pk}#p-{then.pk}" if then else address


def _page(
    request: HttpRequest,
    edition: Edition,
    *,
    at: int | None,
    failed: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    edition.refresh_from_db()
    given = RulesImport.objects.filter(edition=edition).first()
    number = _number(request.GET.get("sheet") or request.POST.get("sheet")) or 1
    page = mending_page(edition, given, number=number, at=at)
    context = {
        "edition": edition,
        "given": given,
        "page": page,
        "is_draft": edition.status == Edition.Status.DRAFT,
        "state": state_of(edition),
        "next_step": _next_step(edition, page),
        "last": edition.mends.order_by("-pk").first(),
        "without_heir": without_heir(edition),
        "forms": _forms(page, failed or {}),
        "failed": failed or {},
        "kinds": Provision.Kind.choices,
        "breadcrumbs_items": [
            {"url": reverse("edition:index"), "label": _("Editions")},
            {"url": reverse("edition:inspect", args=[edition.pk]), "label": str(edition)},
            {"url": "", "label": _("Source and tree")},
        ],
        "header_icon": "list-ul",
        "header_title": _("Source and tree"),
    }
    return render(request, "rules/admin/mend.html", context)


def _next_step(edition: Edition, page: MendingPage | None) -> str:
    """Return what is left to do with a draft of which nothing is doubtful any more."""
    if edition.status != Edition.Status.DRAFT or page is None or page.doubts:
        return ""
    return "confirm" if edition.provisions.waiting().exists() else "publish"


def _forms(page: MendingPage | None, failed: dict[str, forms.Form]) -> dict[str, forms.Form]:
    """Return the forms for the chosen provision, with what was typed into one that failed."""
    if page is None or page.chosen is None:
        return {}
    return {
        verb: failed.get(verb) or _form(verb, page.chosen, None)
        for verb in FORMS
        if verb != "put_in"
    }


def _form(verb: str, provision: Provision, data: Any) -> forms.Form:
    initial: dict[str, Any] = {
        "heading": provision.heading,
        "text": provision.text,
        "first": provision.text,
        "number": provision.number,
        "kind": provision.kind,
        "audience": provision.own_audience or "members",
    }
    more: dict[str, Any] = {"text": provision.text} if verb == "split" else {}
    return FORMS[verb](data, initial=initial, auto_id=f"{verb}-%s", **more)


def _edition(request: HttpRequest, pk: int) -> Edition:
    if not can_publish_editions(request.user):
        raise PermissionDenied
    return get_object_or_404(Edition.objects.select_related("work"), pk=pk)


def _number(written: str | None) -> int | None:
    number = (written or "")[:9]
    return int(number) if number.isascii() and number.isdigit() else None
