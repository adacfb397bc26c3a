"""What an address below `/rules/` means: a work, one of its editions, a day, a provision."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from library.citations.mentions import find_citations
from library.rules.models import Edition, Provision, Work
from party.models.audiences import audience_tokens

NO_NUL = "\ufffd"  # in its place: PostgreSQL refuses to look for a NUL
LONGEST = 200  # characters of a citation
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class ProvisionNotFound(Http404):
    """An edition has no such provision, or no edition holds on a day; the page says what there is.

    `edition` is None where it is the day on which nothing was in force.
    """

    def __init__(self, address: "Address", tokens: frozenset[str]) -> None:
        super().__init__(_("This edition has no such provision."))
        self.address = address
        self.tokens = tokens


@dataclass(frozen=True)
class Address:
    """What the parts of an address mean.

    `home` is the address of the edition's contents, below which the reader stays: the work's own
    unless the edition was named. `place` is what follows, without slashes around it; `on` the day
    that was asked for. `edition` is None where nothing was in force on it.
    """

    work: Work
    edition: Edition | None
    place: str
    home: str
    on: datetime.date | None = None

    @property
    def shown(self) -> Edition:
        """The edition; raises Http404 where there is none."""
        if self.edition is None:
            raise Http404(_("No edition was in force on that day."))
        return self.edition


def find(request: HttpRequest, work: str, place: str = "") -> tuple[Edition, Provision | None]:
    """Return the edition, and the provision of it, that an address names; no provision for all.

    Raises Http404 for what this person may not read, as for what is not there.
    """
    tokens = audience_tokens(request.user)
    address = read_address(published_work(request, work), place)
    if address.edition is None:
        raise ProvisionNotFound(address, tokens)
    return address.edition, find_provision(address, tokens) if address.place else None


def published_work(request: HttpRequest, slug: str) -> Work:
    """Return a work with its published editions, if this person may read it."""
    return get_object_or_404(Work.objects.visible_to(request.user).published(), slug=slug)


def read_address(work: Work, place: str = "") -> Address:
    """Return what the part of an address after the work's own means."""
    first, _slash, rest = place.strip("/").replace("\0", NO_NUL).partition("/")
    home = work.get_absolute_url()
    if A_DAY.fullmatch(first):
        if (day := day_of(first)) is None:
            raise Http404(_("Enter a real date."))
        edition = next((each for each in work.published_editions if _holds(each, day)), None)
        address = Address(work, edition, rest, edition.get_own_url() if edition else home, day)
    elif named := next((e for e in work.published_editions if e.slug == first.lower()), None):
        address = Address(work, named, rest, named.get_own_url())
    else:
        shown = work.edition_to_show(timezone.localdate())
        address = Address(work, shown, "/".join(filter(None, [first, rest])), home)
    return address


def find_provision(address: Address, tokens: Iterable[str]) -> Provision:
    """Return the provision at an address, which may be dotted and written in either case.

    Raises ProvisionNotFound.
    """
    edition, place = address.shown, address.place
    readable = edition.provisions.readable_by(tokens)
    found = readable.filter(path=place).first() or _best(
        readable.filter(Q(path__iexact=place) | Q(citation__iexact=place)), place
    )
    if found is None:
        raise ProvisionNotFound(address, frozenset(tokens))
    found.edition = edition
    return found


def _best(found: Iterable[Provision], place: str) -> Provision | None:
    """Return that which is written exactly so, before those that differ by case alone."""
    ranked = sorted(found, key=lambda each: place not in (each.path, each.citation))
    return ranked[0] if ranked else None


def day_of(written: str) -> datetime.date | None:
    """Return the day that is written as 2026-01-31; None where it is none."""
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None


def _holds(edition: Edition, day: datetime.date) -> bool:
    return edition.standing(day) == Edition.Standing.IN_FORCE


def cited_place(cited: str) -> str:
    """Return the place that a person cites in any of the forms in which search reads citations."""
    found = find_citations(cited)
    return found[0].keys[0] if found else cited.replace(" ", "")[:LONGEST]
