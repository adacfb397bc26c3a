"""Writes, for an edition, what it refers to, and which words it defines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from library.rules.models import CrossReference, DefinedTerm, Edition, Provision, Work, nest
from library.rules.rulebooks.references import Reference, find_references
from library.rules.rulebooks.terms import LONGEST_MEANING, find_definitions

BATCH = 500  # rows written at once


@transaction.atomic
def link_edition(edition: Edition) -> None:
    """Write anew the cross-references and defined words of an edition.

    Editions of other works that speak of this one's title are looked through again, since what they
    mean is there now.
    """
    provisions = _in_order(edition)
    _refer(edition, provisions)
    _define(edition, provisions)
    named = Provision.objects.filter(text__contains=edition.work.title).values("edition")
    for other in Edition.objects.published().exclude(work=edition.work).filter(pk__in=named):
        _refer(other, _in_order(other))


def _in_order(edition: Edition) -> list[Provision]:
    return list(edition.provisions.order_by("position"))


def _refer(edition: Edition, provisions: Sequence[Provision]) -> None:
    """Write what each text refers to, where that is one provision and there."""
    pages = {provision.path: provision.citation for provision in provisions}
    found = [
        (provision, reference)
        for provision in provisions
        for reference in find_references(
            provision.text, provision.top, here=pages.get(provision.page_path, "")
        )
    ]
    own = Places(provisions, edition.work_id)
    others = _named_elsewhere(edition, own, [reference for _provision, reference in found])
    rows = []
    for provision, reference in found:
        places = others.get(reference.elsewhere) if reference.elsewhere else own
        lineage = places.lineage_of(reference, provision) if places else None
        if places and lineage and lineage != provision.lineage:
            rows.append(
                CrossReference(
                    provision=provision,
                    start=reference.start,
                    end=reference.end,
                    work_id=places.work_id,
                    lineage=lineage,
                )
            )
    CrossReference.objects.filter(provision__edition=edition).delete()
    CrossReference.objects.bulk_create(rows, batch_size=BATCH)


class Places:
    """The provisions of an edition by their citations."""

    def __init__(self, provisions: Iterable[Provision], work_id: int) -> None:
        self.work_id = work_id
        self.by_key: dict[str, UUID] = {}
        self.by_end: dict[str, list[UUID]] = defaultdict(list)
        self.in_either_case: dict[str, UUID] = {}
        for provision in provisions:
            if provision.kind not in Provision.UNNUMBERED:
                key = provision.citation.casefold()
                self.by_key.setdefault(provision.citation, provision.lineage)
                self.by_end[key.partition(".")[2]].append(provision.lineage)
                self.in_either_case.setdefault(key, provision.lineage)

    def lineage_of(self, reference: Reference, source: Provision) -> UUID | None:
        """Return what a reference is to: in the whole book, in its chapter, or the only one so.

        What is said of the text's own clause is looked for beside the text first.
        """
        if reference.nearby:
            nearby = (place.casefold() for place in reference.places(source.citation))
            return next(
                (self.in_either_case[key] for key in nearby if key in self.in_either_case), None
            )
        key = reference.citation
        for wanted in (key, f"{source.top}.{key}"):
            if wanted in self.by_key:
                return self.by_key[wanted]
        alone = self.by_end.get(key.casefold(), [])
        return alone[0] if len(alone) == 1 else None


def _named_elsewhere(
    edition: Edition, own: Places, references: Iterable[Reference]
) -> Mapping[str, Places]:
    """Return the places of the works that references name, by what was said of each work."""
    said = {reference.elsewhere for reference in references if reference.elsewhere}
    if not said:
        return {}
    found: dict[str, Places] = {}
    known = {edition.work_id: own}
    for work in Work.objects.published():
        named = [name for name in said if _bare(name).startswith(_bare(work.title))]
        shown = work.edition_to_show(edition.in_force_from) if named else None
        if shown and work.pk not in known:
            known[work.pk] = Places(shown.provisions.all(), work.pk)
        found |= {name: known[work.pk] for name in named if work.pk in known}
    return found


def _bare(title: str) -> str:
    return title.casefold().removeprefix("the ")


def _define(edition: Edition, provisions: Sequence[Provision]) -> None:
    """Write the words to which the edition gives a meaning, each where that is said first."""
    DefinedTerm.objects.filter(edition=edition).delete()
    headings = {provision.pk: provision.heading for provision in provisions}
    nest(provisions)
    rows: dict[str, DefinedTerm] = {}
    for provision in provisions:
        heading = headings.get(provision.parent_id or 0, "")
        for definition in find_definitions(provision.text, heading=heading):
            meaning = definition.meaning
            if meaning.endswith((":", "—", "–")):
                meaning = _with_its_parts(meaning, provision)
            rows.setdefault(
                definition.term.casefold(),
                DefinedTerm(
                    edition=edition, provision=provision, term=definition.term, meaning=meaning
                ),
            )
    DefinedTerm.objects.bulk_create(rows.values(), batch_size=BATCH)


def _with_its_parts(meaning: str, provision: Provision) -> str:
    """Return a meaning that goes on in a list, with its items."""
    parts = [" ".join(filter(None, [part.label, part.text])) for part in provision.below]
    return "\n".join([meaning, *parts])[:LONGEST_MEANING]
