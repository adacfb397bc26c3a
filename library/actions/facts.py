"""What may change a fact card."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from library.actions.recording import FACTS, Refused, log_saved, midnight, values_of
from library.models import FactCard
from party.models import Member
from search.actions import mark_changed


@transaction.atomic
def save_fact(
    card: FactCard, *, topics: Iterable[str] | None, by: Member | None, now: datetime.datetime
) -> FactCard:
    """Save a new or changed card under the topics of these names (None: leave them as they are).

    Raises ValidationError.
    """
    card.full_clean()
    old = values_of(FactCard.objects.filter(pk=card.pk).first())
    card.save()
    if topics is not None:
        card.topics.set(list(topics))
    log_saved(card, old, by=by, now=now)
    mark_changed(FACTS, [str(card.pk)])
    if old.get("review_by") != str(card.review_by):
        _look_again(card, now=now)
    return card


def _look_again(card: FactCard, *, now: datetime.datetime) -> None:
    """Tell search again on the day after the one by which a card should be reviewed."""
    if card.review_by is None:
        return
    due = midnight(card.review_by + datetime.timedelta(days=1))
    if due > now:
        from library.tasks import fall_due

        transaction.on_commit(lambda: fall_due.using(run_after=due).enqueue(card_id=card.pk))


@transaction.atomic
def publish_fact(card: FactCard, *, by: Member | None, now: datetime.datetime) -> FactCard:
    """Make a draft or reviewed card live. Raises Refused without source, as-at and review-by."""
    card = FactCard.objects.select_for_update().get(pk=card.pk)
    if card.state not in (FactCard.State.DRAFT, FactCard.State.REVIEW):
        raise Refused(_("“%(card)s” is not a draft.") % {"card": card})
    if missing := card.missing():
        raise Refused(
            _("“%(card)s” stayed a draft: it still needs %(missing)s.")
            % {"card": card, "missing": ", ".join(missing)}
        )
    old, card.state = card.state, FactCard.State.LIVE
    card.save(update_fields=["state"])
    log(card, "library.live", user=by, timestamp=now, data={"state": [old, card.state]})
    mark_changed(FACTS, [str(card.pk)])
    return card


@transaction.atomic
def withdraw_fact(
    card: FactCard, *, reason: str, by: Member | None, now: datetime.datetime
) -> FactCard:
    """Withdraw a card for a reason that readers see; its address goes on answering.

    Raises Refused without a reason, or where it is withdrawn already.
    """
    card = FactCard.objects.select_for_update().get(pk=card.pk)
    if card.state == FactCard.State.WITHDRAWN:
        raise Refused(_("“%(card)s” is withdrawn already.") % {"card": card})
    if not reason.strip():
        raise Refused(_("Say why the card is withdrawn: whoever shared it will read the reason."))
    card.state, card.withdrawn_at = FactCard.State.WITHDRAWN, now
    card.withdrawal_reason = reason.strip()
    card.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    log(card, "library.withdraw", user=by, timestamp=now, data={"reason": reason.strip()})
    mark_changed(FACTS, [str(card.pk)])
    return card
