"""Who may see what was asked, and who may teach the search."""

from party.permissions import Person


def can_see_asked(user: Person) -> bool:
    """Say whether a person may see what was asked and not found."""
    return bool(user.is_active and user.has_perm("search.view_askedquestion"))


def can_teach_words(user: Person) -> bool:
    """Say whether a person may add to the vocabulary."""
    return bool(user.is_active and user.has_perm("search.add_vocabularyentry"))


def can_pin_answers(user: Person) -> bool:
    """Say whether a person may pin an answer to a question."""
    return bool(user.is_active and user.has_perm("search.add_bestbet"))
