"""What changed between two editions of a work, for one reader: values, kept in the cache."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.core.cache import caches
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from library.rules.models.provisions import Provision
from library.rules.models.works import Edition
from library.rules.rulebooks.comparison import KINDS, Kind, Pair, Stretch, compare
from library.rules.rulebooks.lineage import Passage
from party.permissions import LADDER

CACHED_FOR = 7 * 24 * 3600  # seconds
LABELS: dict[Kind, Any] = {
    "new": _("New"),
    "removed": _("Removed"),
    "moved": _("Moved"),
    "renumbered": _("Renumbered"),
    "reworded": _("Reworded"),
}


class ComparedProvision(NamedTuple):
    """What is read of a provision to compare it."""

    pk: int
    parent_id: int | None
    kind: str
    number: str
    heading: str
    text: str
    lineage: UUID
    path: str
    cited_as: str
    citation: str
    audience: str
    position: int
    end: int
    page_steps: int

    @property
    def top(self) -> str:
        return self.path.partition("/")[0]


def compared_provisions(edition: Edition, audience: Iterable[str]) -> list[ComparedProvision]:
    """Return an edition's provisions that stand open to words of `audience_tokens`, in order."""
    found = Provision.objects.filter(edition=edition).readable_by(audience).order_by("position")
    return [ComparedProvision(*values) for values in found.values_list(*ComparedProvision._fields)]


def passages_of(lines: Iterable[ComparedProvision | Provision]) -> list[Passage]:
    """Return provisions as they are compared, in the same order."""
    places: dict[int | None, int] = {}
    found: list[Passage] = []
    for place, line in enumerate(lines):
        above = places.get(line.parent_id)
        found.append(Passage(line.kind, line.number, line.heading, line.text, above, line.lineage))
        places[line.pk] = place
    return found


@dataclass(frozen=True)
class Change:
    """A provision as it stands in both editions, with what happened to it; None: not in that one.

    `split_from` is the older edition's provision of which a new one took over a part,
    `joined_into` the newer one's that took in a removed one.
    """

    before: Provision | None
    after: Provision | None
    kinds: tuple[Kind, ...]
    heading: tuple[Stretch, ...]
    text: tuple[Stretch, ...]
    split_from: Provision | None = None
    joined_into: Provision | None = None

    @property
    def shown(self) -> Provision:
        """The provision as it stands in the newer edition, or as it was when it was removed."""
        found = self.after or self.before
        assert found is not None  # noqa: S101  every change is of a provision of one of the two
        return found

    @property
    def labels(self) -> list[tuple[Kind, Any]]:
        """What happened to it, each kind with its word."""
        return [(kind, LABELS[kind]) for kind in self.kinds]


@dataclass(frozen=True)
class ChapterChanges:
    """How much changed in one chapter, appendix or part, by kind."""

    chapter: Provision
    counts: Counter[Kind]

    @property
    def total(self) -> int:
        return self.counts.total()

    def is_one_of(self, lineages: Iterable[UUID | None]) -> bool:
        """Say whether a follower of these chapters (None: of the whole work) follows this one."""
        wanted = set(lineages)
        return None in wanted or self.chapter.lineage in wanted

    @property
    def parts(self) -> list[tuple[Kind, Any, int]]:
        """Each kind that occurs, with its word and how often."""
        return [(kind, LABELS[kind], self.counts[kind]) for kind in KINDS if self.counts[kind]]

    @property
    def sentence(self) -> str:
        """Such as "2 new, 1 moved, 3 reworded"."""
        return sentence(self.counts)


def sentence(counts: Counter[Kind]) -> str:
    """Return counts by kind as words: "2 new, 1 moved", or that nothing changed."""
    found = [f"{counts[kind]} {str(LABELS[kind]).lower()}" for kind in KINDS if counts[kind]]
    return ", ".join(found) or str(_("Nothing changed"))


def counted(chapters: Iterable[ChapterChanges]) -> str:
    """Return how much changed in all of some chapters, as words."""
    total: Counter[Kind] = Counter()
    for chapter in chapters:
        total.update(chapter.counts)
    return sentence(total)


class ComparedEdition:
    """One of two editions that are compared: what a reader may see of it, in reading order."""

    def __init__(self, edition: Edition, audience: Iterable[str]) -> None:
        self.edition = edition
        self.lines = compared_provisions(edition, audience)
        self.by_lineage = {line.lineage: line for line in self.lines}

    def at(self, index: int | None) -> Provision | None:
        """Return a provision as the pages show it, without asking the database again."""
        return None if index is None else self._provision(self.lines[index])

    def of(self, lineage: UUID) -> Provision | None:
        """Return what a lineage is in this edition."""
        line = self.by_lineage.get(lineage)
        return self._provision(line) if line else None

    def holds(self, index: int | None, lineage: UUID) -> bool:
        """Say whether a provision is that of a lineage here, or stands below it."""
        root = self.by_lineage.get(lineage)
        if root is None or index is None:
            return False
        return root.position <= self.lines[index].position < root.end

    def first_known(self, lineage: UUID, steps: dict[UUID, UUID]) -> Provision | None:
        """Follow steps from a lineage to one that this edition has."""
        seen = {lineage}
        while lineage in steps and steps[lineage] not in seen:
            lineage = steps[lineage]
            seen.add(lineage)
            if found := self.of(lineage):
                return found
        return None

    @cached_property
    def tops(self) -> list[UUID]:
        """The lineage of the chapter in which each provision stands."""
        by_path = {line.path: line.lineage for line in self.lines if line.parent_id is None}
        return [by_path.get(line.top, line.lineage) for line in self.lines]

    def _provision(self, line: ComparedProvision) -> Provision:
        return Provision(edition=self.edition, **line._asdict())


