"""What may change a work's subject index."""

import datetime
import re
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.audit import log_saved, values_of
from ground.refusals import Refused
from library.citations.mentions import find_citations
from library.rules.models import DefinedTerm, Edition, Provision, Subject, SubjectEntry
from party.models import Member

LONGEST = 100  # characters of a subject
_NO_SUBJECT = re.compile(
    r"^(?:general|introduction|definitions?|interpretation|meaning of words|miscellaneous)$",
    re.IGNORECASE,
)


@transaction.atomic
def propose_subjects(edition: Edition) -> int:
    """Add to its work's index what is new in an edition; return how many entries were made.

    A clause is listed under its heading and a defined word under itself. What an edition before had
    too is left as librarians have it, even where they took it out.
    """
    known = Provision.objects.published().filter(edition__work=edition.work_id)
    before = set(known.exclude(edition=edition).values_list("lineage", flat=True))
    found: dict[str, tuple[str, list[Provision]]] = {}
    for name, provision in _names(edition, before):
        found.setdefault(name.casefold(), (name, []))[1].append(provision)
    subjects = {each.name.casefold(): each for each in edition.work.subjects.all()}
    new = [
        Subject(work_id=edition.work_id, name=name)
        for key, (name, _places) in found.items()
        if key not in subjects
    ]
    subjects |= {each.name.casefold(): each for each in Subject.objects.bulk_create(new)}
    entries = [
        SubjectEntry(subject=subjects[key], lineage=lineage)
        for key, (_name, places) in found.items()
        for lineage in dict.fromkeys(place.lineage for place in places)
    ]
    SubjectEntry.objects.bulk_create(entries, ignore_conflicts=True)
    return len(entries)


@transaction.atomic
def save_subject(
    subject: Subject, *, citations: Iterable[str], by: Member | None, now: datetime.datetime
) -> Subject:
    """Save a subject with the provisions it leads to, cited as in the edition that is shown.

    Raises ValidationError, and Refused where a citation names nothing: then nothing is saved.
    """
    subject.full_clean()
    if subject.see_id and subject.see_id == subject.pk:
        raise Refused(_("A subject cannot say “see” of itself. Nothing was saved."))
    lineages = _lineages(subject, [cited.strip() for cited in citations if cited.strip()])
    old = values_of(Subject.objects.filter(pk=subject.pk).first())
    subject.save()
    subject.entries.exclude(lineage__in=lineages).delete()
    SubjectEntry.objects.bulk_create(
        [SubjectEntry(subject=subject, lineage=lineage) for lineage in lineages],
        ignore_conflicts=True,
    )
    log_saved(subject, old, by=by, now=now)
    return subject


@transaction.atomic
def delete_subject(subject: Subject, *, by: Member | None, now: datetime.datetime) -> None:
    """Take a subject out of its index; the provisions stay as they are."""
    log(subject, "wagtail.delete", user=by, timestamp=now, deleted=True)
    subject.delete()


def cited_edition(subject: Subject) -> Edition | None:
    """Return the edition by whose citations the librarian names provisions: the last published."""
    return Edition.objects.published().filter(work=subject.work_id).order_by("in_force_from").last()


def _names(edition: Edition, known: Collection[UUID]) -> Iterable[tuple[str, Provision]]:
    """Yield the names that an edition's new provisions suggest, each with its provision."""
    clauses = edition.provisions.filter(kind__in=Provision.DIVISIONS).exclude(heading="")
    for clause in clauses:
        name = clause.heading.strip(" .")[:LONGEST]
        if name and clause.lineage not in known and not _NO_SUBJECT.match(name):
            yield name, clause
    terms = DefinedTerm.objects.filter(edition=edition).select_related("provision")
    for term in terms:
        if term.provision.lineage in known:
            continue
        yield term.term[:1].upper() + term.term[1:], term.provision


def _lineages(subject: Subject, citations: list[str]) -> list[UUID]:
    edition = cited_edition(subject)
    keys = {cited: _key(cited) for cited in citations}
    wanted = Q(citation__in=keys.values()) | Q(path__in=citations)
    found = edition.provisions.filter(wanted) if edition else Provision.objects.none()
    by_key = {key: each.lineage for each in found for key in (each.path, each.citation)}
    missing = [cited for cited in citations if not {cited, keys[cited]} & by_key.keys()]
    if missing:
        raise Refused(
            _("Nothing was saved: %(work)s has no %(missing)s. Check the spelling.")
            % {"work": subject.work, "missing": ", ".join(missing)}
        )
    found_keys = (keys[cited] if keys[cited] in by_key else cited for cited in citations)
    return list(dict.fromkeys(by_key[key] for key in found_keys))


def _key(cited: str) -> str:
    found = find_citations(cited)
    return found[0].keys[0] if found else cited
