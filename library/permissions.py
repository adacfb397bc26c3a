"""Who may read what is in the library."""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from library.models import Edition, FactCard, Provision, Work
from party.permissions import audience_tokens


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


def can_circulate(user: Any) -> bool:
    """Say whether a person may send versions of procedures, and see all answers."""
    return bool(user.is_active and user.has_perm("library.add_circulation"))


def can_publish_editions(user: Any) -> bool:
    """Say whether a person may import and publish editions."""
    return bool(user.is_active and user.has_perm("library.change_edition"))


def can_withdraw_facts(user: Any) -> bool:
    """Say whether a person may withdraw fact cards."""
    return bool(user.is_active and user.has_perm("library.change_factcard"))


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
