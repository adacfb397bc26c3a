"""From a reader's tree to a draft edition."""

import datetime
import itertools
from collections.abc import Sequence

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from library.actions.recording import Refused
from library.models import Edition, Provision, Work
from library.rulebooks import Node, Place, places
from party.models import Member

BATCH = 500  # rows written at once
LIMITED = {  # what is written of a node, and how many characters of it can be stored
    field.name: field.max_length or 0
    for field in Provision._meta.local_fields
    if isinstance(field, models.CharField) and field.name not in {"kind", "descent", "audience"}
}


@transaction.atomic
def import_edition(
    *,
    work: Work,
    label: str,
    in_force_from: datetime.date,
    tree: Sequence[Node],
    by: Member | None,
    now: datetime.datetime,
    introduction: str = "",
) -> Edition:
    """Make a draft edition from a reader's tree; a draft of the same label is replaced.

    Raises Refused where there is nothing to import or the label is taken by a published edition.
    """
    stations = places(tree)
    slug = _free_address(work, label, stations)
    _check_lengths(stations)
    Edition.objects.filter(work=work, slug=slug).delete()
    edition = Edition.objects.create(
        work=work, label=label, slug=slug, in_force_from=in_force_from, introduction=introduction
    )
    _write(edition, stations)
    data = {"work": work.slug, "label": label, "provisions": len(stations)}
    log(edition, "library.import", user=by, timestamp=now, data=data)
    return edition


def _free_address(work: Work, label: str, stations: Sequence[Place]) -> str:
    if not stations:
        raise Refused(_("Nothing was imported: no chapter or numbered provision was found."))
    slug = slugify(label)[:80]
    if not slug or slug in {place.path.lower() for place in stations}:
        raise Refused(
            _("“%(label)s” cannot be an edition’s label: give it a name, such as “2026 edition”.")
            % {"label": label}
        )
    if Edition.objects.published().filter(work=work, slug=slug).exists():
        raise Refused(
            _("“%(label)s” of %(work)s is published already and was kept. Choose another label.")
            % {"label": label, "work": work}
        )
    return slug


def _check_lengths(stations: Sequence[Place]) -> None:
    """Refuse what the database could not hold, instead of cutting it."""
    for place in stations:
        for name, longest in LIMITED.items():
            written = getattr(place.node if hasattr(place.node, name) else place, name)
            if len(written) > longest:
                raise Refused(
                    _("Nothing was imported: line %(line)d has a %(name)s of %(found)d characters.")
                    % {"line": place.node.line, "name": name, "found": len(written)}
                )


def _write(edition: Edition, stations: Sequence[Place]) -> None:
    """Write the provisions level by level, so that each finds its parent's row."""
    saved: dict[int, Provision] = {}
    by_depth = sorted(stations, key=lambda place: place.depth)
    for _depth, level in itertools.groupby(by_depth, key=lambda place: place.depth):
        rows = [_provision(edition, place, saved) for place in level]
        for row in Provision.objects.bulk_create(rows, batch_size=BATCH):
            saved[row.position] = row


def _provision(edition: Edition, place: Place, saved: dict[int, Provision]) -> Provision:
    return Provision(
        edition=edition,
        parent=saved[place.parent.position] if place.parent else None,
        kind=place.node.kind,
        number=place.node.number,
        heading=place.node.heading,
        text=place.node.text,
        position=place.position,
        end=place.end,
        path=place.path,
        citation=place.citation,
        cited_as=place.cited_as,
        page=place.node.page,
        source_from=place.node.source_from,
        source_until=place.node.source_until,
        doubt=place.node.doubt,
    )
