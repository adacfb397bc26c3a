"""One film: the work on it, then the film itself with its captions."""

from typing import Any

from csp.decorators import csp_update
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import Button, HeaderButton

from media_pipeline.models import Film
from media_pipeline.models.films import can_change_film
from media_pipeline.permissions import can_delete_films, can_edit_films
from media_pipeline.views.admin.captions.versions import captions_context
from media_pipeline.views.admin.film_jobs import film_jobs_context
from media_pipeline.views.admin.films_page import FilmsPage
from media_pipeline.views.admin.media_info import media_info_of, notes_of
from media_pipeline.views.admin.posters import poster_context
from media_pipeline.views.player import current_tracks, parse_start, player_context, with_player
from media_pipeline.views.streams import FILM_POLICY


@method_decorator(csp_update(FILM_POLICY), name="dispatch")
class FilmView(FilmsPage, TemplateView):
    """One film: the work on it step by step, then the film itself with its captions."""

    template_name = "media_pipeline/admin/film.html"

    @cached_property
    def film(self) -> Film:
        visible = Film.objects.visible_to(self.request.user)
        films = with_player(visible.select_related("uploaded_by"))
        return get_object_or_404(films, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.film.title

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = []
        pk = self.film.pk
        if self.may_describe:
            url = reverse("films:details", args=[pk])
            buttons.append(HeaderButton(_("Edit details"), url=url, icon_name="edit"))
        if can_delete_films(self.request.user):
            url = reverse("films:delete", args=[pk])
            buttons.append(HeaderButton(_("Delete"), url=url, icon_name="bin"))
        return buttons

    @property
    def may_describe(self) -> bool:
        refused = self.film.state == Film.State.REFUSED
        return not refused and can_change_film(self.request.user, self.film)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if not can_edit_films(self.request.user):
            return []
        url = reverse("films:history", args=[self.film.pk])
        return [Button(_("History"), url=url, icon_name="history")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        start = parse_start(self.request.GET.get("t"))
        return super().get_context_data(
            **kwargs,
            **film_jobs_context(self.request, self.film),
            player=player_context(self.film, start=start),
            track=next(iter(current_tracks(self.film)), None),
            media_info=media_info_of(self.film),
            notes=notes_of(self.film),
            **poster_context(self.request, self.film),
            **captions_context(self.request, self.film),
        )
