"""Who may read, issue and circulate procedures."""

from typing import Any

from library.procedures.models import Circulation, ProcedurePage
from party.models.audiences import audience_tokens
from party.permissions import EDITORS


def can_read_procedure(user: Any, page: ProcedurePage) -> bool:
    """Say whether a person may read a procedure; agrees with `ProcedurePage.visible_to`."""
    tokens = audience_tokens(user)
    if EDITORS in tokens:
        return True
    return page.live and not tokens.isdisjoint(page.audience())


def can_issue_versions(user: Any, page: ProcedurePage) -> bool:
    """Say whether a person may issue what is published of a page as its next version."""
    return bool(user.is_active and page.permissions_for_user(user).can_publish())


def can_circulate(user: Any) -> bool:
    """Say whether a person may send versions of procedures, and see all answers."""
    return bool(user.is_active and user.has_perm("procedures.add_circulation"))


def can_see_circulations(user: Any) -> bool:
    """Say whether a person may see the list of what was sent to officers."""
    return can_circulate(user) or bool(getattr(user, "leads_regions", False))


def can_see_answers(user: Any, circulation: Circulation) -> bool:
    """Say whether a person may see who has read a circulation; agrees with `.visible_to`."""
    if can_circulate(user):
        return True
    return user.is_authenticated and circulation.addressees.answering_to(user).exists()
