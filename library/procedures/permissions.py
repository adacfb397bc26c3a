"""Who may issue and circulate procedures. Who may read them stands at the models."""

from wagtail.models import Page

from party.permissions import Person


def can_issue_versions(user: Person, page: Page) -> bool:
    """Say whether a person may issue what is published of a page as its next version."""
    return bool(user.is_active and page.permissions_for_user(user).can_publish())


def can_circulate(user: Person) -> bool:
    """Say whether a person may send versions of procedures, and see all acknowledgements."""
    return bool(user.is_active and user.has_perm("procedures.add_circulation"))


def can_see_circulations(user: Person) -> bool:
    """Say whether a person may see the list of what was sent to officers."""
    return can_circulate(user) or bool(getattr(user, "leads_regions", False))
