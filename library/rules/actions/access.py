"""Who may read what stands at the top of an edition: its chapters, appendices and other parts."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from library.rules.actions.indexing import mark_provisions
from library.rules.models import Edition, Provision, Work
from party.models import Member
from party.permissions import narrowest

MEMBERS = Work.Audience.MEMBERS
RESTRICTED = [audience for audience in Work.Audience.values if audience != MEMBERS]
LINKS = (  # by which provisions share text
    "lineage",
    "predecessor__lineage",
    "successors__lineage",
    "absorbs__lineage",
    "absorbed_by__lineage",
)


@transaction.atomic
def restrict_part(
    part: Provision, audience: str, *, by: Member | None, now: datetime.datetime
) -> int:
    """Say who may read a chapter or appendix with all below it, in every edition of its work.

    `MEMBERS` lifts the restriction, everywhere too. Returns how many editions were changed. Raises
    Refused for no audience, and for what stands below a part.
    """
    if audience not in Work.Audience.values:
        raise Refused(_("Nothing was changed: choose who may read it."))
    if part.parent_id:
        raise Refused(_("Nothing was changed: restrict the chapter or appendix that holds it."))
    hold_work(part.edition.work_id)
    wanted: dict[Edition, dict[Provision, str]] = defaultdict(dict)
    for each in _family(part):
        wanted[each.edition][each] = audience
    return sum(_store(edition, parts, by=by, now=now) for edition, parts in wanted.items())


def hold_work(work_id: int) -> None:
    """Let nobody else restrict or publish anything of a work until the transaction ends."""
    Work.objects.select_for_update(no_key=True).get(pk=work_id)


@transaction.atomic
def inherit_restrictions(edition: Edition, *, by: Member | None, now: datetime.datetime) -> None:
    """Restrict each part of a draft to those who may read all that its text follows or took in."""
    tops = list(edition.provisions.filter(parent=None).order_by("position"))
    wanted = {top: top.audience for top in tops}
    for link in ("predecessor", "absorbs"):
        found = edition.provisions.filter(**{f"{link}__audience__in": RESTRICTED})
        for position, audience in found.values_list("position", f"{link}__audience"):
            top = next(top for top in tops if top.position <= position < top.end)
            wanted[top] = narrowest(wanted[top], audience)
    _store(edition, wanted, by=by, now=now)


def shared_parts(part: Provision) -> list[Provision]:
    """Return the published parts that others may read and that hold text of this one too.

    It stood there, or stands there now: a librarian who restricts the one should look at those.
    """
    inside = Provision.objects.within(_family(part)).order_by().values("lineage")
    published = Provision.objects.published().filter(edition__work=part.edition.work_id)
    others = published.exclude(audience=part.audience)
    places = {
        (edition, path.partition("/")[0])
        for link in LINKS
        for edition, path in others.filter(**{f"{link}__in": inside}).values_list("edition", "path")
    }
    tops = others.filter(parent=None, edition__in={edition for edition, _path in places})
    in_order = tops.select_related("edition").order_by("edition__in_force_from", "position")
    return [top for top in in_order if (top.edition_id, top.path) in places]


def without_heir(edition: Edition) -> list[Provision]:
    """Return what was restricted in the edition before this one and is followed by nothing here.

    Its words may stand somewhere in this edition, open to all: the librarian should look.
    """
    before = edition.edition_before()
    if before is None:
        return []
    heirs = edition.provisions.exclude(predecessor=None).values("predecessor")
    restricted = before.provisions.exclude(audience=MEMBERS)
    return list(restricted.exclude(pk__in=heirs).exclude(absorbed_by__edition=edition))


def _family(part: Provision) -> list[Provision]:
    """Return what is one with a part: of its lineage, or one followed or took in the other.

    What is only proposed of a draft says nothing yet.
    """
    tops = Provision.objects.filter(edition__work=part.edition.work_id, parent=None)
    sure = tops.filter(
        Q(edition__status=Edition.Status.PUBLISHED) | ~Q(descent=Provision.Descent.PROPOSED)
    ).select_related("edition")
    known = {each.pk: each for each in sure}
    taken_in = Provision.absorbs.through.objects.filter(
        from_provision__in=known, from_provision__edition__status=Edition.Status.PUBLISHED
    )
    near: dict[object, set[object]] = defaultdict(set)
    for one, other in [
        *((each.pk, each.lineage) for each in known.values()),
        *((each.pk, each.predecessor_id) for each in known.values() if each.predecessor_id),
        *taken_in.values_list("from_provision", "to_provision"),
    ]:
        near[one].add(other)
        near[other].add(one)
    found: set[object] = set()
    waiting: list[object] = [part.pk]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += near[one]
    return [each for pk, each in ({part.pk: part} | known).items() if pk in found]


def _store(
    edition: Edition,
    wanted: Mapping[Provision, str],
    *,
    by: Member | None,
    now: datetime.datetime,
) -> bool:
    """Write who may read parts of an edition; say whether that is another now."""
    changed = {top: audience for top, audience in wanted.items() if top.audience != audience}
    for top, audience in changed.items():
        Provision.objects.within([top]).order_by().update(audience=audience)
    if not changed:
        return False
    data = {top.path: [top.audience, audience] for top, audience in changed.items()}
    log(edition, "rules.restrict", user=by, timestamp=now, data={"audience": data})
    for top, audience in changed.items():
        top.audience = audience
    if edition.status == Edition.Status.PUBLISHED:
        mark_provisions(Edition.objects.filter(pk=edition.pk))
    return True


def spread(rows: Iterable[Provision]) -> None:
    """Let each part of a draft, its rows given in reading order, be as restricted as all of it.

    What was put into a part keeps it to those who could read that before; not yet written.
    """
    parts: list[list[Provision]] = []
    for row in rows:
        if row.parent is None:
            parts.append([])
        parts[-1].append(row)
    for part in parts:
        audience = narrowest(*(row.audience for row in part))
        for row in part:
            row.audience = audience
