"""Who may see what about learning."""

from typing import Any

from learning.models import Certificate, Enrolment


def can_see_enrolment(user: Any, enrolment: Enrolment) -> bool:
    """Say whether a person may see an enrolment: her own; agrees with `.visible_to`."""
    return bool(user.is_authenticated and enrolment.member_id == user.pk)


def can_see_certificate(user: Any, certificate: Certificate) -> bool:
    """Say whether a certificate is hers; the public check is open to whoever has the code."""
    return bool(user.is_authenticated and certificate.member_id == user.pk)
