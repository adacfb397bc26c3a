"""What may change how a fact card stands: draft, live, under review, superseded, withdrawn.

A card goes live once. From then on its address answers for ever, and every change of its status is
a version, with a note that readers see.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from library.facts.actions.facts import keep_version, note_citations
from library.facts.actions.sharing import notify_sharers
from library.facts.models import FactCard
from library.facts.sources import FACTS
from party.models import Member
from search.actions.changes import mark_changed

State = FactCard.State


@transaction.atomic
def publish_fact(card: FactCard, *, by: Member | None, now: datetime.datetime) -> FactCard:
    """Make a draft live. Raises Refused without source, as-at and review-by."""
    card = _locked(card)
    if card.state != State.DRAFT:
        raise Refused(_("“%(card)s” is not a draft.") % {"card": card})
    if missing := card.missing():
        raise Refused(
            _("“%(card)s” cannot go live yet: add %(missing)s.")
            % {"card": card, "missing": ", ".join(missing)}
        )
    return _stand(card, State.LIVE, "facts.live", note=_("First published."), by=by, now=now)


@transaction.atomic
def review_fact(
    card: FactCard, *, reason: str, by: Member | None, now: datetime.datetime
) -> FactCard:
    """Put a live card under review, for a reason that readers see.

    Raises Refused without a reason, or where it is not live.
    """
    card = _locked(card)
    if card.state != State.LIVE:
        raise Refused(_("“%(card)s” is not live, so it was not put under review.") % {"card": card})
    if not reason.strip():
        raise Refused(_("Say why the card is under review: readers see the reason."))
    return _stand(card, State.REVIEW, "facts.review", note=reason, by=by, now=now)


@transaction.atomic
def confirm_fact(
    card: FactCard,
    *,
    as_at: datetime.date,
    review_by: datetime.date,
    by: Member | None,
    now: datetime.datetime,
    note: str = "",
) -> FactCard:
    """Say that a card was reviewed and is still accurate: live, as at this day, until the next one.

    Raises Refused where it is neither live nor under review, or where the days are not in order;
    the card is then as it was.
    """
    card = _locked(card)
    if card.state not in FactCard.HOLDING:
        raise Refused(_("“%(card)s” is neither live nor under review.") % {"card": card})
    if review_by <= as_at:
        raise Refused(_("Nothing was changed: the review-by date must come after the as-at date."))
    if card.as_at and as_at < card.as_at:
        raise Refused(_("Nothing was changed: the as-at date is before the current one."))
    dates = {"as_at": as_at, "review_by": review_by}
    note = note.strip() or _("Reviewed: still accurate.")
    return _stand(card, State.LIVE, "facts.confirm", fields=dates, note=note, by=by, now=now)


@transaction.atomic
def supersede_fact(
    card: FactCard,
    *,
    by_card: FactCard,
    by: Member | None,
    now: datetime.datetime,
    note: str = "",
) -> FactCard:
    """Have another card stand in a card's place; its address goes on answering and leads there.

    Only a live card or one under review can stand in another's place, and only such a card can be
    superseded, so a chain ends and never comes back to itself. Raises Refused.
    """
    concerned = FactCard.objects.select_for_update().filter(pk__in=[card.pk, by_card.pk])
    found = {each.pk: each for each in concerned.order_by("pk")}
    card, by_card = found[card.pk], found[by_card.pk]
    if card == by_card:
        raise Refused(_("A card cannot replace itself. Choose another card."))
    if card.state not in FactCard.HOLDING:
        raise Refused(_("“%(card)s” is neither live nor under review.") % {"card": card})
    if by_card.state not in FactCard.HOLDING:
        raise Refused(
            _("“%(other)s” is %(state)s, so it cannot replace “%(card)s”. Choose a live card.")
            % {"card": card, "other": by_card, "state": by_card.get_state_display().lower()}
        )
    fields = {"superseded_by": by_card, "superseded_at": now}
    return _stand(
        card, State.SUPERSEDED, "facts.supersede", fields=fields, note=note, by=by, now=now
    )


@transaction.atomic
def withdraw_fact(
    card: FactCard, *, reason: str, by: Member | None, now: datetime.datetime
) -> FactCard:
    """Withdraw a card for a reason that readers see; its address goes on answering.

    Raises Refused without a reason, or where it is a draft or withdrawn already.
    """
    card, reason = _locked(card), reason.strip()
    if card.state == State.WITHDRAWN:
        raise Refused(_("“%(card)s” is already withdrawn.") % {"card": card})
    if card.state == State.DRAFT:
        raise Refused(_("“%(card)s” is a draft. Delete it instead.") % {"card": card})
    if not reason:
        raise Refused(_("Say why the card is withdrawn: people who shared it will read it."))
    fields = {"withdrawn_at": now, "withdrawal_reason": reason}
    note = _("Withdrawn.")
    return _stand(card, State.WITHDRAWN, "facts.withdraw", fields=fields, note=note, by=by, now=now)


def _locked(card: FactCard) -> FactCard:
    return FactCard.objects.select_for_update().get(pk=card.pk)


def _stand(
    card: FactCard,
    state: FactCard.State,
    action: str,
    *,
    by: Member | None,
    now: datetime.datetime,
    note: str,
    fields: dict[str, Any] | None = None,
) -> FactCard:
    """Write a card's new state, with a version, an audit entry, and word to all concerned."""
    if card.state != State.DRAFT and not card.versions.exists():
        keep_version(card, by=None, now=now)
    changes = {"state": [card.state, state.value]}
    for name, value in (fields or {}).items():
        changes[name] = [str(getattr(card, name) or ""), str(value)]
        setattr(card, name, value)
    card.state = state
    card.save(update_fields=["state", *(fields or {})])
    keep_version(card, note=note, by=by, now=now)
    log(card, action, user=by, timestamp=now, data={"changes": changes, "note": note.strip()})
    note_citations(card)
    mark_changed(FACTS, [str(card.pk)])
    notify_sharers(card, now=now)
    return card
