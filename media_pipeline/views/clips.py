"""Clips for social media: choosing, waiting, and taking the file away."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ground.refusals import Refused
from media_pipeline.actions import clips
from media_pipeline.actions.clip_selection import choose
from media_pipeline.actions.clips import request_clip
from media_pipeline.forms.clips import ClipForm
from media_pipeline.models import Clip, Film, Job
from media_pipeline.models.clips import can_make_clips
from media_pipeline.steps.formats.writers import CAPTION_FORMATS, write_captions
from media_pipeline.steps.words import Cue
from media_pipeline.views.byte_ranges import send_media
from media_pipeline.views.films import send_text
from media_pipeline.views.player import parse_start, player_context, with_player
from party.permissions import MEMBERS, Person, open_to, signed_in

MOST_TITLE = 80  # signs, as long as the form allows
TAKEN_OVER = ("start", "end", "shape", "title", "imprint")  # from a clip that is made again
NEWEST = 100  # clips listed: nobody makes more in the days they are kept


def clip_address(user: Person, film: Film) -> str:
    """The page that asks for a clip of a film, for `clips/entry.html`; empty for who may not."""
    if not can_make_clips(user, film):
        return ""
    return reverse("media_pipeline:new_clip", args=[film.uuid])


@open_to(MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_clip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask for a clip: which lines, which shape, which words on it.

    `?start=…&end=…` (seconds) chooses lines, `?like=…` takes everything over from another clip.
    """
    visible = with_player(Film.objects.visible_to(request.user))
    film = get_object_or_404(visible, uuid=uuid)
    if not can_make_clips(request.user, film):
        raise PermissionDenied
    lines = player_context(film)["cues"]
    asked = request.POST if request.method == "POST" and "look" not in request.POST else None
    form = ClipForm(asked, lines=lines, initial=_first_values(request, film))
    if form.is_valid():
        wanted = {name: value for name, value in form.cleaned_data.items() if name != "confirmed"}
        try:
            clip = request_clip(film, **wanted, by=signed_in(request), now=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect(clip)
    context = {"film": film, "form": form, **_preview(film, form)}
    status = 422 if form.errors else 200
    return render(request, "media_pipeline/clips/new.html", context, status=status)


@open_to(MEMBERS)
@require_safe
def my_clips(request: HttpRequest) -> HttpResponse:
    """List one's own clips."""
    mine = Clip.objects.visible_to(request.user).select_related("film", "job")[:NEWEST]
    return render(request, "media_pipeline/clips/list.html", {"clips": mine})


@open_to(MEMBERS)
@require_safe
def clip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how far a clip is and, once it is made, the clip itself with what goes along with it."""
    return render(request, "media_pipeline/clips/clip.html", _state(request, uuid))


@open_to(MEMBERS)
@require_safe
def clip_work(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far a clip is, alone; the page fetches it while the work goes on, then loads again."""
    context = _state(request, uuid)
    context["announce"] = context["job"].status != request.GET.get("said")
    response = render(request, "media_pipeline/clips/work.html", context)
    if not context["under_way"]:
        response.headers["HX-Refresh"] = "true"
    return response


@open_to(MEMBERS)
@require_safe
def clip_film(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send a clip to the player, or the part of it that is asked for."""
    return send_media(request, _made(request, uuid).file, "video/mp4")


@open_to(MEMBERS)
@require_safe
def download_clip(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send a clip to be kept as a file."""
    made = _made(request, uuid)
    return send_media(request, made.file, "video/mp4", keep_as=made.file_name)


@open_to(MEMBERS)
@require_safe
def clip_captions(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send a clip's captions as SubRip, for sites that show captions of their own."""
    made = _made(request, uuid)
    cues = [Cue(one["start"], one["end"], tuple(one["text"].splitlines())) for one in made.captions]
    text = write_captions("srt", cues, title=made.title, language=made.film.language)
    response = send_text(request, text.decode(), CAPTION_FORMATS["srt"].content_type)
    name = made.file_name.removesuffix(".mp4")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.srt"'
    return response


@open_to(MEMBERS)
@require_POST
def delete_clip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Delete a clip, or stop its making."""
    doomed = _found(request, uuid)
    clips.delete_clip(doomed, by=signed_in(request))
    messages.success(request, _("“%(title)s” was deleted.") % {"title": doomed.title})
    return redirect("media_pipeline:clips")


def _found(request: HttpRequest, uuid: UUID) -> Clip:
    mine = Clip.objects.visible_to(request.user).select_related("film", "job")
    return get_object_or_404(mine, uuid=uuid)


def _made(request: HttpRequest, uuid: UUID) -> Clip:
    mine = Clip.objects.visible_to(request.user).exclude(file="").select_related("film")
    return get_object_or_404(mine, uuid=uuid)


def _state(request: HttpRequest, uuid: UUID) -> dict[str, Any]:
    found = _found(request, uuid)
    under_way = found.job.status in (Job.Status.WAITING, Job.Status.RUNNING)
    return {"clip": found, "job": found.job, "under_way": under_way}


def _first_values(request: HttpRequest, film: Film) -> dict[str, Any]:
    """What the form begins with: what was typed, another clip's values, or the film's own."""
    if request.method == "POST":
        return request.POST.dict()
    other = _like(request, film)
    if other:
        return {name: getattr(other, name) for name in TAKEN_OVER}
    return {
        "title": film.title[:MOST_TITLE],
        "imprint": settings.MEDIA_IMPRINT,
        "shape": Clip.Shape.UPRIGHT,
        **{name: parse_start(request.GET.get(name)) for name in ("start", "end")},
    }


def _like(request: HttpRequest, film: Film) -> Clip | None:
    """The clip that `?like=` names, if it is one's own and of this film."""
    with suppress(ValueError):
        mine = Clip.objects.visible_to(request.user).filter(film=film)
        return mine.filter(uuid=UUID(request.GET.get("like", ""))).first()
    return None


def _preview(film: Film, form: ClipForm) -> dict[str, Any]:
    """What the selection on the page comes to: its length and words, or why it makes no clip."""
    start, end = form.second("start"), form.second("end")
    if start is None or end is None:
        return {}
    try:
        return {"chosen": choose(film, start, end)}
    except Refused as refusal:
        return {"not_chosen": refusal.sentence}
