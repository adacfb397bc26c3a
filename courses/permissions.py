"""Who may see what is taught."""

from wagtail.models import Page

from party.permissions import Person


def can_see_taught(user: Person, page: Page) -> bool:
    """Say whether a person may see a course, lesson or quiz; agrees with `.visible_to`."""
    if not user.is_authenticated or not user.is_active:
        return False
    return page.live or user.has_perm("wagtailadmin.access_admin")
