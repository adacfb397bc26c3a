"""Who may publish rules; who may read them stands with the models, as `visible_to`."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from party.permissions import Person


def can_publish_editions(user: Person) -> bool:
    """Say whether a person may import and publish editions."""
    return bool(user.is_active and user.has_perm("rules.change_edition"))


class LibrariansPolicy(ModelPermissionPolicy):
    """The admin's policy for what comes with editions: who publishes those may do what it allows.

    What becomes of a file or a flag is the work of actions, so none is deleted from a list.
    """

    def __init__(self, model: Any, *allowed: str) -> None:
        super().__init__(model)
        self.allowed = allowed

    def user_has_permission(self, user: Person, action: str) -> bool:
        return action in self.allowed and can_publish_editions(user)
