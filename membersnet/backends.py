"""What is read of a member at each request."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef

from ground.prepared import Prepared, key
from party.models import Member

OWN = {"member": OuterRef("pk")}
MEMBER: Prepared[Any] = Prepared(
    lambda: Member.objects.annotate(
        in_group=Exists(Member.groups.through.objects.filter(**OWN)),
        has_own_rights=Exists(Member.user_permissions.through.objects.filter(**OWN)),
    ).filter(pk=key("pk"))
)


class MembersBackend(ModelBackend):
    """Reads with the member whether anybody gave them rights: most have none, so none are read."""

    def get_user(self, user_id: int) -> Member | None:
        member = MEMBER.first(pk=user_id)
        if member is None or not self.user_can_authenticate(member):
            return None
        if not (member.is_superuser or member.in_group or member.has_own_rights):
            # Where `ModelBackend` keeps what it has read, for this one request.
            for name in ("_user_perm_cache", "_group_perm_cache", "_perm_cache"):
                setattr(member, name, set())
        return member
