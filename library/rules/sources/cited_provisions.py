"""What citations lead to in the editions in force, for those who may read them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.db.models import Q, QuerySet
from django.utils import timezone

from library.citations.numerals import from_roman
from library.rules.models import Provision, Work
from search.engines.document import Document
from search.engines.question import Reference
from search.sources import Resolved

MOST_REFERENCES = 20  # of one question
MOST_KEYS = 100  # of all of them
MOST_MEANINGS = 20
MOST_NEIGHBOURS = 5
LONGEST_TEXT = 1500  # characters of a cited text, about; it ends with a whole line
MOST_LINES = 80

_ORDER = {kind: number for number, kind in enumerate(Work.Kind.values)}  # rule books first


@dataclass(frozen=True)
class Resolution:
    """What one reference leads to, as provisions in the order in which they are shown."""

    reference: Reference
    cited: tuple[Provision, ...] = ()
    meanings: tuple[Provision, ...] = ()
    neighbours: tuple[Provision, ...] = ()

    @property
    def told(self) -> tuple[Provision, ...]:
        return self.cited + self.meanings + self.neighbours

    def resolved(self, documents: Mapping[str, Document], texts: Mapping[int, str]) -> Resolved:
        """Return the answer in documents by key; `texts` are the whole texts of what is cited."""
        return Resolved(
            reference=self.reference,
            cited=tuple(
                replace(documents[str(each.pk)], body=texts[each.pk]) for each in self.cited
            ),
            meanings=tuple(documents[str(each.pk)] for each in self.meanings),
            neighbours=tuple(documents[str(each.pk)] for each in self.neighbours),
        )


def resolve(references: Sequence[Reference], audience: frozenset[str]) -> list[Resolution]:
    """Return what each reference leads to today, for this audience; at most four queries."""
    asked = list(_bounded(references))
    if not asked:
        return []
    known = _known(asked, audience)
    missing = [reference for reference in asked if not _named(reference, known)]
    near = _near(missing, known, audience)
    moved = _moved(missing, audience)
    return [
        _answer(reference, known)
        if reference not in missing
        else Resolution(reference, neighbours=_neighbours(reference, known, near, moved))
        for reference in asked
    ]


def whole_texts(provisions: Iterable[Provision], audience: Iterable[str]) -> dict[int, str]:
    """Return each provision's text with that of its parts open to an audience: one line a part."""
    roots = {provision.pk: provision for provision in provisions}
    ranges = Q()
    for root in roots.values():
        places = _places(root)
        ranges |= Q(edition=root.edition_id, position__gte=places.start, position__lt=places.stop)
    if not ranges:
        return {}
    readable = Provision.objects.filter(ranges).readable_by(audience)
    below = {(each.edition_id, each.position): each for each in readable}
    return {
        pk: _text(root, filter(None, (below.get((root.edition_id, n)) for n in _places(root))))
        for pk, root in roots.items()
    }


def called(provision: Provision) -> str:
    """Return what the book calls it, with its heading: "Clause VIII — Removing a comment"."""
    return " — ".join(part for part in (provision.label, provision.heading) if part)


def _bounded(references: Iterable[Reference]) -> Iterable[Reference]:
    keys = 0
    for reference in islice(references, MOST_REFERENCES):
        keys += len(reference.keys)
        if keys <= MOST_KEYS:
            yield reference


def _readable(audience: frozenset[str]) -> QuerySet[Provision]:
    return (
        Provision.objects.in_force()
        .readable_by(audience)
        .addressed()
        .select_related("edition__work")
    )


def _known(references: Iterable[Reference], audience: frozenset[str]) -> list[Provision]:
    """Return all that is named, and whatever stands above it; rule books first, in their order."""
    keys: set[str] = set()
    wanted = Q()
    for reference in references:
        for key in reference.keys:
            keys |= {key, *_above(key)}
        if reference.part:
            for part in (reference.part, *_above(reference.part)):
                wanted |= Q(citation__endswith=f".{part}") | Q(citation=part)
    if keys:
        wanted |= Q(citation__in=keys)
    return sorted(_readable(audience).filter(wanted), key=_in_order)


def _in_order(provision: Provision) -> tuple[int, str, int, int]:
    work = provision.edition.work
    return _ORDER[work.kind], work.title, provision.edition_id, provision.position


def _above(key: str) -> list[str]:
    """Return the keys above a key, the nearest first: "7.VIII" and "7" above "7.VIII.3"."""
    steps = key.split(".")
    return [".".join(steps[:count]) for count in range(len(steps) - 1, 0, -1)]


def _named(reference: Reference, known: Iterable[Provision]) -> list[Provision]:
    if reference.part:
        return [each for each in known if _is_part(each.citation, reference.part)]
    return [each for each in known if each.citation in reference.keys]


def _is_part(citation: str, part: str) -> bool:
    """Say whether a citation is that of a part, whatever its chapter."""
    return part in (citation, citation.partition(".")[2])


