"""The stills to choose a film's poster from, and the choice."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from ground.refusals import Refused
from media_pipeline.actions.posters import choose_poster
from media_pipeline.forms.posters import PosterForm
from media_pipeline.models import Film, Still
from media_pipeline.models.films import can_change_film
from media_pipeline.steps.failures import StepFailed
from media_pipeline.views.admin.captions.lookup import editable_film
from media_pipeline.views.byte_ranges import send_file
from party.permissions import signed_in


def poster_context(request: HttpRequest, film: Film) -> dict[str, Any]:
    """The stills of a film, for those who may choose among them."""
    may_choose = can_change_film(request.user, film)
    return {"stills": list(film.stills.all()) if may_choose else []}


def still(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send one still."""
    films = Film.objects.visible_to(request.user)
    stills = Still.objects.filter(film__in=films).select_related("film")
    found = get_object_or_404(stills, pk=pk)
    if not can_change_film(request.user, found.film):
        raise Http404
    return send_file(request, found.file, "image/webp")


class PosterView(View):
    """Makes a still the poster, or the picture at a second that was typed."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        film = editable_film(request, pk)
        form = PosterForm(request.POST, film=film)
        try:
            if not form.is_valid():
                raise Refused(form.sentence())
            choose_poster(film, **form.choice(), by=signed_in(request))
        except (Refused, StepFailed) as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("This is now the picture for the film."))
        return redirect("films:edit", film.pk)
