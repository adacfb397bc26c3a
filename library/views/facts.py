"""The knowledge bank as it is read."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from library.models import FactCard, Topic
from party.permissions import MEMBERS, open_to

PER_PAGE = 48  # fact cards


@open_to(MEMBERS)
def facts(request: HttpRequest) -> HttpResponse:
    """List the fact cards that are not withdrawn, of one topic or of all."""
    today = timezone.localdate()
    cards = FactCard.objects.visible_to(request.user).published().with_topics()
    topic = None
    if slug := request.GET.get("topic", "").replace("\0", ""):
        topic = get_object_or_404(Topic, slug=slug)
        cards = cards.filter(in_topics__tag=topic)
    page = Paginator(cards, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "cards": [(card, card.status(today)) for card in page],
        "topic": topic,
        "topics": Topic.objects.filter(cards__content_object__withdrawn_at=None).distinct(),
    }
    return render(request, "library/facts.html", context)


@open_to(MEMBERS)
def fact(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one fact card; a withdrawn one says so, and offers nothing to share."""
    card = get_object_or_404(FactCard.objects.visible_to(request.user), slug=slug)
    context = {
        "card": card,
        "status": card.status(timezone.localdate()),
        "topics": card.topics.order_by("name"),
        "words": card.words_to_share(),
    }
    return render(request, "library/fact.html", context)
