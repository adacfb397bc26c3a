"""A film's own bytes, at addresses that open one film to one person for a few hours.

The pass in the address does not stand alone: whoever asks must be signed in as that person, and
must still be allowed to see the film. Addresses inside a playlist are relative, so that they carry
the pass on.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from media_pipeline.models import Film, Rendition
from media_pipeline.steps.playlist import PlaylistEntry, master_playlist
from media_pipeline.views.byte_ranges import download_name, send_media, stored_text
from media_pipeline.views.films import renditions_of, send_text
from media_pipeline.views.signed_urls import ExpiredError, check
from party.permissions import MEMBERS, open_to

RUNG = re.compile(r"(?P<height>[1-9]\d{1,4})p|sound", re.ASCII)
PLAYLIST = "application/vnd.apple.mpegurl"  # RFC 8216, section 10
# hls.js hands the film to the browser piece by piece, as a source that lives in the page itself.
FILM_POLICY = {"media-src": ["blob:"]}

View = Callable[..., HttpResponseBase]


def with_signature(view: View) -> View:
    """Let in whoever holds a pass to the film, and say so where it has run out."""

    @wraps(view)
    def checked(request: HttpRequest, uuid: UUID, token: str, *rest: Any, **named: Any) -> Any:
        try:
            if not check(token, uuid, request.user):
                raise Http404
        except ExpiredError:
            sentence = _("This address of the film has run out. Load the page again to go on.")
            return HttpResponse(
                sentence,
                status=403,
                content_type="text/plain; charset=utf-8",
                headers={"Cache-Control": "private, no-store"},
            )
        return view(request, uuid, *rest, **named)

    return checked


@open_to(MEMBERS)
@require_safe
@with_signature
def master(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send the playlist that offers every rung of a film."""
    films = Film.objects.visible_to(request.user).prefetch_related("renditions")
    film = get_object_or_404(films, uuid=uuid)
    rungs = [one for one in film.renditions.all() if one.kind == Rendition.Kind.HLS]
    sound = next((one for one in film.renditions.all() if one.kind == Rendition.Kind.SOUND), None)
    if not rungs:
        raise Http404
    offers = [_offer(rung) for rung in rungs]
    text = master_playlist(offers, _offer(sound) if sound else None, language=film.language)
    return send_text(request, text, PLAYLIST)


@open_to(MEMBERS)
@require_safe
@with_signature
def playlist(request: HttpRequest, uuid: UUID, rung: str) -> HttpResponseBase:
    """Send the playlist of one rung: “360p” and so on, or “sound”."""
    return send_text(request, stored_text(_rung(request, uuid, rung).file), PLAYLIST)


@open_to(MEMBERS)
@require_safe
@with_signature
def media(request: HttpRequest, uuid: UUID, rung: str) -> HttpResponseBase:
    """Send the part of a rung that the player asks for."""
    found = _rung(request, uuid, rung)
    kind = "audio/mp4" if found.kind == Rendition.Kind.SOUND else "video/mp4"
    return send_media(request, found.media, kind)


@open_to(MEMBERS)
@require_safe
@with_signature
def mp4(request: HttpRequest, uuid: UUID, height: int) -> HttpResponseBase:
    """Send one whole version of a film, or a part; with `?download` as a file to keep."""
    whole = renditions_of(request, uuid).filter(kind=Rendition.Kind.MP4).select_related("film")
    found = get_object_or_404(whole, height=height)
    keep_as = download_name(found.film.title) if "download" in request.GET else ""
    return send_media(request, found.file, "video/mp4", keep_as=keep_as)


def _rung(request: HttpRequest, uuid: UUID, name: str) -> Rendition:
    """The rung of a name as its files have it: “sound”, or its height and a “p”."""
    named = RUNG.fullmatch(name)
    if not named:
        raise Http404
    height = int(named["height"] or 0)
    kind = Rendition.Kind.HLS if height else Rendition.Kind.SOUND
    return get_object_or_404(renditions_of(request, uuid), kind=kind, height=height)


def _offer(rung: Rendition) -> PlaylistEntry:
    name = f"{rung.height}p" if rung.height else "sound"
    return PlaylistEntry(
        address=f"{name}.m3u8",
        width=rung.width,
        height=rung.height,
        bitrate=rung.bitrate,
        peak_bitrate=rung.peak_bitrate,
        codecs=rung.codecs,
        frame_rate=rung.frame_rate,
    )
