"""The expiring part of a film's address: it opens one film to one person for a few hours."""

import datetime
from uuid import UUID

from django.conf import settings
from django.core.signing import Signer
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from party.permissions import Person

LONGEST = 80  # characters: a longer one is none of ours
SALT = "media_pipeline.film-address"


class ExpiredError(Exception):
    """The pass was ours, for this person and film, and its time is over."""


def sign(film: UUID, person: Person, *, now: datetime.datetime | None = None) -> str:
    """Return the pass of a person to a film, from `now` (UTC) for `MEDIA_ADDRESS_SECONDS`.

    Within one minute it is the same, so that a player's requests share what a browser has kept.
    """
    begin = int((now or timezone.now()).timestamp()) // 60 * 60
    end = f"{begin + settings.MEDIA_ADDRESS_SECONDS:x}"
    return f"{end}-{_signature(film, person, end)}"


def check(given: str, film: UUID, person: Person) -> bool:
    """Say whether a pass opens this film to this person. Raises ExpiredError where it did once."""
    end, _, signature = given[:LONGEST].partition("-")
    if not constant_time_compare(signature, _signature(film, person, end)):
        return False
    if timezone.now().timestamp() >= int(end, 16):
        raise ExpiredError
    return True


def _signature(film: UUID, person: Person, end: str) -> str:
    return Signer(salt=SALT).signature(f"{film.hex}:{person.pk}:{end}")
