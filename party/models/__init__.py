"""Who people are, where they belong, and what they have been told."""

from party.models.account_emails import AccountEmail
from party.models.members import Member, MemberManager
from party.models.notices import Notice, NoticeEmail
from party.models.outgoing_emails import OutgoingEmail
from party.models.places import Region, Unit
from party.models.posts import Appointment, Role

__all__ = [
    "AccountEmail",
    "Appointment",
    "Member",
    "MemberManager",
    "Notice",
    "NoticeEmail",
    "OutgoingEmail",
    "Region",
    "Role",
    "Unit",
]