class Comparison:
    """Two editions of one work, compared for those who have these words of `audience_tokens`.

    What they may not read is not there for them: in neither edition, nor in any count. Editions
    and texts are read each time (three queries, a fourth for what was cut apart or put together);
    what was found of them stays in the cache until a text, a lineage or an audience is another.
    """

    def __init__(self, older: Edition, newer: Edition, audience: Iterable[str]) -> None:
        self.older, self.newer = older, newer
        tokens = [token for token in LADDER if token in set(audience)]
        self.old, self.new = ComparedEdition(older, tokens), ComparedEdition(newer, tokens)
        self.pairs = self._pairs()

    def _pairs(self) -> list[Pair]:
        key = f"rules:comparison:2:{self._fingerprint()}"
        found: list[Pair] | None = caches["drawn"].get(key)
        if found is None:
            found = compare(passages_of(self.old.lines), passages_of(self.new.lines))
            caches["drawn"].set(key, found, CACHED_FOR)
        return found

    def _fingerprint(self) -> str:
        """Return what is another as soon as anything of what was read is another."""
        told = hashlib.blake2b(digest_size=20)
        for side in (self.old, self.new):
            told.update(repr([tuple(map(str, line)) for line in side.lines]).encode())
        return told.hexdigest()

    def chapters(self) -> list[ChapterChanges]:
        """Return each chapter in which something changed; see `all_chapters`."""
        return [chapter for chapter in self.all_chapters if chapter.total]

    @cached_property
    def all_chapters(self) -> list[ChapterChanges]:
        """Every chapter of both editions, a removed one where it was, with its counts."""
        return [
            ChapterChanges(self._shown(pairs[0]), Counter(k for pair in pairs for k in pair.kinds))
            for pairs in self._by_chapter
        ]

    @cached_property
    def _by_chapter(self) -> list[list[Pair]]:
        """The pairs of each chapter, that of the chapter itself first."""
        found: list[list[Pair]] = []
        for pair in self.pairs:
            if self._line(pair).parent_id is None:
                found.append([])
            found[-1].append(pair)
        return found

    def _line(self, pair: Pair) -> ComparedProvision:
        if pair.new is not None:
            return self.new.lines[pair.new]
        assert pair.old is not None  # noqa: S101  a pair is of a provision of one of the two
        return self.old.lines[pair.old]

    def _shown(self, pair: Pair) -> Provision:
        edition = self.older if pair.new is None else self.newer
        return Provision(edition=edition, **self._line(pair)._asdict())

    def of_chapter(self, path: str) -> list[Change]:
        """Return all that stands at a chapter's address: in the newer edition, or removed there."""
        found = [pairs for pairs in self._by_chapter if self._line(pairs[0]).path == path]
        return [self._change(pair) for pairs in found for pair in pairs]

    def left(self, path: str) -> list[Change]:
        """Return what stood in a chapter of the older edition and is in another one now."""
        return [
            self._change(pair)
            for pair in self.pairs
            if "moved" in pair.kinds
            and pair.old is not None
            and pair.new is not None
            and self.old.lines[pair.old].top == path
            and self.old.tops[pair.old] != self.new.tops[pair.new]
        ]

    def line_cited(self, lineage: UUID | None, citation: str) -> ComparedProvision | None:
        """Return the older edition's provision of a lineage, else the one that a citation names."""
        if lineage:
            return self.old.by_lineage.get(lineage)
        return next((line for line in self.old.lines if line.citation == citation), None)

    def chapter_cited(self, lineage: UUID | None, citation: str) -> UUID | None:
        """Return the lineage of the chapter that holds what a text cites, as chapters are told."""
        for side in (self.new, self.old):
            for line, top in zip(side.lines, side.tops, strict=True):
                if line.lineage == lineage if lineage else line.citation == citation:
                    return top
        return None

    def concerning(self, lineage: UUID) -> list[Change]:
        """Return what changed in a provision or below it, in either edition."""
        return [
            self._change(pair)
            for pair in self.pairs
            if (pair.kinds or self._readdressed(pair))
            and (self.old.holds(pair.old, lineage) or self.new.holds(pair.new, lineage))
        ]

    def _readdressed(self, pair: Pair) -> bool:
        return (
            pair.old is not None
            and pair.new is not None
            and self.old.lines[pair.old].cited_as != self.new.lines[pair.new].cited_as
        )

    def _change(self, pair: Pair) -> Change:
        before, after = self.old.at(pair.old), self.new.at(pair.new)
        origin = heir = None
        if before is None and after:
            origin = self.old.first_known(after.lineage, self._crossings[0])
        elif after is None and before:
            heir = self.new.first_known(before.lineage, self._crossings[1])
        return Change(before, after, pair.kinds, pair.heading, pair.text, origin, heir)

    @cached_property
    def _crossings(self) -> tuple[dict[UUID, UUID], dict[UUID, UUID]]:
        """By lineage: what a part was taken from, and what a joined one went on in."""
        provisions = Provision.objects.published().filter(edition__work=self.newer.work_id)
        split = provisions.exclude(predecessor=None).exclude(lineage=F("predecessor__lineage"))
        joined = provisions.exclude(absorbs=None)
        return (
            dict(split.values_list("lineage", "predecessor__lineage")),
            dict(joined.values_list("absorbs__lineage", "lineage")),
        )
