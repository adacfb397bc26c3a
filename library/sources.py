"""What search is told of the library: the provisions in force, and the fact cards that hold."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from library.actions import FACTS, PROVISIONS
from library.models import FactCard, Provision
from party.permissions import MEMBERS
from search.sources import Document, Source


class Provisions(Source):
    """Every chapter, clause and provision in force today; lead-ins belong to what they lead in."""

    kind = PROVISIONS
    label = _("Rules")
    label_one = _("Rule")
    order = 10

    def keys(self) -> Iterator[str]:
        found = Provision.objects.in_force().exclude(kind=Provision.Kind.LEAD_IN)
        for pk in found.values_list("pk", flat=True).iterator():
            yield str(pk)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        found = list(
            Provision.objects.in_force()
            .filter(pk__in=keys)
            .exclude(kind=Provision.Kind.LEAD_IN)
            .select_related("edition__work")
        )
        lead_ins = _lead_ins(found)
        headings = _headings(found)
        return [
            _provision_document(provision, lead_ins.get(provision.pk, []), headings)
            for provision in found
        ]


Headings = dict[tuple[int, str], str]  # by edition and path


def _lead_ins(provisions: Iterable[Provision]) -> dict[int, list[str]]:
    """Return the texts of the lead-ins directly below each provision."""
    texts: dict[int, list[str]] = {}
    found = Provision.objects.filter(parent__in=provisions, kind=Provision.Kind.LEAD_IN)
    for parent, text in found.order_by("position").values_list("parent_id", "text"):
        texts.setdefault(parent, []).append(text)
    return texts


def _headings(provisions: Sequence[Provision]) -> Headings:
    """Return what the chapters and clauses above these provisions are called."""
    paths = {path for provision in provisions for path in _above(provision.path)}
    found = Provision.objects.filter(
        edition__in={provision.edition_id for provision in provisions}, path__in=paths
    ).exclude(kind=Provision.Kind.PROVISION)
    return {(above.edition_id, above.path): _called(above) for above in found}


def _above(path: str) -> Iterator[str]:
    """Yield the paths above a path, the highest first: "7" and "7/VIII" above "7/VIII/3"."""
    steps = path.split("/")
    for count in range(1, len(steps)):
        yield "/".join(steps[:count])


def _called(provision: Provision) -> str:
    return " — ".join(part for part in (provision.label, provision.heading) if part)


def _provision_document(
    provision: Provision, lead_ins: Sequence[str], headings: Headings
) -> Document:
    work = provision.edition.work
    above = [headings.get((provision.edition_id, path)) for path in _above(provision.path)]
    return Document(
        id=str(provision.pk),
        key=str(provision.pk),
        kind=PROVISIONS,
        url=provision.get_absolute_url(),
        title=str(provision),
        heading=" › ".join([work.title, *filter(None, above)]),
        body="\n".join(filter(None, [provision.text, *lead_ins])),
        citation=provision.citation,
        audience=(work.audience,),
        group=f"{work.slug}/{provision.top}",
        date=provision.edition.in_force_from,
    )


class Facts(Source):
    """The fact cards that are not withdrawn."""

    kind = FACTS
    label = _("Facts")
    label_one = _("Fact")
    order = 20

    def keys(self) -> Iterator[str]:
        for pk in FactCard.objects.published().values_list("pk", flat=True).iterator():
            yield str(pk)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        cards = FactCard.objects.published().filter(pk__in=keys).with_topics()
        return [_fact_document(card) for card in cards]


def _fact_document(card: FactCard) -> Document:
    source = f"{card.citation}, {card.source_name}"
    body = [card.statement, card.detail_text, card.does_not_show, source]
    return Document(
        id=str(card.pk),
        key=str(card.pk),
        kind=FACTS,
        url=card.get_absolute_url(),
        title=card.title,
        heading=", ".join(sorted(topic.name for topic in card.topics.all())),
        body="\n".join(filter(None, body)),
        audience=(MEMBERS,),
        date=card.as_at,
    )
