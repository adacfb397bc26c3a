"""Who may read single provisions: what may change it, and what must follow from it."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from library.actions.recording import Refused, mark_provisions
from library.actions.remembering import called, remember
from library.models import Edition, Provision, Work
from party.models import Member
from party.permissions import narrowest


@transaction.atomic
def restrict_provision(
    provision: Provision, audience: str, *, by: Member | None, now: datetime.datetime
) -> Provision:
    """Say who may read a provision and all below it; return it afresh. `MEMBERS` lifts it.

    Nobody sees more than those who may read what stands above. Raises Refused for no audience.
    """
    if audience not in Work.Audience.values:
        raise Refused(_("Nothing was changed: choose who may read it."))
    edition = Edition.objects.select_for_update().get(pk=provision.edition_id)
    provision = edition.provisions.get(pk=provision.pk)
    old = provision.own_audience
    if old == audience or (not old and audience == Work.Audience.MEMBERS):
        return provision
    if edition.status == Edition.Status.DRAFT:
        said = _("“%(provision)s” was restricted.") % {"provision": called(provision)}
        remember(edition, [provision], said=said, by=by, now=now)
    provision.own_audience = "" if audience == Work.Audience.MEMBERS else audience
    provision.save(update_fields=["own_audience"])
    spread_audiences(edition)
    data = {"provision": provision.cited_as, "own_audience": [old, provision.own_audience]}
    log(edition, "library.restrict", user=by, timestamp=now, data=data)
    if edition.status == Edition.Status.PUBLISHED:
        mark_provisions(Edition.objects.filter(pk=edition.pk))
    provision.refresh_from_db()
    return provision


def spread_audiences(edition: Edition) -> None:
    """Give every provision the narrowest of its own audience and of those above it."""
    rows = edition.provisions.order_by("position")
    rows = rows.only("pk", "edition_id", "parent_id", "audience", "own_audience")
    changed: dict[str, list[int]] = {}
    for row, audience in audiences(rows):
        if row.audience != audience:
            changed.setdefault(audience, []).append(row.pk)
    for audience, keys in changed.items():
        edition.provisions.filter(pk__in=keys).update(audience=audience)


def audiences(rows: Iterable[Provision]) -> Iterable[tuple[Provision, str]]:
    """Yield provisions, given in reading order, each with the audience that follows for it."""
    found: dict[int, str] = {}
    for row in rows:
        above = found.get(row.parent_id or 0, Work.Audience.MEMBERS)
        found[row.pk] = narrowest(row.own_audience or Work.Audience.MEMBERS, above)
        yield row, found[row.pk]


def keep_restrictions(edition: Edition) -> None:
    """Restrict what follows, or took in, something that was restricted in the edition before."""
    inherited = _inherited(edition)
    if not inherited:
        return
    changed: list[Provision] = []
    found: dict[int, str] = {}
    for row in edition.provisions.order_by("position"):
        above = found.get(row.parent_id or 0, Work.Audience.MEMBERS)
        found[row.pk] = narrowest(above, inherited.get(row.pk, Work.Audience.MEMBERS))
        if found[row.pk] != above:
            row.own_audience = found[row.pk]
            changed.append(row)
    Provision.objects.bulk_update(changed, ["own_audience"], batch_size=200)
    spread_audiences(edition)


def without_heir(edition: Edition) -> list[Provision]:
    """Return what was restricted in the edition before this one and is followed by nothing here.

    Its words may stand somewhere in this edition, open to all: the librarian should look.
    """
    before = edition.edition_before()
    if before is None:
        return []
    heirs = edition.provisions.exclude(predecessor=None).values("predecessor")
    restricted = before.provisions.exclude(audience=Work.Audience.MEMBERS)
    return list(restricted.exclude(pk__in=heirs).exclude(absorbed_by__edition=edition))


def _inherited(edition: Edition) -> dict[int, str]:
    """Return the narrowest audience of what each provision follows or took in, where not all."""
    found: dict[int, str] = {}
    for link in ("predecessor", "absorbs"):
        restricted = edition.provisions.filter(**{f"{link}__isnull": False}).exclude(
            **{f"{link}__audience": Work.Audience.MEMBERS}
        )
        for pk, audience in restricted.values_list("pk", f"{link}__audience"):
            found[pk] = narrowest(audience, found.get(pk, Work.Audience.MEMBERS))
    return found
