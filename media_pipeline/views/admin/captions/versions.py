"""The versions of a film's captions: listed, shown to viewers, reviewed, put away, exported."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import View
from wagtail.admin import messages

from ground.refusals import Refused
from media_pipeline.actions.captions.drafts import discard_draft
from media_pipeline.actions.captions.publication import MovedOnError, publish, review
from media_pipeline.models import CaptionTrack, Film
from media_pipeline.models.films import can_change_film
from media_pipeline.permissions import can_review_captions
from media_pipeline.steps.formats.writers import CAPTION_FORMATS
from media_pipeline.views.admin.captions.lookup import comparison_url, editable_track, number_in
from media_pipeline.views.transcripts import captions_file
from party.permissions import Person, signed_in

KEPT = 60  # versions listed; older ones are kept and can be reached by their address


def captions_context(request: HttpRequest, film: Film) -> dict[str, Any]:
    """What the list of versions shows, and what the person may do with them: two queries."""
    may_edit = can_change_film(request.user, film)
    visible = CaptionTrack.objects.visible_to(request.user).light().filter(film=film)
    people = visible.select_related("made_by", "based_on").defer("based_on__words")
    versions = list(people.order_by("-version")[:KEPT])
    for version in versions:
        version.film = film
    return {
        "versions": versions if may_edit else [],
        "kinds": CAPTION_FORMATS,
        "shown": _first(versions, lambda one: one.is_current),
        "waiting": _first(versions, lambda one: one.is_draft and not one.is_of_a_person),
        "draft": _first(versions, lambda one: _is_open_draft(one, request.user)),
        "may_edit_captions": may_edit,
        "may_review_captions": can_review_captions(request.user),
    }


def _is_open_draft(track: CaptionTrack, user: Person) -> bool:
    return track.is_draft and track.is_of_a_person and track.made_by_id == user.pk


def _first(versions: list[CaptionTrack], holds: Any) -> CaptionTrack | None:
    return next((one for one in versions if holds(one)), None)


class PublishView(View):
    """Shows a version to viewers."""

    publish = staticmethod(publish)
    done = gettext_lazy("Version %(version)s is what viewers get now.")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        track = editable_track(request, pk)
        seen = request.POST.get("revision", "")
        revision = number_in(seen) if seen else None
        try:
            track = self.publish(
                track, by=signed_in(request), now=timezone.now(), revision=revision
            )
        except MovedOnError as error:
            messages.error(request, error.sentence)
            return redirect(comparison_url(track, error.current))
        except Refused as error:
            messages.error(request, error.sentence)
            return redirect("films:captions", track.film_id)
        said = self.done % {"version": track.version, "label": track.label}
        messages.success(request, said)
        return redirect("films:edit", track.film_id)


class ReviewView(PublishView):
    """Puts the person's name to captions as reviewed; a draft is published with it."""

    publish = staticmethod(review)
    done = gettext_lazy("Version %(version)s is shown to viewers, and marked: %(label)s.")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not can_review_captions(request.user):
            raise Http404
        return super().post(request, pk)


class DiscardView(View):
    """Puts a draft away for good."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        track = editable_track(request, pk)
        try:
            discard_draft(track, by=signed_in(request))
        except Refused as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, _("The draft was put away. Viewers see no difference."))
        return redirect("films:edit", track.film_id)


@require_safe
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Send a version as a file: WebVTT, SRT, TTML, plain text or DOCX."""
    visible = CaptionTrack.objects.visible_to(request.user).light().select_related("film")
    return captions_file(get_object_or_404(visible, pk=pk), kind)
