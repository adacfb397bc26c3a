"""What is kept of who shared a fact, and who is told when it no longer holds."""

import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from ground.refusals import Refused
from library.facts.models import FactCard, FactShare
from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion
from party.models import Member


@transaction.atomic
def share_fact(card: FactCard, *, network: str, by: Member, now: datetime.datetime) -> FactShare:
    """Note that a member took a card to share it on a network: the latest time for each.

    Raises Refused where the card does not hold, or the network is none we know.
    """
    if card.state not in FactCard.HOLDING:
        raise Refused(_("“%(card)s” is no longer current. Do not share it.") % {"card": card})
    if network not in FactShare.Network.values:
        raise Refused(_("Choose a network from the list."))
    latest = card.versions.aggregate(number=models.Max("number"))["number"] or 1
    share, _created = FactShare.objects.update_or_create(
        card=card, member=by, network=network, defaults={"version": latest, "shared_at": now}
    )
    return share


def notify_sharers(card: FactCard, *, now: datetime.datetime) -> int:
    """Tell whoever shared a card through the hub that it no longer holds; return how many.

    Each person hears of it once for each change of the card's state.
    """
    if card.state == FactCard.State.WITHDRAWN:
        subject = _("A fact that you shared was withdrawn")
        message = _("Please take down what you posted: “%(claim)s” was withdrawn. %(reason)s") % {
            "claim": card.statement,
            "reason": card.withdrawal_reason,
        }
    elif card.state == FactCard.State.SUPERSEDED:
        subject = _("A fact that you shared has a newer version")
        message = _("“%(claim)s” has been replaced. The card links to the new one.") % {
            "claim": card.statement
        }
    else:
        return 0
    sharers = Member.objects.filter(fact_shares__card=card).distinct()
    return notify(
        sharers,
        occasion=Occasion.FACT_CHANGED,
        about=f"{card.pk}:{card.state}",
        subject=subject,
        message=message,
        url=card.get_absolute_url(),
        now=now,
    )
