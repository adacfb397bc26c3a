"""Captions as files to keep: for members the transcript of what they may watch."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from media_pipeline.actions.captions.versions import cues_of
from media_pipeline.models import CaptionTrack, Film
from media_pipeline.steps.formats.writers import CAPTION_FORMATS, write_captions
from party.permissions import MEMBERS, open_to

TRANSCRIPTS = {"txt", "docx"}


@open_to(MEMBERS)
@require_safe
def transcript(request: HttpRequest, uuid: UUID, language: str, kind: str) -> HttpResponse:
    """Send what is said in a film as plain text or DOCX."""
    if kind not in TRANSCRIPTS:
        raise Http404
    return captions_file(current_track(request, uuid, language), kind)


def current_track(request: HttpRequest, uuid: UUID, language: str) -> CaptionTrack:
    """What viewers get of a film's captions, with the film; 404 for who may not see it."""
    return get_object_or_404(
        CaptionTrack.objects.current().light().select_related("film"),
        film__in=Film.objects.visible_to(request.user),
        film__uuid=uuid,
        language=language,
    )


def captions_file(track: CaptionTrack, kind: str) -> HttpResponse:
    """A version as a file to keep, named for film, version and language; 404 for other kinds."""
    if kind not in CAPTION_FORMATS:
        raise Http404
    film = track.film
    name = f"{slugify(film.title)[:60] or 'captions'}-v{track.version}.{track.language}"
    return HttpResponse(
        write_captions(
            kind,
            cues_of(track, words=False),
            title=film.title,
            language=track.language,
        ),
        content_type=CAPTION_FORMATS[kind].content_type,
        headers={
            "Cache-Control": "private, no-cache",
            "Content-Disposition": f'attachment; filename="{name}{CAPTION_FORMATS[kind].suffix}"',
        },
    )
