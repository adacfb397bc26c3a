"""A draft's tree on the workbench: its rows as nodes, and after a change the nodes as rows again.

Untouched provisions keep their rows; only what differs is written, in a number of queries that does
not grow with the edition. Positions are unique and so are addresses, so what moves is first put
where nothing else stands.
"""

import datetime
import itertools
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from ground.refusals import Refused
from library.rules.actions.access import audiences
from library.rules.actions.draft_history import CONTENT, called, order_of, remember
from library.rules.actions.importing import check_tops, steps_to_page
from library.rules.models import Edition, Mend, Provision, RulesImport, Work
from library.rules.rulebooks.mending import CannotMend
from library.rules.rulebooks.tree import LeftOut, Node, Place, places
from party.models import Member
from party.permissions import narrowest

OF_NODES = tuple(name for name in CONTENT if name != "own_audience")
OF_PLACES = ("path", "citation", "cited_as")
WRITTEN = (*CONTENT, *OF_PLACES, "page_steps", "audience", "parent_id")
LONGEST = {  # characters that can be stored
    field.name: field.max_length or 0
    for field in Provision._meta.local_fields
    if isinstance(field, CharField) and field.name in OF_PLACES
}
BIG = 1_000_000_000  # beyond every position
PARKED = CharField()


class Workbench:
    """The tree of a held draft. `tree` and `left_out` may be changed until `store`."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.given = reading_of(edition)
        self.left_out = [LeftOut(**left) for left in self.given.left_out]
        self.rows = list(edition.provisions.order_by("position"))
        self.before = order_of(self.rows)
        self.stood = {row.pk: _snapshot(row) for row in self.rows}
        self._row_of: dict[int, Provision] = {}
        self._joins: list[tuple[Provision, Provision]] = []
        self.nodes: dict[int, Node] = {}
        self.tree = self._grow((row, row.path.count("/")) for row in self.rows)

    def node(self, provision: Provision) -> Node:
        """Return a provision's node. Raises CannotMend where it is gone."""
        if provision.pk not in self.nodes:
            raise CannotMend("It is not in this draft any more.")
        return self.nodes[provision.pk]

    def called(self, node: Node) -> str:
        """Return how a librarian recognises a node, as it was called before the change."""
        row = self._row_of.get(id(node))
        return called(row) if row else node.number

    def blocks_of(self, left: LeftOut) -> tuple[int | None, int | None]:
        """Return from and until which block of the source some left-out text came."""
        for index, block in enumerate(self.given.source):
            if block.get("line") == left.line and block.get("page") == left.page:
                return index, index + 1
        return None, None

    def inherit(self, new: Node, old: Node) -> None:
        """Let a new node, made of a part of an old one, follow what that follows."""
        first = self._row_of[id(old)]
        row = Provision(
            edition=self.edition, own_audience=first.own_audience, predecessor=first.predecessor
        )
        row.descent = Provision.Descent.PROPOSED if first.predecessor_id else Provision.Descent.NEW
        row.audience = first.audience
        self._row_of[id(new)] = row

    def take_in(self, target: Node, taken: Node) -> None:
        """Let a node that took another's words in follow that too, and be as restricted."""
        first, second = self._row_of[id(target)], self._row_of[id(taken)]
        first.audience = narrowest(first.audience, second.audience)
        self._joins.append((first, second))

    def leave_out(self, texts: Iterable[LeftOut], nodes: Iterable[Node]) -> None:
        """Put the texts of nodes on the list of what was left out, with who may read them."""
        for left, node in zip(texts, nodes, strict=True):
            audience = self._row_of[id(node)].audience
            restricted = "" if audience == Work.Audience.MEMBERS else audience
            self.left_out.append(left._replace(audience=restricted))

    def put_in(self, new: Node, left: LeftOut) -> None:
        """Let a node that was made of a left-out text be as restricted as that."""
        self._row_of[id(new)] = Provision(
            edition=self.edition, audience=left.audience or Work.Audience.MEMBERS
        )

    def restore(self, mend: Mend) -> None:
        """Put the tree back as it stood before a mend; `store` writes it."""
        now = {row.pk: row for row in self.rows}
        kept: dict[str, dict[str, Any]] = mend.before["rows"]
        pairs, back = [], []
        for pk, depth in mend.before["order"]:
            row = now.get(pk) or self._taken_away(pk, kept[str(pk)])
            if pk not in now and row.predecessor_id:
                back.append(row.predecessor_id)
            for name in CONTENT:
                setattr(row, name, kept.get(str(pk), {}).get(name, getattr(row, name)))
            pairs.append((row, depth))
        self.tree = self._grow(pairs)
        self._taken_in().filter(to_provision__in=back).delete()
        if "left_out" in mend.before:
            self.left_out = [LeftOut(**left) for left in mend.before["left_out"]]
        if "introduction" in mend.before:
            self.edition.introduction = mend.before["introduction"]
            self.edition.save(update_fields=["introduction"])

    def store(self, said: str = "", *, by: Member | None, now: datetime.datetime) -> None:
        """Write what has changed; with `said`, as a mend that can be undone."""
        stations = places(self.tree)
        self._check(stations)
        rows = [self._placed(place) for place in stations]
        if said:
            self._keep_closed(stations, rows)
        standing = {row.pk for row in rows if row.pk in self.stood}
        gone = [row for row in self.rows if row.pk not in standing]
        if said:
            changed = [row for row in rows if self._differs(row, CONTENT)]
            self._remember([*changed, *gone], said=said, by=by, now=now)
        self._park([*(row for row in rows if self._differs(row, OF_PLACES)), *gone], gone)
        self._shift([row for row in rows if row.pk in self.stood], stations)
        self._create(stations, rows)
        self._write(rows)
        self._write_joins()
        if gone:
            self.edition.provisions.filter(pk__in=[row.pk for row in gone]).delete()
        self.given.left_out = [left._asdict() for left in self.left_out]
        self.given.save(update_fields=["left_out"])

    def _grow(self, pairs: Iterable[tuple[Provision, int]]) -> list[Node]:
        """Return the tops of the tree of rows in reading order, each with its depth."""
        tops: list[Node] = []
        above: list[Node] = []
        for row, depth in pairs:
            node = Node(**{name: getattr(row, name) for name in OF_NODES}, line=self._line(row))
            del above[depth:]
            (above[-1].children if above else tops).append(node)
            above.append(node)
            self._row_of[id(node)] = row
            self.nodes[row.pk] = node
        return tops

    def _line(self, row: Provision) -> int:
        source = self.given.source
        if row.source_from is None or row.source_from >= len(source):
            return 0
        return int(source[row.source_from].get("line") or 0)

    def _taken_away(self, pk: int, values: dict[str, Any]) -> Provision:
        """Return a row that a mend took away, with the number it had."""
        row = Provision(edition=self.edition, pk=pk)
        taken = any(str(other.lineage) == values["lineage"] for other in self.rows)
        for name in ("predecessor_id", "descent", "likeness"):
            setattr(row, name, values[name])
        if not taken:
            row.lineage = values["lineage"]
        return row

    def _check(self, stations: list[Place]) -> None:
        if not stations:
            raise Refused(_("Nothing would be left of the edition. Discard the draft instead."))
        tops = [place.path for place in stations if not place.parent]
        check_tops(self.edition.work, self.edition.slug, tops)
        for place in stations:
            for name in OF_PLACES:
                if len(getattr(place, name)) > LONGEST[name]:
                    raise Refused(
                        _("Nothing was changed: “%(cited)s” would stand too deep in the tree.")
                        % {"cited": place.cited_as[:80]}
                    )

    def _placed(self, place: Place) -> Provision:
        """Return the row of a place with all that is to be stored but its position."""
        row = self._row_of.get(id(place.node)) or Provision(edition=self.edition)
        self._row_of[id(place.node)] = row
        for name in OF_NODES:
            setattr(row, name, getattr(place.node, name))
        for name in OF_PLACES:
            setattr(row, name, getattr(place, name))
        row.page_steps = steps_to_page(place)
        row.parent = self._row_of[id(place.parent.node)] if place.parent else None
        return row

    def _keep_closed(self, stations: list[Place], rows: list[Provision]) -> None:
        """Say of what would be open to more people than its words were that it is not."""
        found: dict[int, str] = {}
        for place, row in zip(stations, rows, strict=True):
            above = found[id(place.parent.node)] if place.parent else Work.Audience.MEMBERS
            stands = narrowest(row.own_audience or Work.Audience.MEMBERS, above)
            found[id(place.node)] = narrowest(stands, row.audience)
            if found[id(place.node)] != stands:
                row.own_audience = row.audience

    def _write_joins(self) -> None:
        """Note that what took others in follows what they followed, besides its predecessor."""
        for first, second in self._joins:
            followed = list(second.absorbs.values_list("pk", flat=True))
            followed += [second.predecessor_id] if second.predecessor_id else []
            first.absorbs.add(*(pk for pk in followed if pk != first.predecessor_id))

    def _taken_in(self) -> QuerySet[Any]:
        """Return the rows that say what this draft's provisions took in."""
        return Provision.absorbs.through.objects.filter(from_provision__edition=self.edition)

    def _differs(self, row: Provision, names: Iterable[str]) -> bool:
        stood = self.stood.get(row.pk)
        return stood is not None and any(stood[name] != getattr(row, name) for name in names)

    def _remember(self, rows: list[Provision], **told: Any) -> None:
        left_out = [left._asdict() for left in self.left_out]
        before: dict[str, Any] = {"order": self.before}
        if left_out != self.given.left_out:
            before["left_out"] = self.given.left_out
        remember(self.edition, [self._as_it_stood(row) for row in rows], before=before, **told)

    def _as_it_stood(self, row: Provision) -> Provision:
        return Provision(pk=row.pk, **self.stood[row.pk])

    def _park(self, rows: list[Provision], gone: list[Provision]) -> None:
        """Free the addresses of what is moved, and the places of what is taken away."""
        mine = self.edition.provisions
        if gone:
            mine.filter(pk__in=[row.pk for row in gone]).update(position=F("position") + 2 * BIG)
        if rows:
            path = Concat(Value("~"), Cast("pk", PARKED))
            mine.filter(pk__in=[row.pk for row in rows]).update(path=path)

    def _shift(self, rows: list[Provision], stations: list[Place]) -> None:
        """Move every run of rows by as much as it has to be moved."""
        mine = self.edition.provisions
        where = {self._row_of[id(place.node)].pk: place for place in stations}
        steps = [
            (row, (where[row.pk].position - row.position, where[row.pk].end - row.end))
            for row in sorted(rows, key=lambda row: row.position)
        ]
        for (by, longer), run in itertools.groupby(steps, key=lambda step: step[1]):
            moved = [row.position for row, _step in run]
            if by or longer:
                away = BIG if by else 0
                mine.filter(position__gte=moved[0], position__lte=moved[-1]).update(
                    position=F("position") + by + away, end=F("end") + longer
                )
        mine.filter(position__gte=BIG // 2, position__lt=2 * BIG).update(
            position=F("position") - BIG
        )
        for row in rows:
            row.position, row.end = where[row.pk].position, where[row.pk].end

    def _create(self, stations: list[Place], rows: list[Provision]) -> None:
        """Write new rows level by level, so that each finds its parent's."""
        pairs = zip(stations, rows, strict=True)
        new = [(place, row) for place, row in pairs if row.pk not in self.stood]
        new.sort(key=lambda pair: pair[0].depth)
        for _depth, level in itertools.groupby(new, key=lambda pair: pair[0].depth):
            made = []
            for place, row in level:
                row.position, row.end, row.parent = place.position, place.end, row.parent
                made.append(row)
            for row in Provision.objects.bulk_create(made, batch_size=500):
                self.stood[row.pk] = _snapshot(row)

    def _write(self, rows: list[Provision]) -> None:
        """Write the fields that differ, of those rows that differ."""
        for row in rows:
            row.parent = row.parent  # whose number a new parent has only now
        for row, audience in audiences(rows):
            row.audience = audience
        changed = [row for row in rows if self._differs(row, WRITTEN)]
        fields = [
            name.removesuffix("_id")
            for name in WRITTEN
            if any(self._differs(row, [name]) for row in changed)
        ]
        if fields:
            Provision.objects.bulk_update(changed, fields, batch_size=500)


def reading_of(edition: Edition) -> RulesImport:
    """Return what a draft was read from; made now where it came from no file given here."""
    found = RulesImport.objects.filter(edition=edition).first()
    return found or RulesImport.objects.create(
        work=edition.work,
        edition=edition,
        label=edition.label,
        in_force_from=edition.in_force_from,
        status=RulesImport.Status.DONE,
        progress=1.0,
    )


def _snapshot(row: Provision) -> dict[str, Any]:
    names = (*WRITTEN, "lineage", "predecessor_id", "descent", "likeness")
    return {name: getattr(row, name) for name in names}
