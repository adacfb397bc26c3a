"""The versions of a film's captions: listed, shown to viewers, reviewed, put away, exported."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
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
from media_pipeline.views.admin.captions.lookup import editable_track
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

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        track = editable_track(request, pk)
        try:
            publish(track, by=signed_in(request), now=timezone.now(), revision=_seen(request))
        except MovedOnError as error:
            messages.error(request, error.sentence)
            return _to_comparison(track, error.current)
        except Refused as error:
            messages.error(request, error.sentence)
            return redirect("films:captions", track.film_id)
        messages.success(
            request,
            _("Version %(version)s is what viewers get now.") % {"version": track.version},
        )
        return redirect("films:edit", track.film_id)


class ReviewView(View):
    """Puts the person's name to captions as reviewed; a draft is published with it."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        track = editable_track(request, pk)
        if not can_review_captions(request.user):
            raise Http404
        try:
            reviewed = review(
                track, by=signed_in(request), now=timezone.now(), revision=_seen(request)
            )
        except MovedOnError as error:
            messages.error(request, error.sentence)
            return _to_comparison(track, error.current)
        except Refused as error:
            messages.error(request, error.sentence)
            return redirect("films:captions", track.film_id)
        said = _("Version %(version)s is shown to viewers, and marked: %(label)s.")
        messages.success(request, said % {"version": reviewed.version, "label": reviewed.label})
        return redirect("films:edit", track.film_id)


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


def _seen(request: HttpRequest) -> int | None:
    """The revision the person had in front of them, where the form says it."""
    given = request.POST.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _to_comparison(mine: CaptionTrack, new: CaptionTrack) -> HttpResponseRedirect:
    url = reverse("films:captions_compare", args=[mine.film_id])
    return HttpResponseRedirect(f"{url}?mine={mine.pk}&new={new.pk}")
