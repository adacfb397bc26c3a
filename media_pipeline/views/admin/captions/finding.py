"""Finds a film or a version of its captions for somebody who may edit it; 404 for all others."""

import re
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from media_pipeline.models import CaptionTrack, Recording
from media_pipeline.permissions import can_edit_captions

NUMBER = re.compile(r"\d{1,18}", re.ASCII)


def editable_film(request: HttpRequest, pk: int) -> Recording:
    """The film, if the person may edit its captions."""
    visible = Recording.objects.visible_to(request.user).defer("script", "glossary")
    recording = get_object_or_404(visible, pk=pk)
    if not can_edit_captions(request.user, recording):
        raise Http404
    return recording


def editable_track(request: HttpRequest, pk: int) -> CaptionTrack:
    """The version with its film, if the person may edit the film's captions."""
    visible = CaptionTrack.objects.visible_to(request.user).light()
    track = get_object_or_404(visible.select_related("recording", "made_by"), pk=pk)
    if not can_edit_captions(request.user, track.recording):
        raise Http404
    return track


def number_in(given: str) -> int:
    """A number that a browser sent, of at most 18 digits; -1, which nothing has, for all else."""
    return int(given) if NUMBER.fullmatch(given) else -1


def way_here(recording: Recording, here: str) -> list[dict[str, Any]]:
    """The breadcrumbs below a film."""
    return [
        {"url": reverse("films:index"), "label": _("Films")},
        {"url": reverse("films:edit", args=[recording.pk]), "label": recording.title},
        {"url": "", "label": here},
    ]
