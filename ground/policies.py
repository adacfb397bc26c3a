"""Policies of Wagtail's admin."""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


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
