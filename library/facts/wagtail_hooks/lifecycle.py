"""The steps in a fact card's life, each asked for once more before it is taken."""

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from ground.refusals import Refused
from library.facts.actions import facts, lifecycle
from library.facts.forms import ConfirmationForm, ReviewForm, SupersessionForm, WithdrawalForm
from library.facts.models import FactCard
from library.facts.permissions import can_change_facts
from party.permissions import EDITORS, open_to, signed_in

State = FactCard.State
YEAR = datetime.timedelta(days=365)  # until the next review, as it is proposed


class Step(NamedTuple):
    """A step: when it can be taken, what is asked and said, and the action that takes it."""

    name: str
    states: tuple[str, ...]
    label: str | Promise
    icon: str
    explains: str | Promise
    yes: str | Promise
    done: str | Promise  # with “%(card)s”
    act: Callable[..., Any]
    form: type[forms.Form] = forms.Form
    serious: bool = False


STEPS = (
    Step(
        "publish",
        (State.DRAFT,),
        gettext_lazy("Make live"),
        "check",
        gettext_lazy(
            "Readers and search will find it. Its address is permanent: you can edit, supersede or"
            " withdraw the card, but not delete it."
        ),
        gettext_lazy("Make live"),
        gettext_lazy("“%(card)s” is live."),
        lifecycle.publish_fact,
    ),
    Step(
        "confirm",
        (State.LIVE, State.REVIEW),
        gettext_lazy("Confirm it is accurate"),
        "history",
        gettext_lazy(
            "You have checked its source and nothing has changed. The card is live until the next"
            " review, and its versions show the day."
        ),
        gettext_lazy("Confirm"),
        gettext_lazy("“%(card)s” is confirmed and live."),
        lifecycle.confirm_fact,
        ConfirmationForm,
    ),
    Step(
        "review",
        (State.LIVE,),
        gettext_lazy("Put under review"),
        "help",
        gettext_lazy(
            "It stays at its address and says that it is under review. Search shows it below live"
            " cards."
        ),
        gettext_lazy("Put under review"),
        gettext_lazy("“%(card)s” is under review."),
        lifecycle.review_fact,
        ReviewForm,
    ),
    Step(
        "supersede",
        (State.LIVE, State.REVIEW),
        gettext_lazy("Supersede"),
        "redirect",
        gettext_lazy(
            "Its address will say that it is superseded and link to the new card. It leaves the"
            " list and search. You cannot undo this."
        ),
        gettext_lazy("Supersede"),
        gettext_lazy("“%(card)s” is superseded."),
        lifecycle.supersede_fact,
        SupersessionForm,
        serious=True,
    ),
    Step(
        "withdraw",
        (State.LIVE, State.REVIEW, State.SUPERSEDED),
        gettext_lazy("Withdraw"),
        "no-view",
        gettext_lazy(
            "Its address will say that it is withdrawn. It leaves the list and search. You cannot"
            " undo this."
        ),
        gettext_lazy("Withdraw"),
        gettext_lazy("“%(card)s” is withdrawn."),
        lifecycle.withdraw_fact,
        WithdrawalForm,
        serious=True,
    ),
    Step(
        "discard",
        (State.DRAFT,),
        gettext_lazy("Delete draft"),
        "bin",
        gettext_lazy("Only editors have seen it. This permanently deletes the draft."),
        gettext_lazy("Delete"),
        gettext_lazy("“%(card)s” is deleted."),
        facts.delete_fact,
        serious=True,
    ),
)


def _form(step: Step, card: FactCard, request: HttpRequest) -> forms.Form:
    """Return a step's form, with the admin's fields for days, and no card in its own place."""
    today = timezone.localdate()
    form = step.form(
        request.POST if request.method == "POST" else None,
        initial={"as_at": today, "review_by": today + YEAR},
    )
    for name, field in form.fields.items():
        if isinstance(field, forms.DateField):
            field.widget = AdminDateInput()
        if name == "by_card" and isinstance(field, forms.ModelChoiceField):
            field.queryset = FactCard.objects.published().exclude(pk=card.pk)
    return form


@open_to(EDITORS)
def take_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask once more, with what the step needs to know, then take it."""
    step = next(step for step in STEPS if step.name == name)
    card = get_object_or_404(FactCard, pk=pk)
    if not can_change_facts(request.user):
        raise PermissionDenied
    form = _form(step, card, request)
    if request.method == "POST" and form.is_valid():
        by = signed_in(request)
        title = card.title
        try:
            step.act(card, **form.cleaned_data, by=by, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, step.done % {"card": title})
        return redirect("factcard:index")
    missing = card.missing() if name == "publish" else []
    context = {"step": step, "card": card, "form": form, "missing": missing}
    return render(request, "facts/admin/fact_step.html", context)
