"""What a page names of a film: addresses that stay, each for a person who may see the film.

The film itself is not sent from here: its lasting address leads on to an expiring one.
"""

import hashlib
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from media_pipeline.actions.captions.versions import cues_of
from media_pipeline.models import Film, Rendition
from media_pipeline.steps.formats.vtt import to_vtt
from media_pipeline.views.byte_ranges import send_file, stored_text
from media_pipeline.views.signed_urls import sign
from media_pipeline.views.transcripts import current_track
from party.permissions import MEMBERS, open_to


@open_to(MEMBERS)
@require_safe
def rendition(request: HttpRequest, uuid: UUID, height: int) -> HttpResponseBase:
    """Lead to one version of a film, whole; with `?download` to one that is kept as a file."""
    found = get_object_or_404(renditions_of(request, uuid), kind=Rendition.Kind.MP4, height=height)
    return _lead_on(request, "film_mp4", uuid, found.height)


@open_to(MEMBERS)
@require_safe
def ladder(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Lead to the playlist of a film's rungs."""
    found = renditions_of(request, uuid).filter(kind=Rendition.Kind.HLS)
    get_object_or_404(found[:1])
    return _lead_on(request, "film_master", uuid)


@open_to(MEMBERS)
@require_safe
def sound(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Lead to the playlist of a film's sound, for those who do without its pictures."""
    get_object_or_404(renditions_of(request, uuid), kind=Rendition.Kind.SOUND)
    return _lead_on(request, "film_playlist", uuid, "sound")


@open_to(MEMBERS)
@require_safe
def poster(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send the still picture that stands for a film."""
    visible = Film.objects.visible_to(request.user).exclude(poster="")
    film = get_object_or_404(visible, uuid=uuid)
    return send_file(request, film.poster, "image/webp")


@open_to(MEMBERS)
@require_safe
def storyboard(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send the sheet of small pictures shown while a viewer seeks."""
    visible = Film.objects.visible_to(request.user).exclude(storyboard="")
    return send_file(request, get_object_or_404(visible, uuid=uuid).storyboard, "image/jpeg")


@open_to(MEMBERS)
@require_safe
def storyboard_times(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send the times of the small pictures, as WebVTT."""
    visible = Film.objects.visible_to(request.user).exclude(storyboard_map="")
    found = get_object_or_404(visible, uuid=uuid)
    return send_text(request, stored_text(found.storyboard_map), "text/vtt; charset=utf-8")


@open_to(MEMBERS)
@require_safe
def captions(request: HttpRequest, uuid: UUID, language: str) -> HttpResponseBase:
    """Send a film's current captions as WebVTT, written from the cues."""
    track = current_track(request, uuid, language)
    text = to_vtt(cues_of(track, words=False))
    return send_text(request, text, "text/vtt; charset=utf-8")


def send_text(request: HttpRequest, text: str, content_type: str) -> HttpResponseBase:
    """Answer with a short text, or with 304 to a browser that has it."""
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(
        text,
        content_type=content_type,
        headers={"Cache-Control": "private, no-cache", "ETag": etag},
    )
    return get_conditional_response(request, etag, None, response) or response


def renditions_of(request: HttpRequest, uuid: UUID) -> QuerySet[Rendition]:
    """The versions of a film, if the person may see it; none otherwise."""
    visible = Film.objects.visible_to(request.user)
    return Rendition.objects.filter(film__in=visible, film__uuid=uuid)


def _lead_on(request: HttpRequest, name: str, uuid: UUID, *rest: object) -> HttpResponseRedirect:
    """Redirect to the same thing at an address that is this person's for some hours."""
    passed = sign(uuid, request.user)
    address = reverse(f"media_pipeline:{name}", args=[uuid, passed, *rest])
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(
        f"{address}?{query}" if query else address, headers={"Cache-Control": "private, no-store"}
    )
