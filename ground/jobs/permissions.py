"""What a person may do with background work. `ground` knows no members: any user of Django’s."""

from django.contrib.auth.models import AnonymousUser, PermissionsMixin


def can_retry_jobs(person: PermissionsMixin | AnonymousUser) -> bool:
    """Say whether a person sees what needs attention, and may have it done again."""
    return person.has_perm("jobs.change_taskjob")
