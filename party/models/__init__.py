"""Who people are, where they belong, and what they have been told."""

from party.models.notices import Notice
from party.models.people import Appointment, Member, MemberManager, Region, Role, Unit

__all__ = ["Appointment", "Member", "MemberManager", "Notice", "Region", "Role", "Unit"]
