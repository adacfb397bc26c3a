"""From a reader's tree to a draft edition."""

import datetime
import itertools
import re
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from library.rules.actions.lineage import propose_lineage
from library.rules.models import Edition, Provision, Work
from library.rules.rulebooks.tree import RESERVED, Node, Place, places
from party.models import Member

BATCH = 500  # rows written at once
A_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")  # in an address it means the edition of that day


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

    What it follows in the edition before is proposed, where there is one, and what was restricted
    there is restricted here. Raises Refused where there is nothing to import, the label is taken by
    a published edition, or an address would mean two things.
    """
    stations = places(tree)
    if not stations:
        raise Refused(_("Nothing was imported: no chapter or numbered provision was found."))
    tops = [place.path for place in stations if not place.parent]
    slug = free_address(work, label, tops)
    check_tops(work, slug, tops)
    Edition.objects.filter(work=work, slug=slug).delete()
    edition = Edition.objects.create(
        work=work, label=label, slug=slug, in_force_from=in_force_from, introduction=introduction
    )
    _write(edition, stations)
    data = {"work": work.slug, "label": label, "provisions": len(stations)}
    log(edition, "rules.import", user=by, timestamp=now, data=data)
    if Edition.objects.published().filter(work=work).exists():
        propose_lineage(edition, by=by, now=now)
    return edition


def free_address(work: Work, label: str, tops: Iterable[str] = ()) -> str:
    """Return the address that a label gives an edition of a work with these chapters.

    Raises Refused where it would be that of a day, of one of the work's own pages or of a chapter
    in any edition, and where a published edition has it.
    """
    slug = slugify(label)[:80]
    taken = {*RESERVED, *(top.lower() for top in tops)}
    if not slug or slug in taken or A_DAY.fullmatch(slug) or _is_a_top(work, slug):
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


def check_tops(work: Work, slug: str, tops: Iterable[str]) -> None:
    """Raise Refused where a chapter would have the address of an edition, a day or another page.

    `slug` is the address of the edition that these are the tops of.
    """
    editions = Edition.objects.filter(work=work).values_list("slug", flat=True)
    taken = {*editions, slug, *RESERVED}
    for top in tops:
        if top.lower() in taken or A_DAY.fullmatch(top):
            raise Refused(
                _(
                    "Nothing was changed: “%(top)s” cannot be the address of a chapter or part, "
                    "since an edition or another page of %(work)s has it."
                )
                % {"top": top, "work": work}
            )


def _is_a_top(work: Work, slug: str) -> bool:
    tops = Provision.objects.filter(edition__work=work, parent=None, path__iexact=slug)
    return tops.exists()


def steps_to_page(place: Place) -> int:
    """Return how many steps of a place's address are that of the page on which it is read."""
    while place.parent and place.node.kind not in Provision.DIVISIONS:
        place = place.parent
    return place.depth + 1


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
        page_steps=steps_to_page(place),
        page=place.node.page,
        source_from=place.node.source_from,
        source_until=place.node.source_until,
        doubt=place.node.doubt,
    )
