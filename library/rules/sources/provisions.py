"""The provisions in force as search finds them, and what citations of them lead to."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.rules.actions.indexing import PROVISIONS
from library.rules.models import Edition, Provision
from library.rules.sources import cited_provisions
from party.permissions import narrowest
from search.engines.document import Document, aside
from search.engines.question import Reference
from search.sources import Resolved, Source, beginnings

Headings = dict[tuple[int, str], str]  # by edition and path


class Provisions(Source):
    """Every chapter, clause and provision that was published.

    Lead-ins, tables and footnotes belong to what they stand in. What is not in force today is kept
    aside: found only by those who ask for other editions too, and below what holds.
    """

    kind = PROVISIONS
    label = _("Rules")
    label_one = _("Rule")
    order = 10

    def keys(self) -> Iterator[str]:
        found = Provision.objects.published().addressed()
        for pk in found.values_list("pk", flat=True).iterator():
            yield str(pk)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        found = (
            Provision.objects.published()
            .filter(pk__in=keys)
            .addressed()
            .select_related("edition__work")
        )
        return provision_documents(list(found))

    def resolve(self, references: Sequence[Reference], audience: frozenset[str]) -> list[Resolved]:
        resolutions = cited_provisions.resolve(references, audience)
        told = dict.fromkeys(each for resolution in resolutions for each in resolution.told)
        documents = {each.key: each for each in provision_documents(list(told))}
        cited = [each for resolution in resolutions for each in resolution.cited]
        texts = cited_provisions.whole_texts(cited, audience)
        return [resolution.resolved(documents, texts) for resolution in resolutions]

    def keys_with(self, words: Sequence[str], limit: int) -> list[str]:
        found = Provision.objects.in_force().addressed()
        for word in beginnings(words):
            found = found.filter(
                Q(text__icontains=word)
                | Q(heading__icontains=word)
                | Q(cited_as__icontains=word)
                | Q(parent__heading__icontains=word)
            )
        in_order = found.order_by("edition", "position").values_list("pk", flat=True)
        return [str(pk) for pk in in_order[:limit]]


def provision_documents(provisions: Sequence[Provision]) -> list[Document]:
    """Return the documents of these provisions, whose works are loaded; two queries."""
    if not provisions:
        return []
    lead_ins = _lead_ins(provisions)
    headings = _headings(provisions)
    return [_document(each, lead_ins.get(each.pk, []), headings) for each in provisions]


def _lead_ins(provisions: Iterable[Provision]) -> dict[int, list[str]]:
    """Return the texts of what has no number directly below each provision."""
    texts: dict[int, list[str]] = {}
    found = Provision.objects.filter(parent__in=provisions, kind__in=Provision.UNNUMBERED)
    for parent, text in found.order_by("position").values_list("parent_id", "text"):
        texts.setdefault(parent or 0, []).append(text)
    return texts


def _headings(provisions: Sequence[Provision]) -> Headings:
    """Return what the chapters and clauses above these provisions are called."""
    paths = {path for provision in provisions for path in _above(provision.path)}
    found = Provision.objects.filter(
        edition__in={provision.edition_id for provision in provisions}, path__in=paths
    ).exclude(kind=Provision.Kind.PROVISION)
    return {(above.edition_id, above.path): cited_provisions.called(above) for above in found}


def _above(path: str) -> Iterator[str]:
    """Yield the paths above a path, the highest first: "7" and "7/VIII" above "7/VIII/3"."""
    steps = path.split("/")
    for count in range(1, len(steps)):
        yield "/".join(steps[:count])


def _document(provision: Provision, lead_ins: Sequence[str], headings: Headings) -> Document:
    edition, work = provision.edition, provision.edition.work
    above = [headings.get((edition.pk, path)) for path in _above(provision.path)]
    holds = edition.standing(timezone.localdate()) == Edition.Standing.IN_FORCE
    audience = {narrowest(work.audience, provision.audience)}
    return Document(
        id=str(provision.pk),
        key=str(provision.pk),
        kind=PROVISIONS,
        url=provision.get_absolute_url(),
        title=str(provision),
        heading=" › ".join([work.title, *filter(None, above)]),
        body="\n".join(filter(None, [provision.text, *lead_ins])),
        citation=provision.citation,
        audience=tuple(audience if holds else aside(audience)),
        group=f"{work.slug}/{provision.top}",
        group_label=(above[0] if above else cited_provisions.called(provision)) or provision.top,
        edition=str(edition),
        current=holds,
        page=provision.page,
        date=edition.in_force_from,
    )
