"""Which of a draft's rows each line of its new text goes on with, and what is written then.

A row that goes on keeps what it follows in the edition before, and who may read it. Positions and
addresses are unique, so what moves is first put where nothing else stands.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from ground.refusals import Refused
from library.rules.actions.access import spread
from library.rules.actions.drafts import check_tops, steps_to_page
from library.rules.actions.lineage import follow_match, update_rows
from library.rules.models import Edition, Provision, RulesImport
from library.rules.models.changes import passages_of
from library.rules.models.outline import nodes
from library.rules.rulebooks.conservation import squeezed
from library.rules.rulebooks.doubts import doubts
from library.rules.rulebooks.lineage import Passage, propose
from library.rules.rulebooks.tree import Node, Place, places
from party.permissions import narrowest

OF_NODES = ("kind", "number", "heading", "text")
OF_PLACES = ("path", "citation", "cited_as", "position", "end")
OTHERS = ("page", "source_from", "source_until", "doubt", "page_steps", "parent_id")
WRITTEN = (*OF_NODES, *OF_PLACES, *OTHERS, "audience")
LONGEST = {  # characters that can be stored
    field.name: field.max_length or 0
    for field in Provision._meta.local_fields
    if isinstance(field, CharField) and field.name in (*OF_NODES, *OF_PLACES)
}
BIG = 1_000_000_000  # beyond every position
CERTAIN = 12  # letters that two texts must share to be the same words


class Changes(NamedTuple):
    """How many provisions of a draft were put in, taken out and changed."""

    added: int
    removed: int
    reworded: int
    renumbered: int
    moved: int


def replace_tree(edition: Edition, tree: Sequence[Node], given: RulesImport) -> Changes:
    """Let a held draft's provisions be those of a tree. Raises Refused where that cannot be."""
    stations = places(tree)
    _check(edition, stations)
    return _Replacement(edition, stations, given).write()


def _check(edition: Edition, stations: Sequence[Place]) -> None:
    if not stations:
        raise Refused(_("This would delete every provision. Discard the draft instead."))
    tops = [place.path for place in stations if not place.parent]
    check_tops(edition.work, edition.slug, tops)
    for place in stations:
        for name in ("path", "citation", "cited_as"):
            if len(getattr(place, name)) > LONGEST[name]:
                raise Refused(
                    _("Nothing was changed: “%(cited)s” would stand too deep in the tree.")
                    % {"cited": place.cited_as[:80]}
                )


