"""The fact cards that hold, as search finds them."""

import datetime
from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.facts.models import FactCard
from party.permissions import MEMBERS
from search.engines.document import Document
from search.sources import Source, beginnings

FACTS = "fact"  # the kind by which search knows fact cards


class Facts(Source):
    """The fact cards that hold; what is due for review, or under it, stands below what is live."""

    kind = FACTS
    label = _("Facts")
    label_one = _("Fact")
    order = 20

    def keys(self) -> Iterator[str]:
        for pk in FactCard.objects.published().values_list("pk", flat=True).iterator():
            yield str(pk)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        today = timezone.localdate()
        cards = FactCard.objects.published().filter(pk__in=keys).with_topics()
        return [_document(card, today) for card in cards]

    def keys_with(self, words: Sequence[str], limit: int) -> list[str]:
        found = FactCard.objects.published().matching(beginnings(words))
        return [str(pk) for pk in found.order_by("title").values_list("pk", flat=True)[:limit]]


def _document(card: FactCard, today: datetime.date) -> Document:
    source = f"{card.citation}, {card.source_name}"
    figure = " ".join(filter(None, (card.figure, card.measure())))
    body = [card.statement, figure, card.detail_text, card.does_not_show, source]
    return Document(
        id=str(card.pk),
        key=str(card.pk),
        kind=FACTS,
        url=card.get_absolute_url(),
        title=card.title,
        heading=", ".join(sorted(topic.name for topic in card.topics.all())),
        body="\n".join(filter(None, body)),
        audience=(MEMBERS,),  # the search is theirs; anyone else needs a card’s address
        current=card.status(today) == FactCard.Status.LIVE,
        date=card.as_at,
    )
