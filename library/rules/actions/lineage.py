"""What says which provision of the edition before each provision of a draft follows."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connections, models, router, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from library.rules.actions.access import hold_work, inherit_restrictions
from library.rules.models import Edition, Provision
from library.rules.models.changes import passages_of
from library.rules.rulebooks.lineage import Match, propose
from party.models import Member

FEW = 200  # choices at once, up to which only the rows concerned are read
DESCENT = ("lineage", "predecessor", "descent", "likeness")


class PredecessorChoice(NamedTuple):
    """What a librarian says of one provision: the older one it follows (its pk), or nothing.

    With `part` it only took over a part of the older one, and has a lineage of its own.
    """

    predecessor: int | None
    part: bool = False


@transaction.atomic
def propose_lineage(edition: Edition, *, by: Member | None, now: datetime.datetime) -> int:
    """Propose what a draft's provisions follow in the published edition before it.

    What is sure is confirmed at once; what was said before is forgotten. A part that follows
    something restricted is restricted. Returns how many wait for the librarian. Raises Refused for
    a published edition.
    """
    _check_draft(edition)
    before = edition.edition_before()
    old = list(before.provisions.order_by("position")) if before else []
    new = list(edition.provisions.order_by("position"))
    matches = propose(passages_of(old), passages_of(new))
    for provision in new:
        _follow(provision, None, descent=Provision.Descent.NEW)
    for match in matches:
        if not match.absorbed:
            follow_match(new[match.new], old[match.old], match)
    _write(edition, new)
    _write_joins(edition, old, new, matches)
    waiting = edition.provisions.waiting().count()
    data = {"before": before and before.label, "found": len(matches), "waiting": waiting}
    log(edition, "rules.propose_lineage", user=by, timestamp=now, data=data)
    inherit_restrictions(edition, by=by, now=now)
    return waiting


@transaction.atomic
def confirm_lineage(
    edition: Edition,
    *,
    by: Member | None,
    now: datetime.datetime,
    choices: Mapping[int, PredecessorChoice] | None = None,
) -> int:
    """Confirm what a draft's provisions (by pk) follow; without choices, all as it was proposed.

    What turns out to follow something restricted is restricted too. Returns how many were
    confirmed. Raises Refused, and changes nothing, where two would go on with
    the same lineage, or for a published edition.
    """
    hold_work(edition.work_id)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    _check_draft(edition)
    if choices is None:
        count = edition.provisions.waiting().update(descent=Provision.Descent.CONFIRMED)
        inherit_restrictions(edition, by=by, now=now)
        log(edition, "rules.confirm_lineage", user=by, timestamp=now, data={"confirmed": count})
        return count
    chosen = list(edition.provisions.filter(pk__in=choices).select_related("predecessor"))
    old = _predecessors(edition, choices.values())
    _check_forks(edition, chosen, choices, old)
    data = {each.path: _said(choices[each.pk], old) for each in chosen}
    for provision in chosen:
        _choose(provision, choices[provision.pk], old)
    _write(edition, chosen)
    inherit_restrictions(edition, by=by, now=now)
    log(edition, "rules.confirm_lineage", user=by, timestamp=now, data={"choices": data})
    return len(chosen)


def _check_draft(edition: Edition) -> None:
    if edition.status == Edition.Status.PUBLISHED:
        raise Refused(
            _("%(edition)s is published; what its provisions follow was kept as it is.")
            % {"edition": edition}
        )


def _predecessors(edition: Edition, choices: Iterable[PredecessorChoice]) -> dict[int, Provision]:
    """Return the provisions chosen, by pk. Raises Refused where one is of no edition before."""
    wanted = {choice.predecessor for choice in choices if choice.predecessor}
    before = edition.edition_before()
    found = {
        each.pk: each
        for each in Provision.objects.filter(edition=before, pk__in=wanted)
        if before is not None
    }
    if wanted - set(found):
        raise Refused(
            _("Nothing was changed: a provision can only follow one of the edition before it.")
        )
    return found


def _check_forks(
    edition: Edition,
    chosen: Iterable[Provision],
    choices: Mapping[int, PredecessorChoice],
    old: Mapping[int, Provision],
) -> None:
    """Refuse where a lineage would go on in two provisions of the edition."""
    others = edition.provisions.exclude(pk__in=choices)
    taken = {each.lineage: each for each in others.filter(lineage__in=_lineages(old))}
    for provision in chosen:
        choice = choices[provision.pk]
        if choice.predecessor is None or choice.part:
            continue
        followed = old[choice.predecessor]
        if rival := taken.get(followed.lineage):
            raise Refused(
                _(
                    "Nothing was changed: %(old)s goes on in %(rival)s already, so %(new)s cannot "
                    "follow it too. Say that %(new)s took over a part of it, or change "
                    "%(rival)s first."
                )
                % {"old": _named(followed), "rival": _named(rival), "new": _named(provision)}
            )
        taken[followed.lineage] = provision


def _named(provision: Provision) -> str:
    return provision.cited_as or provision.heading or provision.path


def _lineages(provisions: Mapping[int, Provision]) -> list[uuid.UUID]:
    return [provision.lineage for provision in provisions.values()]


def _said(choice: PredecessorChoice, old: Mapping[int, Provision]) -> str:
    if choice.predecessor is None:
        return ""
    return f"{old[choice.predecessor].path}{' (part)' if choice.part else ''}"


def _choose(provision: Provision, choice: PredecessorChoice, old: Mapping[int, Provision]) -> None:
    confirmed = Provision.Descent.CONFIRMED
    if choice.predecessor is None:
        _follow(provision, None, descent=Provision.Descent.NEW)
        return
    likeness = provision.likeness if provision.predecessor_id == choice.predecessor else None
    followed = old[choice.predecessor]
    _follow(provision, followed, part=choice.part, descent=confirmed, likeness=likeness)


def follow_match(provision: Provision, predecessor: Provision, match: Match) -> None:
    """Set what a provision follows as it was proposed; what is sure needs nobody to confirm it."""
    sure = Provision.Descent.CONFIRMED if match.sure else Provision.Descent.PROPOSED
    part, likeness = not match.keeps, match.likeness
    _follow(provision, predecessor, part=part, descent=sure, likeness=likeness)


def _follow(
    provision: Provision,
    predecessor: Provision | None,
    *,
    descent: "Provision.Descent",
    part: bool = False,
    likeness: float | None = None,
) -> None:
    """Set what a provision follows; what follows nothing, or a part, gets a lineage of its own."""
    goes_on = predecessor is not None and not part
    provision.lineage = predecessor.lineage if predecessor and goes_on else uuid.uuid4()
    provision.predecessor = predecessor
    provision.descent = descent
    provision.likeness = likeness


def _write(edition: Edition, provisions: list[Provision]) -> None:
    """Write what provisions follow, in an order that no two have the same lineage meanwhile."""
    coming = {provision.lineage: provision.pk for provision in provisions}
    held = edition.provisions.filter(lineage__in=coming) if len(coming) < FEW else None
    present = held if held is not None else edition.provisions.all()
    in_the_way = [each for each in present if coming.get(each.lineage, each.pk) != each.pk]
    for provision in in_the_way:
        provision.lineage = uuid.uuid4()
    update_rows(in_the_way, ("lineage",))
    update_rows(provisions, DESCENT)


def update_rows(provisions: Iterable[Provision], names: Iterable[str]) -> None:
    """Write these fields row by row: `bulk_update` takes half a minute for a whole edition."""
    fields: list[Any] = [Provision._meta.get_field(name) for name in names]
    connection = connections[router.db_for_write(Provision)]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table = quote(Provision._meta.db_table)
    statement = f"UPDATE {table} SET {columns} WHERE id = %s"  # noqa: S608  our own names alone
    rows = [
        [
            *(field.get_db_prep_save(field.value_from_object(row), connection) for field in fields),
            row.pk,
        ]
        for row in provisions
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _write_joins(
    edition: Edition, old: list[Provision], new: list[Provision], matches: Iterable[Match]
) -> None:
    through = Provision.absorbs.through
    through.objects.filter(from_provision__edition=edition).delete()
    through.objects.bulk_create(
        through(from_provision=new[match.new], to_provision=old[match.old])
        for match in matches
        if match.absorbed
    )


def candidates(
    edition: Edition, provisions: Iterable[Provision], most: int = 8
) -> dict[int, list[Provision]]:
    """Return, by the pk of a draft's provisions, the older ones that each may follow.

    What is proposed and what had its place come first, then those that nothing follows yet, the
    most alike before the others.
    """
    before = edition.edition_before()
    if before is None:
        return {}
    taken = edition.provisions.exclude(predecessor=None).values("predecessor")
    free = list(before.provisions.exclude(pk__in=taken).order_by("position"))
    provisions = list(provisions)
    near = models.Q(citation__in=[each.citation for each in provisions]) | models.Q(
        pk__in=[each.predecessor_id for each in provisions if each.predecessor_id]
    )
    placed = list(before.provisions.filter(near))
    found: dict[int, list[Provision]] = {}
    for provision in provisions:
        words = set(provision.text.casefold().split()) | set(provision.heading.casefold().split())
        ranked = sorted(free, key=lambda old: -_shared(words, old))[:most]
        first = [
            old
            for old in placed
            if old.pk == provision.predecessor_id or old.citation == provision.citation
        ]
        first.sort(key=lambda old: old.pk != provision.predecessor_id)
        found[provision.pk] = list({old.pk: old for old in [*first, *ranked]}.values())
    return found


def _shared(words: set[str], old: Provision) -> float:
    others = set(old.text.casefold().split()) | set(old.heading.casefold().split())
    both = len(words) + len(others)
    return 2 * len(words & others) / both if both else 0.0
