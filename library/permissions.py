"""Who may read what is in the library."""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from library.models import (
    Circulation,
    CitationFlag,
    Edition,
    FactCard,
    ProcedurePage,
    Provision,
    Series,
    Work,
)
from party.permissions import EDITORS, audience_tokens


def can_see_work(user: Any, work: Work) -> bool:
    """Say whether a person may read a work; agrees with `Work.visible_to`."""
    return work.audience in audience_tokens(user)


def can_see_edition(user: Any, edition: Edition) -> bool:
    """Say whether a person may read an edition; agrees with `Edition.visible_to`."""
    return edition.status == Edition.Status.PUBLISHED and can_see_work(user, edition.work)


def can_see_provision(user: Any, provision: Provision) -> bool:
    """Say whether a person may read a provision; agrees with `Provision.visible_to`."""
    tokens = audience_tokens(user)
    return can_see_edition(user, provision.edition) and provision.audience in tokens


def can_see_fact(user: Any, card: FactCard) -> bool:
    """Say whether a person may read a fact card, withdrawn or not; agrees with `visible_to`."""
    return card.state != FactCard.State.DRAFT and card.audience in audience_tokens(user)


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
    return bool(user.is_active and user.has_perm("library.add_circulation"))


def can_see_circulations(user: Any) -> bool:
    """Say whether a person may see the list of what was sent to officers."""
    return can_circulate(user) or bool(getattr(user, "leads_regions", False))


def can_see_answers(user: Any, circulation: Circulation) -> bool:
    """Say whether a person may see who has read a circulation; agrees with `.visible_to`."""
    if can_circulate(user):
        return True
    return user.is_authenticated and circulation.addressees.answering_to(user).exists()


def can_see_flag(user: Any, flag: CitationFlag) -> bool:
    """Say whether a person may see that a text cites what changed; agrees with `visible_to`."""
    return can_publish_editions(user) or bool(user.pk and flag.citing.owner_id == user.pk)


def can_publish_editions(user: Any) -> bool:
    """Say whether a person may import and publish editions."""
    return bool(user.is_active and user.has_perm("library.change_edition"))


def can_change_facts(user: Any) -> bool:
    """Say whether a person may change fact cards and how they stand."""
    return bool(user.is_active and user.has_perm("library.change_factcard"))


def can_add_facts(user: Any) -> bool:
    """Say whether a person may add fact cards, a whole spreadsheet of them included."""
    return bool(user.is_active and user.has_perm("library.add_factcard"))


def can_see_series(user: Any, series: Series) -> bool:
    """Say whether a person may see a series; agrees with `Series.visible_to`."""
    return series.published and series.audience in audience_tokens(user)


def can_change_series(user: Any) -> bool:
    """Say whether a person may change series and give them values."""
    return bool(user.is_active and user.has_perm("library.change_series"))


class KeptPolicy(ModelPermissionPolicy):
    """The admin's policy for what others cite: some of what a model's permissions grant is refused.

    Fact cards are withdrawn and works stay, so neither is deleted; an edition is imported and
    published, never typed or changed by hand.
    """

    def __init__(self, model: Any, refused: Iterable[str] = ("delete",)) -> None:
        super().__init__(model)
        self.refused = frozenset(refused)

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action in self.refused:
            return False
        if action == "view" and super().user_has_permission(user, "change"):
            return True
        return bool(super().user_has_permission(user, action))


class LibrariansPolicy(ModelPermissionPolicy):
    """The admin's policy for files of rules: who publishes editions may give, see and take back.

    What becomes of a file is the work of actions, so none is deleted from a list.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and can_publish_editions(user)


class SubjectsPolicy(ModelPermissionPolicy):
    """The admin's policy for subject indexes: whoever publishes editions mends them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return can_publish_editions(user)


class FlagsPolicy(ModelPermissionPolicy):
    """The admin's policy for flags on citing texts: librarians see them; actions make them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and can_publish_editions(user)
