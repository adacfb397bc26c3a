"""What follows when a fact card's review is overdue."""

import datetime

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from ground.dates import days_begun
from library.facts.models import FactCard
from library.facts.sources import FACTS
from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion
from search.actions.changes import mark_changed


def remind_reviews_due(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Remind the owners of the cards whose review has become overdue."""
    after, until = days_begun(since, now)
    due = FactCard.objects.due_for_review(until).filter(review_by__gte=after)
    for card in due.select_related("owner"):
        remind_review_due(card, now=now)


@transaction.atomic
def remind_review_due(card: FactCard, *, now: datetime.datetime) -> None:
    """Tell search, and the owner of a card that is overdue, once for each review-by date."""
    mark_changed(FACTS, [str(card.pk)])
    if card.owner is None or card.review_by is None:
        return
    notify(
        [card.owner],
        occasion=Occasion.FACT_REVIEW_DUE,
        about=f"{card.pk}:{card.review_by.isoformat()}",
        subject=_("A fact card is due for review: %(card)s") % {"card": card},
        message=_(
            "You maintain this card. Its review was due by %(date)s. Check its source, then"
            " confirm, edit or withdraw it in the admin."
        )
        % {"date": formats.date_format(card.review_by)},
        url=card.get_absolute_url(),
        now=now,
    )
