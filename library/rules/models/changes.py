"""What changed between two editions of a work, for one reader: values, kept in the cache."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.core.cache import caches
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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
    said = {
        "new": ngettext("%d new", "%d new", counts["new"]),
        "removed": ngettext("%d removed", "%d removed", counts["removed"]),
        "moved": ngettext("%d moved", "%d moved", counts["moved"]),
        "renumbered": ngettext("%d renumbered", "%d renumbered", counts["renumbered"]),
        "reworded": ngettext("%d reworded", "%d reworded", counts["reworded"]),
    }
    found = [said[kind] % counts[kind] for kind in KINDS if counts[kind]]
    return ", ".join(found) or str(_("Nothing changed"))


def counted(chapters: Iterable[ChapterChanges]) -> str:
    """Return how much changed in all of some chapters, as words."""
    total: Counter[Kind] = Counter()
    for chapter in chapters:
        total.update(chapter.counts)
    return sentence(total)


class Comparison:
    """Two editions of one work, compared for those who have these words of `audience_tokens`.

    What they may not read is not there for them: in neither edition, nor in any count. Editions
    and texts are read each time (three queries, a fourth for what was cut apart or put together);
    what was found of them stays in the cache until a text, a lineage or an audience is another.
    """

    def __init__(self, older: Edition, newer: Edition, audience: Iterable[str]) -> None:
        self.older, self.newer = older, newer
        tokens = [token for token in LADDER if token in set(audience)]
        self.old, self.new = compared_provisions(older, tokens), compared_provisions(newer, tokens)
        self.pairs = self._pairs()

    def _pairs(self) -> list[Pair]:
        key = f"rules:comparison:2:{self._fingerprint()}"
        found: list[Pair] | None = caches["drawn"].get(key)
        if found is None:
            found = compare(passages_of(self.old), passages_of(self.new))
            caches["drawn"].set(key, found, CACHED_FOR)
        return found

    def _fingerprint(self) -> str:
        """Return what is another as soon as anything of what was read is another."""
        told = hashlib.blake2b(digest_size=20)
        for lines in (self.old, self.new):
            told.update(repr([tuple(map(str, line)) for line in lines]).encode())
        return told.hexdigest()

    def chapters(self) -> list[ChapterChanges]:
        """Return each chapter in which something changed; see `all_chapters`."""
        return [chapter for chapter in self.all_chapters if chapter.total]

    @cached_property
    def all_chapters(self) -> list[ChapterChanges]:
        """Every chapter of both editions, a removed one where it was, with its counts."""
        counted: dict[int, Counter[Kind]] = {}
        tops: dict[int, Pair] = {}
        for root, pair in self._by_chapter():
            counted.setdefault(root, Counter()).update(pair.kinds)
            tops.setdefault(root, pair)
        return [self._chapter(tops[root], counted[root]) for root in counted]

    def _by_chapter(self) -> Iterator[tuple[int, Pair]]:
        """Yield each pair with a number for the chapter it stands in."""
        root = -1
        for pair in self.pairs:
            line = self._line(pair)
            if line.parent_id is None:
                root += 1
            yield root, pair

    def _line(self, pair: Pair) -> ComparedProvision:
        if pair.new is not None:
            return self.new[pair.new]
        assert pair.old is not None  # noqa: S101  a pair is of a provision of one of the two
        return self.old[pair.old]

    def _chapter(self, top: Pair, counts: Counter[Kind]) -> ChapterChanges:
        edition = self.older if top.new is None else self.newer
        return ChapterChanges(provision_of(self._line(top), edition), counts)

    def of_chapter(self, path: str) -> list[Change]:
        """Return all that stands at a chapter's address: in the newer edition, or removed there."""
        wanted = {
            root
            for root, pair in self._by_chapter()
            if self._line(pair).parent_id is None and self._line(pair).path == path
        }
        return [self._change(pair) for root, pair in self._by_chapter() if root in wanted]

    def left(self, path: str) -> list[Change]:
        """Return what stood in a chapter of the older edition and is in another one now."""
        return [
            self._change(pair)
            for pair in self.pairs
            if "moved" in pair.kinds
            and pair.old is not None
            and pair.new is not None
            and self.old[pair.old].top == path
            and self._has_left(pair)
        ]

    def _has_left(self, pair: Pair) -> bool:
        assert pair.old is not None and pair.new is not None  # noqa: S101, PT018  `left` asks first
        before, after = self._tops[0][pair.old], self._tops[1][pair.new]
        return before != after

    @cached_property
    def _tops(self) -> tuple[list[UUID], list[UUID]]:
        """The lineage of the chapter in which each provision of either edition stands."""

        def tops(lines: list[ComparedProvision]) -> list[UUID]:
            by_path = {line.path: line.lineage for line in lines if line.parent_id is None}
            return [by_path.get(line.top, line.lineage) for line in lines]

        return tops(self.old), tops(self.new)

    def line_cited(self, lineage: UUID | None, citation: str) -> ComparedProvision | None:
        """Return the older edition's provision of a lineage, else the one that a citation names."""
        by_lineage = (line for line in self.old if lineage and line.lineage == lineage)
        by_citation = (line for line in self.old if not lineage and line.citation == citation)
        return next(by_lineage, None) or next(by_citation, None)

    def chapter_cited(self, lineage: UUID | None, citation: str) -> UUID | None:
        """Return the lineage of the chapter that holds what a text cites, as chapters are told."""
        for lines, tops in zip((self.new, self.old), reversed(self._tops), strict=True):
            for line, top in zip(lines, tops, strict=True):
                if line.lineage == lineage if lineage else line.citation == citation:
                    return top
        return None

    def before_of(self, lineage: UUID) -> Provision | None:
        """Return what a lineage was in the older edition."""
        found = next((line for line in self.old if line.lineage == lineage), None)
        return provision_of(found, self.older) if found else None

    def after_of(self, lineage: UUID) -> Provision | None:
        """Return what a lineage is in the newer edition."""
        found = next((line for line in self.new if line.lineage == lineage), None)
        return provision_of(found, self.newer) if found else None

    def concerning(self, lineage: UUID) -> list[Change]:
        """Return what changed in a provision or below it, in either edition."""
        ranges = [
            next(((line.position, line.end) for line in lines if line.lineage == lineage), (0, 0))
            for lines in (self.old, self.new)
        ]
        return [
            self._change(pair)
            for pair in self.pairs
            if (pair.kinds or self._readdressed(pair))
            and any(
                index is not None and start <= lines[index].position < end
                for index, lines, (start, end) in zip(
                    (pair.old, pair.new), (self.old, self.new), ranges, strict=True
                )
            )
        ]

    def _readdressed(self, pair: Pair) -> bool:
        return (
            pair.old is not None
            and pair.new is not None
            and self.old[pair.old].cited_as != self.new[pair.new].cited_as
        )

    def _change(self, pair: Pair) -> Change:
        before, after = self._before(pair.old), self._after(pair.new)
        return Change(
            before,
            after,
            pair.kinds,
            pair.heading,
            pair.text,
            split_from=self._origin(after) if pair.old is None and after else None,
            joined_into=self._heir(before) if pair.new is None and before else None,
        )

    def _before(self, index: int | None) -> Provision | None:
        return None if index is None else provision_of(self.old[index], self.older)

    def _after(self, index: int | None) -> Provision | None:
        return None if index is None else provision_of(self.new[index], self.newer)

    def _origin(self, provision: Provision) -> Provision | None:
        origins = self._crossings[0]
        return _first_known(provision.lineage, origins, self.old, self.older)

    def _heir(self, provision: Provision) -> Provision | None:
        heirs = self._crossings[1]
        return _first_known(provision.lineage, heirs, self.new, self.newer)

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


def _first_known(
    lineage: UUID, steps: dict[UUID, UUID], lines: list[ComparedProvision], edition: Edition
) -> Provision | None:
    """Follow steps from a lineage to one that an edition has."""
    known = {line.lineage: line for line in lines}
    seen = {lineage}
    while lineage in steps and steps[lineage] not in seen:
        lineage = steps[lineage]
        seen.add(lineage)
        if lineage in known:
            return provision_of(known[lineage], edition)
    return None


def provision_of(line: ComparedProvision, edition: Edition) -> Provision:
    """Return a provision as the pages show it, without asking the database again."""
    values = line._asdict()
    return Provision(edition=edition, **values)
