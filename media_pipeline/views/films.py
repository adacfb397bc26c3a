"""The renditions, the poster and the captions of a film."""

import hashlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from media_pipeline.models import CaptionTrack, Recording, Rendition
from media_pipeline.steps.captions import Cue, to_vtt
from media_pipeline.views.ranges import send_file
from party.permissions import MEMBERS, open_to


@open_to(MEMBERS)
@require_safe
def rendition(request: HttpRequest, uuid: UUID, height: int) -> HttpResponseBase:
    """Send one version of a film, or the part of it that the player asks for."""
    found = get_object_or_404(
        Rendition,
        recording__in=Recording.objects.visible_to(request.user),
        recording__uuid=uuid,
        kind=Rendition.Kind.MP4,
        height=height,
    )
    return send_file(request, found.file, "video/mp4")


@open_to(MEMBERS)
@require_safe
def poster(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send the still picture that stands for a film."""
    visible = Recording.objects.visible_to(request.user).exclude(poster="")
    return send_file(request, get_object_or_404(visible, uuid=uuid).poster, "image/jpeg")


@open_to(MEMBERS)
@require_safe
def captions(request: HttpRequest, uuid: UUID, language: str) -> HttpResponseBase:
    """Send a film's current captions as WebVTT, written from the cues."""
    track = get_object_or_404(
        CaptionTrack.objects.current().with_cues(),
        recording__in=Recording.objects.visible_to(request.user),
        recording__uuid=uuid,
        language=language,
    )
    text = to_vtt(
        [Cue(cue.start, cue.end, tuple(cue.text.splitlines())) for cue in track.cues.all()]
    )
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(
        text,
        content_type="text/vtt; charset=utf-8",
        headers={"Cache-Control": "private, no-cache", "ETag": etag},
    )
    return get_conditional_response(request, etag, None, response) or response
