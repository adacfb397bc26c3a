"""Finds a film or a version of its captions for somebody who may edit it; 404 for all others."""

import re

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from media_pipeline.models import CaptionTrack, Film
from media_pipeline.models.films import can_change_film
from media_pipeline.views.admin.films_page import FilmsPage

NUMBER = re.compile(r"\d{1,18}", re.ASCII)


def editable_film(request: HttpRequest, pk: int) -> Film:
    """The film, if the person may edit its captions."""
    visible = Film.objects.visible_to(request.user).defer("script", "glossary")
    film = get_object_or_404(visible, pk=pk)
    if not can_change_film(request.user, film):
        raise Http404
    return film


def editable_track(request: HttpRequest, pk: int) -> CaptionTrack:
    """The version with its film, if the person may edit the film's captions."""
    visible = CaptionTrack.objects.visible_to(request.user).light()
    track = get_object_or_404(visible.select_related("film", "made_by"), pk=pk)
    if not can_change_film(request.user, track.film):
        raise Http404
    return track


def number_in(given: str) -> int:
    """A number that a browser sent, of at most 18 digits; -1, which nothing has, for all else."""
    return int(given) if NUMBER.fullmatch(given) else -1


def comparison_url(mine: CaptionTrack, new: CaptionTrack) -> str:
    """The page that sets two versions of a film's captions side by side."""
    url = reverse("films:captions_compare", args=[mine.film_id])
    return f"{url}?mine={mine.pk}&new={new.pk}"


class CaptionsPage(FilmsPage, TemplateView):
    """A page about the captions of one film, for those who may edit them; below the film's own."""

    @cached_property
    def film(self) -> Film:
        return editable_film(self.request, self.kwargs["pk"])

    @property
    def above(self) -> Film:
        return self.film