def _answer(reference: Reference, known: Sequence[Provision]) -> Resolution:
    """Return what a reference names, or where that is more than one thing, what it may mean."""
    found = _named(reference, known)
    if reference.part:
        clear = len(found) == 1
    else:
        first = _ORDER[found[0].edition.work.kind]
        found = [each for each in found if _ORDER[each.edition.work.kind] == first]
        clear = len({each.edition_id for each in found}) == 1
    if clear:
        return Resolution(reference, cited=tuple(found))
    return Resolution(reference, meanings=tuple(found[:MOST_MEANINGS]))


def _near(
    missing: Sequence[Reference], known: Sequence[Provision], audience: frozenset[str]
) -> list[Provision]:
    """Return all among which the neighbours of what is not there are chosen; one query."""
    if not missing:
        return []
    parents = {each.pk for ref in missing if (each := _ancestor(ref, known))}
    wanted = Q(parent__in=parents)
    if any(reference.part and not _clauses_above(reference, known) for reference in missing):
        wanted |= Q(kind=Provision.Kind.CLAUSE)
    if any(reference.keys and not _ancestor(reference, known) for reference in missing):
        wanted |= Q(parent=None)
    return sorted(_readable(audience).filter(wanted), key=_in_order)


def _ancestor(reference: Reference, known: Iterable[Provision]) -> Provision | None:
    """Return the lowest that is there of what stands above the first key, rule books first."""
    by_citation: dict[str, Provision] = {}
    for each in known:
        by_citation.setdefault(each.citation, each)
    above = _above(reference.keys[0]) if reference.keys else []
    return next((by_citation[key] for key in above if key in by_citation), None)


def _clauses_above(reference: Reference, known: Iterable[Provision]) -> list[Provision]:
    above = _above(reference.part)
    return [each for each in known if any(_is_part(each.citation, part) for part in above)]


def _moved(missing: Sequence[Reference], audience: frozenset[str]) -> dict[str, Provision]:
    """Return by old citation what has become of provisions of editions that have ended."""
    keys = {key for reference in missing for key in reference.keys}
    ended = dict(
        Provision.objects.published()
        .filter(
            citation__in=keys,
            edition__in_force_until__lt=timezone.localdate(),
            edition__work__audience__in=audience,
        )
        .order_by("edition__in_force_until")
        .values_list("citation", "lineage")
        if keys
        else ()
    )
    successors = {
        each.lineage: each
        for each in (_readable(audience).filter(lineage__in=ended.values()) if ended else ())
    }
    return {key: successors[line] for key, line in ended.items() if line in successors}


def _neighbours(
    reference: Reference,
    known: Sequence[Provision],
    near: Sequence[Provision],
    moved: Mapping[str, Provision],
) -> tuple[Provision, ...]:
    """Return what a provision has become, what it would stand in, and the nearest beside it."""
    if reference.part:
        found = _clauses_above(reference, known)[:MOST_NEIGHBOURS]
        clauses = [each for each in near if each.kind == Provision.Kind.CLAUSE]
        return tuple(found or _nearest(reference.part, clauses, MOST_NEIGHBOURS))
    key = reference.keys[0]
    ancestor = _ancestor(reference, known)
    parent = ancestor.pk if ancestor else None
    first = [each for each in (moved.get(key), ancestor) if each]
    step = key.split(".")[ancestor.citation.count(".") + 1 if ancestor else 0]
    beside = [each for each in near if each.parent_id == parent]
    nearest = _nearest(step, beside, MOST_NEIGHBOURS - len(first))
    return tuple(dict.fromkeys([*first, *nearest]))


def _nearest(step: str, provisions: Iterable[Provision], count: int) -> list[Provision]:
    """Return those whose number is nearest to a step's, in the order of the book."""
    wanted = _value(step)
    ranked = sorted(
        provisions,
        key=lambda each: (abs(_value(each.citation.rpartition(".")[2]) - wanted), _in_order(each)),
    )
    return sorted(ranked[:count], key=_in_order)


def _value(step: str) -> int:
    """Return the place of a number in its row: of "9A", "IX", "B" or "appendix-2"."""
    first = step.partition(".")[0]
    digits = "".join(letter for letter in first if letter.isdecimal())
    if digits:
        return int(digits[:6]) + (1000 if first.startswith("appendix") else 0)
    return from_roman(first) or (ord(first[0].lower()) - ord("a") + 1 if first else 0)


def _places(root: Provision) -> range:
    return range(root.position + 1, min(root.end, root.position + MOST_LINES))


def _text(root: Provision, below: Iterable[Provision]) -> str:
    lines = [root.text, *(_line(each) for each in below)]
    kept: list[str] = []
    length = 0
    for line in filter(None, lines):
        if kept and length + len(line) > LONGEST_TEXT:
            return "\n".join([*kept, "…"])
        kept.append(line)
        length += len(line) + 1
    whole = root.position + MOST_LINES >= root.end
    return "\n".join(kept if whole else [*kept, "…"])


def _line(provision: Provision) -> str:
    if provision.kind == Provision.Kind.PROVISION:
        return " ".join(filter(None, [provision.label, provision.heading, provision.text]))
    return "\n".join(filter(None, [called(provision), provision.text]))
