"""Who may see what about learning."""

from learning.models import Certificate, Enrolment
from party.permissions import Person


def can_see_enrolment(user: Person, enrolment: Enrolment) -> bool:
    """Say whether a person may see an enrolment: her own; agrees with `.visible_to`."""
    return bool(user.is_authenticated and enrolment.member_id == user.pk)


def can_see_certificate(user: Person, certificate: Certificate) -> bool:
    """Say whether a certificate is hers; the public check is open to whoever has the code."""
    return bool(user.is_authenticated and certificate.member_id == user.pk)
