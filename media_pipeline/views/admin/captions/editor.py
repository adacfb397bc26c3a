"""The caption editor: its page, and the plain form that does without scripts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from ground.refusals import Refused
from media_pipeline.actions.captions.drafts import begin_editing, save_draft, write_from_nothing
from media_pipeline.actions.captions.versions import cues_of, names_of
from media_pipeline.models import CaptionTrack, Film
from media_pipeline.steps import caption_check
from media_pipeline.steps.drafts import with_word_times
from media_pipeline.steps.formats.vtt import parse_vtt, to_vtt
from media_pipeline.views.admin.captions.autosave import MOST_BYTES, document_of
from media_pipeline.views.admin.captions.editor_messages import editor_messages, shortcuts
from media_pipeline.views.admin.captions.lookup import (
    CaptionsPage,
    editable_film,
    editable_track,
    number_in,
)
from media_pipeline.views.admin.captions.versions import captions_context
from media_pipeline.views.player import parse_start, player_context
from party.permissions import signed_in


class EditorView(CaptionsPage):
    """Film and cues together while the person has a draft; otherwise the versions to begin from."""

    def get_template_names(self) -> list[str]:
        name = "editor" if self.draft else "start"
        return [f"media_pipeline/admin/captions_{name}.html"]

    def get_page_title(self) -> str:
        return _("Captions")

    @cached_property
    def draft(self) -> CaptionTrack | None:
        return open_draft(self.request, self.film)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            **kwargs, **captions_context(self.request, self.film), film=self.film
        )
        context["player"] = player_context(self.film, start=parse_start(self.request.GET.get("t")))
        context["draft"] = self.draft
        if self.draft:
            context["document"] = document_of(self.draft)
            context["said"], context["shortcuts"] = editor_messages(), shortcuts()
        elif shown := context["shown"]:
            cues = cues_of(shown, words=False)
            checked = caption_check.check_cues(cues, names=names_of(self.film))
            context["broken"] = [(one, cues[one.cue - 1]) for one in checked.broken]
        return context


class BeginView(View):
    """Begins a draft from a version, or from nothing, or returns to the one that is open."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        film = editable_film(request, pk)
        given = request.POST.get("track", "")
        if given:
            track = editable_track(request, number_in(given))
            if track.film_id != film.pk:
                raise Http404
            begin_editing(track, by=signed_in(request))
        else:
            write_from_nothing(film, by=signed_in(request))
        return redirect("films:captions", pk)


class AsTextView(CaptionsPage):
    """The draft as one text in WebVTT, for those without scripts and those who like it so."""

    template_name = "media_pipeline/admin/captions_text.html"

    def get_page_title(self) -> str:
        return _("Captions as text")

    @cached_property
    def draft(self) -> CaptionTrack:
        draft = open_draft(self.request, self.film)
        if draft is None:
            raise Http404
        return draft

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        written = request.POST.get("text", "")
        revision = request.POST.get("revision", "")
        try:
            if len(written.encode(errors="replace")) > MOST_BYTES:
                raise Refused(_("The text is too long. Nothing was saved."))
            before = cues_of(self.draft)
            save_draft(
                self.draft,
                with_word_times(parse_vtt(written.strip() or "WEBVTT"), before),
                revision=number_in(revision),
                by=signed_in(request),
                now=timezone.now(),
            )
        except Refused as error:
            messages.error(request, error.sentence)
            return self.render_to_response(self.get_context_data(text=written), status=422)
        messages.success(request, _("Saved. Viewers get it once it is published."))
        return redirect("films:captions_text", pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("text", to_vtt(cues_of(self.draft, words=False)))
        return super().get_context_data(
            **kwargs,
            **captions_context(self.request, self.film),
            film=self.film,
            player=player_context(self.film),
        )


def open_draft(request: HttpRequest, film: Film) -> CaptionTrack | None:
    """The person's newest draft in the film's language."""
    drafts = film.tracks.drafts_of(request.user).filter(language=film.language).light()
    draft: CaptionTrack | None = drafts.select_related("based_on", "made_by").first()
    if draft:
        draft.film = film
    return draft
