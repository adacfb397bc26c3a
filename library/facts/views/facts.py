"""The knowledge bank as it is read."""

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from library.facts.forms import FactFilter
from library.facts.models import FactCard, Series, Topic
from library.facts.permissions import can_change_facts
from library.facts.views.sharing import offered
from party.permissions import ANYONE, MEMBERS, open_to
from search.sources import MOST_WORDS, beginnings

PER_PAGE = 48  # fact cards


def absent(request: HttpRequest) -> HttpResponse:
    """Answer for what somebody may not know of: a member is told that it is not there.

    A stranger is asked to sign in, whether there is such an address or not.
    """
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())


@open_to(MEMBERS)
def facts(request: HttpRequest) -> HttpResponse:
    """List the fact cards: those that hold, unless a status is asked for."""
    today = timezone.localdate()
    readable = FactCard.objects.visible_to(request.user)
    cards = readable.with_topics()
    topic = None
    if slug := request.GET.get("topic", "").replace("\0", ""):
        known = Topic.objects.filter(cards__content_object__in=readable.order_by())
        topic = get_object_or_404(known.distinct(), slug=slug)
        cards = cards.filter(in_topics__tag=topic)
    form = FactFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    status = wanted.get("status")
    cards = cards.standing(FactCard.Status(status), today) if status else cards.published()
    if kind := wanted.get("kind"):
        cards = cards.filter(kind=kind)
    if words := wanted.get("q"):
        cards = cards.matching(beginnings(words.split()[:MOST_WORDS]))
    page = Paginator(cards, PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "page": page,
        "cards": [(card, card.status(today)) for card in page],
        "form": form,
        "narrowed": bool(topic or any(wanted.values())),
        "query": kept.urlencode(),
        "topic": topic,
        "topics": Topic.objects.filter(
            cards__content_object__in=readable.published().order_by()
        ).distinct(),
    }
    return render(request, "facts/facts.html", context)


@open_to(ANYONE)
def fact(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one fact card; one that is withdrawn or superseded says so."""
    card = (
        FactCard.objects.visible_to(request.user).select_related("owner").filter(slug=slug).first()
    )
    return show_card(request, card) if card else absent(request)


def show_card(request: HttpRequest, card: FactCard, *, preview: bool = False) -> HttpResponse:
    """Return a card's page, or an editor's preview of it."""
    versions = list(card.versions.visible_to(request.user).defer("data")[:2])
    context = {
        "card": card,
        "status": card.status(timezone.localdate()),
        "topics": card.topics.order_by("name"),
        "sharing": offered(card),
        "version": versions[0] if versions else None,
        "changed": len(versions) > 1,
        "successor": card.successor(request.user),
        "series": card.series_id
        and Series.objects.visible_to(request.user).filter(pk=card.series_id).first(),
        "is_editor": can_change_facts(request.user),
        "preview": preview,
    }
    return render(request, "facts/fact.html", context)


@open_to(ANYONE)
def fact_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """List a card's versions, newest first, each with what it changed of the one before.

    Readers see the versions that were for them, and differences between those alone.
    """
    card = FactCard.objects.visible_to(request.user).filter(slug=slug).first()
    if card is None:
        return absent(request)
    versions = list(card.versions.visible_to(request.user))
    before = [*versions[1:], None]
    context = {
        "card": card,
        "status": card.status(timezone.localdate()),
        "versions": [
            (version, version.changes_since(earlier) if earlier else [])
            for version, earlier in zip(versions, before, strict=False)
        ],
    }
    return render(request, "facts/fact_versions.html", context)
