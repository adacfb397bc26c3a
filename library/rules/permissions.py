"""Who may publish rules; who may read them stands with the models, as `visible_to`."""

from wagtail.permission_policies import ModelPermissionPolicy

from party.permissions import Person


def can_publish_editions(user: Person) -> bool:
    """Say whether a person may import and publish editions."""
    return bool(user.is_active and user.has_perm("rules.change_edition"))


class LibrariansPolicy(ModelPermissionPolicy):
    """The admin's policy for files of rules: who publishes editions may give, see and take back.

    What becomes of a file is the work of actions, so none is deleted from a list.
    """

    def user_has_permission(self, user: Person, action: str) -> bool:
        return action != "delete" and can_publish_editions(user)


class SubjectsPolicy(ModelPermissionPolicy):
    """The admin's policy for subject indexes: whoever publishes editions mends them."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        return can_publish_editions(user)


class FlagsPolicy(ModelPermissionPolicy):
    """The admin's policy for flags on citing texts: librarians see them; actions make them."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        return action == "view" and can_publish_editions(user)
