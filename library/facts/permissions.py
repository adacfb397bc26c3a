"""Who may change the knowledge bank. Who may read it stands at the models, as `visible_to`."""

from party.permissions import Person


def can_change_facts(user: Person) -> bool:
    """Say whether a person may change fact cards and how they stand."""
    return bool(user.is_active and user.has_perm("facts.change_factcard"))


def can_add_facts(user: Person) -> bool:
    """Say whether a person may add fact cards, a whole spreadsheet of them included."""
    return bool(user.is_active and user.has_perm("facts.add_factcard"))


def can_change_series(user: Person) -> bool:
    """Say whether a person may change series and give them values."""
    return bool(user.is_active and user.has_perm("facts.change_series"))
