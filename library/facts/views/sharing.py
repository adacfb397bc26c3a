"""Facts passed on: their picture, words for each network, and what other sites may embed."""

import datetime
import hashlib
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_POST, require_safe

from ground.refusals import Refused
from library.facts.actions.sharing import share_fact
from library.facts.forms import PictureForm
from library.facts.models import FactCard, FactShare
from library.facts.sharing.network_texts import LIMITS, LIMITS_CHECKED, length, words_for
from library.facts.sharing.pictures import SIZES, Card, Shape, alt_text, draw
from party.permissions import ANYONE, MEMBERS, open_to, signed_in

DRAWN_ANEW = 2  # raise this when the drawing changes, so that no old picture is handed out
KEPT_SECONDS = 60 * 60 * 24
_OPENS = {  # where a network takes words from an address, and what it takes there
    "x": ("https://x.com/intent/post?text=", "words"),
    "bluesky": ("https://bsky.app/intent/compose?text=", "words"),
    "whatsapp": ("https://wa.me/?text=", "words"),
    "facebook": ("https://www.facebook.com/sharer/sharer.php?u=", "address"),
    "linkedin": ("https://www.linkedin.com/sharing/share-offsite/?url=", "address"),
}


@dataclass(frozen=True)
class Suggestion:
    """Words for one network; `most` and `found` count characters as the network does."""

    network: str
    name: str
    words: str
    found: int
    most: int | None
    opens: str


@dataclass(frozen=True)
class Sharing:
    """All that a card's page offers to whoever shares it, and says to other sites about it.

    `wide` and `square` are the pictures' places on this hub, `image` the whole address of one.
    """

    suggestions: list[Suggestion]
    alt: str
    wide: str
    square: str
    image: str
    address: str
    embed: str
    sizes: dict[Shape, tuple[int, int]]
    imprint: str
    limits_checked: datetime.date = LIMITS_CHECKED


def offered(card: FactCard) -> Sharing:
    """Return what a card's page says of sharing it."""
    known = [*LIMITS, FactShare.Network.WHATSAPP]
    return Sharing(
        suggestions=[_suggestion(card, network) for network in known],
        alt=alt_text(as_card(card, settings.IMPRINT)),
        wide=_picture(card, "wide"),
        square=_picture(card, "square"),
        image=_absolute(_picture(card, "wide")),
        address=address_of(card),
        embed=f"{_absolute(reverse('facts:oembed'))}?url={quote(address_of(card), safe='')}",
        sizes=SIZES,
        imprint=settings.IMPRINT,
    )


def as_card(card: FactCard, imprint: str) -> Card:
    """Return what is drawn of a card."""
    about = ", ".join(filter(None, [card.unit, card.period, card.place]))
    source = ", ".join(filter(None, [card.citation, card.source_name]))
    standing = ""
    if card.state == FactCard.State.WITHDRAWN and card.withdrawn_at:
        on = date_format(timezone.localtime(card.withdrawn_at))
        standing = _("Withdrawn on %(day)s. Do not share.") % {"day": on}
    elif card.state == FactCard.State.SUPERSEDED:
        standing = _("Superseded. Share the newer figure.")
    return Card(
        claim=card.statement,
        figure=card.figure,
        about=about,
        source=_("Source: %(source)s.") % {"source": source} if source else "",
        as_at=_("As at %(day)s.") % {"day": date_format(card.as_at)} if card.as_at else "",
        imprint=imprint,
        standing=standing,
    )


def address_of(card: FactCard) -> str:
    """Return the address that goes with the words: the card's own, or the source's.

    The card's own only where anyone may open it.
    """
    if card.audience == FactCard.Audience.ANYONE:
        return _absolute(card.get_absolute_url())
    return card.source_url


@open_to(ANYONE)
@require_safe
def picture(request: HttpRequest, slug: str, shape: Shape) -> HttpResponse:
    """Hand out a card's picture to whoever may read the card. It changes with the card."""
    card = get_object_or_404(FactCard.objects.visible_to(request.user), slug=slug)
    drawn = as_card(card, settings.IMPRINT)
    tag = hashlib.sha256(repr((DRAWN_ANEW, drawn, shape)).encode()).hexdigest()[:32]

    @condition(etag_func=lambda _request: f'"{tag}"')
    def answer(_request: HttpRequest) -> HttpResponse:
        key = f"fact-picture:{tag}"
        png = caches["drawn"].get(key)
        if png is None:
            png = draw(drawn, shape, fonts=settings.TYPEFACE_DIR)
            caches["drawn"].set(key, png, KEPT_SECONDS)
        return HttpResponse(png, content_type="image/png")

    return answer(request)


