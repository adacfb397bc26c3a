"""Who may read and who may change the knowledge bank."""

from typing import Any

from library.facts.models import FactCard, Series
from party.models.audiences import audience_tokens


def can_see_fact(user: Any, card: FactCard) -> bool:
    """Say whether a person may read a fact card, withdrawn or not; agrees with `visible_to`."""
    return card.state != FactCard.State.DRAFT and card.audience in audience_tokens(user)


def can_change_facts(user: Any) -> bool:
    """Say whether a person may change fact cards and how they stand."""
    return bool(user.is_active and user.has_perm("facts.change_factcard"))


def can_add_facts(user: Any) -> bool:
    """Say whether a person may add fact cards, a whole spreadsheet of them included."""
    return bool(user.is_active and user.has_perm("facts.add_factcard"))


def can_see_series(user: Any, series: Series) -> bool:
    """Say whether a person may see a series; agrees with `Series.visible_to`."""
    return series.published and series.audience in audience_tokens(user)


def can_change_series(user: Any) -> bool:
    """Say whether a person may change series and give them values."""
    return bool(user.is_active and user.has_perm("facts.change_series"))