class _Replacement:
    """The rows of a draft before and after, each new one in its place."""

    def __init__(self, edition: Edition, stations: Sequence[Place], given: RulesImport) -> None:
        self.edition, self.stations, self.given = edition, stations, given
        self.before = list(edition.provisions.order_by("position"))
        self.stood = {row.pk: {name: getattr(row, name) for name in WRITTEN} for row in self.before}
        self.places_before = places(nodes(self.before))
        self.rows: list[Provision] = []
        self.joined: list[tuple[Provision, Provision, set[int]]] = []  # the last: what it followed
        self._match()
        kept = {row.pk for row in self.rows}
        self.new = [row for row in self.rows if row._state.adding]
        self.gone = [row for row in self.before if row.pk not in kept]

    def write(self) -> Changes:
        """Write what is different; return how much that is."""
        self._fill()
        self._judge()
        self._park()
        self._remove()
        Provision.objects.bulk_create(self.new, batch_size=500)
        for place, row in zip(self.stations, self.rows, strict=True):
            row.parent = self.rows[place.parent.position] if place.parent else None
        spread(self.rows)
        new = {row.pk for row in self.new}
        update_rows([row for row in self.rows if row.pk in new or self._differs(row)], WRITTEN)
        self._follow()
        return self._changes()

    # --- which row goes on in which ------------------------------------------------------------
    def _match(self) -> None:
        """Let each place go on with the row that its words come from, if there is one."""
        matches = propose(passages_of(self.before), _passages(self.stations))
        kept = {m.new: self.before[m.old] for m in matches if m.keeps and not m.absorbed}
        self.rows = [
            kept.get(index) or Provision(edition=self.edition)
            for index in range(len(self.stations))
        ]
        for match in matches:
            old, row = self.before[match.old], self.rows[match.new]
            if match.absorbed:
                self._join(row, old)
            elif not match.keeps and row._state.adding:
                _inherit(row, old)
        self._match_pieces({match.old for match in matches}, {match.new for match in matches})

    def _match_pieces(self, olds: set[int], news: set[int]) -> None:
        """Find what else was joined or split off: a text within one that was changed."""
        changed = [
            (squeezed(place.node.text), row)
            for place, row in zip(self.stations, self.rows, strict=True)
            if place.node.text != row.text
        ]
        for index, old in enumerate(self.before):
            words = squeezed(old.text)
            if index not in olds and len(words) >= CERTAIN:
                taker = next((row for text, row in changed if words in text), None)
                if taker:
                    self._join(taker, old)
        cut = [(squeezed(row.text), row) for _text, row in changed if not row._state.adding]
        for index, row in enumerate(self.rows):
            words = squeezed(self.stations[index].node.text)
            if index not in news and len(words) >= CERTAIN:
                whole = next((old for text, old in cut if words in text), None)
                if whole:
                    _inherit(row, whole)

    def _join(self, row: Provision, old: Provision) -> None:
        row.audience = narrowest(row.audience, old.audience)
        followed = {*old.absorbs.values_list("pk", flat=True), old.predecessor_id}
        self.joined.append((row, old, {pk for pk in followed if pk}))

    def _fill(self) -> None:
        by_words = {squeezed(block["text"]): index for index, block in enumerate(self.given.source)}
        for place, row in zip(self.stations, self.rows, strict=True):
            for name in OF_NODES:
                setattr(row, name, getattr(place.node, name))
            for name in OF_PLACES:
                setattr(row, name, getattr(place, name))
            row.page_steps = steps_to_page(place)
            words = squeezed(f"{row.number} {row.heading} {row.text}")
            index = by_words.get(words, by_words.get(squeezed(row.text)))
            if row._state.adding and row.source_from is None and index is not None and words:
                row.source_from, row.source_until = index, index + 1
                row.page = self.given.source[index].get("page")
        for row, taken, _followed in self.joined:
            row.source_from, row.source_until = _both(row, taken)

    def _judge(self) -> None:
        """Say of each provision what is doubtful, unless it was so before: then it was judged."""
        tree = [place.node for place in self.stations if not place.parent]
        old_tree = [place.node for place in self.places_before if not place.parent]
        now, before = doubts(tree), doubts(old_tree)
        was = {
            row.pk: before.get(id(place.node), "")
            for row, place in zip(self.before, self.places_before, strict=True)
        }
        for place, row in zip(self.stations, self.rows, strict=True):
            doubt = now.get(id(place.node), "")
            stood = self.stood.get(row.pk)
            same = stood and all(stood[name] == getattr(row, name) for name in OF_NODES)
            if not same or doubt != was[row.pk]:
                row.doubt = doubt

    # --- writing ---------------------------------------------------------------------------------
    def _park(self) -> None:
        """Free the addresses and positions of what is moved."""
        moved = [row.pk for row in self.rows if self._differs(row, ("path", "position"))]
        path = Concat(Value("~"), Cast("pk", CharField()))
        for start in range(0, len(moved), 500):
            rows = self.edition.provisions.filter(pk__in=moved[start : start + 500])
            rows.update(path=path, position=F("position") + BIG)

    def _remove(self) -> None:
        """Delete the rows that nothing goes on with, without what stands below them."""
        gone = [row.pk for row in self.gone]
        self.edition.provisions.filter(parent__in=gone).update(parent=None)
        self.edition.provisions.filter(pk__in=gone).delete()
        for row in self.rows:
            if row.parent_id in gone:
                row.parent = None

    def _follow(self) -> None:
        """Say what the rows follow that are new, and what those follow that took others in."""
        for row, _taken, pks in self.joined:
            row.absorbs.add(*(pks - {row.predecessor_id}))
        before = self.edition.edition_before() if self.new else None
        if before is None:
            return
        old = list(before.provisions.order_by("position"))
        followed = {row.predecessor_id for row in self.rows}
        new = {id(row) for row in self.new}
        found = []
        for match in propose(passages_of(old), _passages(self.stations)):
            row, predecessor = self.rows[match.new], old[match.old]
            if id(row) in new and not match.absorbed and predecessor.pk not in followed:
                follow_match(row, predecessor, match)
                found.append(row)
        update_rows(found, ("lineage", "predecessor", "descent", "likeness"))

    def _differs(self, row: Provision, names: Sequence[str] = WRITTEN) -> bool:
        stood = self.stood.get(row.pk)
        return stood is not None and any(stood[name] != getattr(row, name) for name in names)

    def _changes(self) -> Changes:
        counted = Counter[str]()
        new = {id(row) for row in self.new}
        for row in self.rows:
            if id(row) not in new:
                counted["reworded"] += self._differs(row, ("heading", "text"))
                counted["renumbered"] += self._differs(row, ("kind", "number"))
                counted["moved"] += self._differs(row, ("parent_id",))
        return Changes(len(self.new), len(self.gone), *(counted[n] for n in Changes._fields[2:]))


def _passages(stations: Sequence[Place]) -> list[Passage]:
    return [
        Passage(
            place.node.kind,
            place.node.number,
            place.node.heading,
            place.node.text,
            place.parent.position if place.parent else None,
        )
        for place in stations
    ]


def _inherit(row: Provision, old: Provision) -> None:
    """Let a new row that took over a part of an old one follow what that follows."""
    row.predecessor, row.audience = old.predecessor, old.audience
    row.descent = Provision.Descent.PROPOSED if old.predecessor_id else Provision.Descent.NEW
    row.page, row.source_from, row.source_until = old.page, old.source_from, old.source_until


def _both(row: Provision, taken: Provision) -> tuple[int | None, int | None]:
    """Return which blocks of the source two rows were made of together."""
    starts = [each.source_from for each in (row, taken) if each.source_from is not None]
    ends = [each.source_until for each in (row, taken) if each.source_until is not None]
    return min(starts, default=None), max(ends, default=None)
