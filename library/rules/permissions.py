"""Who may read rules, and who may publish them."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from library.rules.models import CitationFlag, Edition, Provision, Work
from party.models.audiences import audience_tokens


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


def can_see_flag(user: Any, flag: CitationFlag) -> bool:
    """Say whether a person may see that a text cites what changed; agrees with `visible_to`."""
    return can_publish_editions(user) or bool(user.pk and flag.citing.owner_id == user.pk)


def can_publish_editions(user: Any) -> bool:
    """Say whether a person may import and publish editions."""
    return bool(user.is_active and user.has_perm("rules.change_edition"))


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