@open_to(MEMBERS)
@require_POST
def own_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out a card's picture with the imprint that a member gives, to be saved as a file."""
    card = get_object_or_404(FactCard.objects.visible_to(request.user), slug=slug)
    form = PictureForm(request.POST)
    if card.state not in FactCard.HOLDING or not form.is_valid():
        said = [str(problem) for problems in form.errors.values() for problem in problems]
        messages.error(
            request, " ".join(said) or _("This fact is no longer current, so no picture was made.")
        )
        return redirect(card)
    shape: Shape = form.cleaned_data["shape"]
    drawn = as_card(card, form.cleaned_data["imprint"])
    png = draw(drawn, shape, fonts=settings.TYPEFACE_DIR)
    response = HttpResponse(png, content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{card.slug}-{shape}.png"'
    return response


@open_to(MEMBERS)
@require_POST
def shared(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that this member takes a card to a network, to be told when it is withdrawn."""
    card = get_object_or_404(FactCard.objects.visible_to(request.user), slug=slug)
    by = signed_in(request)
    try:
        share_fact(card, network=request.POST.get("network", ""), by=by, now=timezone.now())
    except Refused as refusal:
        if request.headers.get("Sec-Fetch-Mode") == "cors":
            return JsonResponse({"said": str(refusal)}, status=409)
        messages.error(request, str(refusal))
        return redirect(card)
    if request.headers.get("Sec-Fetch-Mode") == "cors":
        return HttpResponse(status=204)
    messages.success(request, _("Noted. We will tell you if this fact is withdrawn or superseded."))
    return redirect(card)


@open_to(ANYONE)
@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Say to another site how to show a card that anyone may open: oEmbed 1.0, a photo, as JSON."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"said": _("Only JSON is offered.")}, status=501)
    card = _card_at(request, request.GET.get("url", ""))
    width, height = SIZES["wide"]
    scale = min(1.0, *(most / side for side, most in _most(request, width, height)))
    return JsonResponse(
        {
            "version": "1.0",
            "type": "photo",
            "title": alt_text(as_card(card, "")),
            "provider_name": "Membersnet",
            "provider_url": settings.BASE_URL,
            "cache_age": 3600,
            "url": _absolute(_picture(card, "wide")),
            "width": max(1, int(width * scale)),
            "height": max(1, int(height * scale)),
        }
    )


def _most(request: HttpRequest, width: int, height: int) -> list[tuple[int, int]]:
    """Return each side of the picture with the most that the other site has room for."""
    found = [(width, width)]
    for name, side in (("maxwidth", width), ("maxheight", height)):
        said = request.GET.get(name, "")
        if said.isascii() and said.isdigit() and int(said[:6]) > 0:
            found.append((side, int(said[:6])))
    return found


def _card_at(request: HttpRequest, url: str) -> FactCard:
    """Return the card at an address of this hub that anyone may open; 404 for all else."""
    hosts = {request.get_host(), urlsplit(settings.BASE_URL).netloc}
    if not url or not url_has_allowed_host_and_scheme(url, hosts):
        raise Http404
    try:
        match = resolve(urlsplit(url).path)
    except (Resolver404, ValueError):
        raise Http404 from None
    if match.view_name != "facts:fact":
        raise Http404
    cards = FactCard.objects.exclude(state=FactCard.State.DRAFT)
    return get_object_or_404(cards, slug=match.kwargs["slug"], audience=ANYONE)


def _suggestion(card: FactCard, network: str) -> Suggestion:
    limit = LIMITS.get(network)
    address = address_of(card)
    day = date_format(card.as_at) if card.as_at else "—"
    words = words_for(
        limit,
        claim=card.statement,
        source=_("Source: %(citation)s, %(source)s, as at %(day)s.")
        % {"citation": card.citation, "source": card.source_name, "day": day},
        short=_("%(source)s, as at %(day)s.") % {"source": card.source_name, "day": day},
        address=address,
    )
    begin, takes = _OPENS.get(network, ("", ""))
    public = card.audience == FactCard.Audience.ANYONE
    if takes == "address" and not public:
        begin = ""  # the network would look at an address that only members may open
    return Suggestion(
        network=network,
        name=str(FactShare.Network(network).label),
        words=words,
        found=length(words, limit) if limit else len(words),
        most=limit.most if limit else None,
        opens=begin + quote(words if takes == "words" else address, safe="") if begin else "",
    )


def _picture(card: FactCard, shape: Shape) -> str:
    return reverse("facts:picture", args=[card.slug, shape])


def _absolute(path: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{path}"
