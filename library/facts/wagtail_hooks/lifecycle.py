"""The steps in a fact card's life."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy

from library.facts.actions import facts, lifecycle
from library.facts.forms import ConfirmationForm, ReviewForm, SupersessionForm, WithdrawalForm
from library.facts.models import FactCard
from library.facts.wagtail_hooks.steps import Step

State = FactCard.State


def _is(*states: str) -> Callable[[FactCard], bool]:
    return lambda card: card.state in states


STEPS = (
    Step(
        "publish",
        _is(State.DRAFT),
        gettext_lazy("Make live"),
        "check",
        gettext_lazy(
            "Readers and search will find it. Its address is permanent: you can edit, supersede or"
            " withdraw the card, but not delete it."
        ),
        gettext_lazy("“%(title)s” is live."),
        lifecycle.publish_fact,
        missing=FactCard.missing,
    ),
    Step(
        "confirm",
        _is(State.LIVE, State.REVIEW),
        gettext_lazy("Confirm it is accurate"),
        "history",
        gettext_lazy(
            "You have checked its source and nothing has changed. The card is live until the next"
            " review, and its versions show the day."
        ),
        gettext_lazy("“%(title)s” is confirmed and live."),
        lifecycle.confirm_fact,
        ConfirmationForm,
        gettext_lazy("Confirm"),
    ),
    Step(
        "review",
        _is(State.LIVE),
        gettext_lazy("Put under review"),
        "help",
        gettext_lazy(
            "It stays at its address and says that it is under review. Search shows it below live"
            " cards."
        ),
        gettext_lazy("“%(title)s” is under review."),
        lifecycle.review_fact,
        ReviewForm,
    ),
    Step(
        "supersede",
        _is(State.LIVE, State.REVIEW),
        gettext_lazy("Supersede"),
        "redirect",
        gettext_lazy(
            "Its address will say that it is superseded and link to the new card. It leaves the"
            " list and search. You cannot undo this."
        ),
        gettext_lazy("“%(title)s” is superseded."),
        lifecycle.supersede_fact,
        SupersessionForm,
        serious=True,
    ),
    Step(
        "withdraw",
        _is(State.LIVE, State.REVIEW, State.SUPERSEDED),
        gettext_lazy("Withdraw"),
        "no-view",
        gettext_lazy(
            "Its address will say that it is withdrawn. It leaves the list and search. You cannot"
            " undo this."
        ),
        gettext_lazy("“%(title)s” is withdrawn."),
        lifecycle.withdraw_fact,
        WithdrawalForm,
        serious=True,
    ),
    Step(
        "discard",
        _is(State.DRAFT),
        gettext_lazy("Delete draft"),
        "bin",
        gettext_lazy("Only editors have seen it. This permanently deletes the draft."),
        gettext_lazy("“%(title)s” is deleted."),
        facts.delete_fact,
        yes=gettext_lazy("Delete"),
        serious=True,
    ),
)
