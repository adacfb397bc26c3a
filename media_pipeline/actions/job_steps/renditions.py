"""Makes the versions of a film that are watched."""

from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media_pipeline.actions.files import (
    original_of,
    put_in_place,
    remove_files_on_commit,
    send_ahead,
)
from media_pipeline.actions.job_steps.outcome import Outcome
from media_pipeline.models import Film, Job, Rendition
from media_pipeline.steps import transcode
from media_pipeline.steps.ffmpeg import Progress, part
from media_pipeline.steps.ladder import read_source
from media_pipeline.steps.loudness import Loudness, measure

MEASURED, MADE = 0.2, 0.9  # how far a step is when the loudness is known, and the ladder made


def make_first_version(job: Job, folder: Path, progress: Progress) -> Outcome:
    """The smallest version, soon: there is something to watch while the rest is being made."""
    film = job.film
    source = original_of(film, folder)
    loudness = _loudness(film, source, part(progress, 0.0, MEASURED))
    made = transcode.first_version(
        source,
        folder / "first.mp4",
        duration=_duration(film),
        loudness=loudness,
        progress=part(progress, MEASURED, 1.0),
    )
    send_ahead(made.path, _stored(film, made, made.path))
    reason = _("Made: %(height)sp (%(size)s).") % {
        "height": made.height,
        "size": filesizeformat(made.bytes),
    }
    return Outcome(reason, partial(_keep_first, made, loudness))


def make_renditions(job: Job, folder: Path, progress: Progress) -> Outcome:
    """The whole ladder, and of its highest rung a film to download."""
    film = job.film
    source, duration = original_of(film, folder), _duration(film)
    loudness = _loudness(film, source, part(progress, 0.0, MEASURED))
    begun = 0.0 if "loudness" in film.media_info else MEASURED
    made = transcode.ladder(
        source, folder, duration=duration, loudness=loudness, progress=part(progress, begun, MADE)
    )
    pictures = [one for one in made if one.height]
    sound = next((one for one in made if not one.height), None)
    if len(pictures) > 1 or not _has_whole(film, pictures[0].height):
        target = folder / "download.mp4"
        made.append(transcode.download(pictures[-1], sound, target, duration=duration))
    for one in made:
        for path in filter(None, (one.path, one.playlist)):
            send_ahead(path, _stored(film, one, path))
        progress(MADE)
    return Outcome(_told(made), partial(_keep_ladder, made, loudness))


def _has_whole(film: Film, height: int) -> bool:
    """Whether a whole film of that height is kept: the first version, or one like it."""
    return film.renditions.filter(kind=Rendition.Kind.MP4, height=height).exists()


def _duration(film: Film) -> float:
    """The film's length in seconds, or the most that a film may have where it is not known."""
    return film.duration or settings.MEDIA_MAX_SECONDS


def _loudness(film: Film, source: Path, progress: Progress) -> Loudness | None:
    """How loud the film is: measured once, and kept among its facts; None for silence."""
    if "loudness" in film.media_info:
        known = film.media_info["loudness"]
        return Loudness(**known) if known else None
    if not read_source(source).has_sound:
        return None
    return measure(source, duration=film.duration, progress=progress)


def _stored(film: Film, made: transcode.Version, path: Path) -> str:
    """A version's name in the storage: the same each time, so that a repetition replaces it."""
    name = path.name if made.playlist else f"{made.height}p.mp4"
    return f"{film.folder}/{name}"


def _kind(made: transcode.Version) -> Rendition.Kind:
    if made.playlist is None:
        return Rendition.Kind.MP4
    return Rendition.Kind.HLS if made.height else Rendition.Kind.SOUND


def _keep_first(made: transcode.Version, loudness: Loudness | None, film: Film) -> None:
    _keep_loudness(loudness, film)
    film.renditions.filter(kind=Rendition.Kind.MP4, height=made.height).delete()
    _keep(made, film)


def _keep_ladder(made: Iterable[transcode.Version], loudness: Loudness | None, film: Film) -> None:
    _keep_loudness(loudness, film)
    heights = [one.height for one in made if one.height]
    first = Rendition.Kind.MP4, min(heights)
    older = [one for one in film.renditions.all() if (one.kind, one.height) != first]
    film.renditions.filter(pk__in=[one.pk for one in older]).delete()
    kept = {name for one in made for name in _keep(one, film)}
    before = {name for one in older for name in (one.file.name, one.media.name) if name}
    remove_files_on_commit(before - kept)


def _keep(made: transcode.Version, film: Film) -> set[str]:
    """Write a version down and put its files in place; returns their names."""
    path = put_in_place(made.path, _stored(film, made, made.path))
    playlist = made.playlist
    listed = put_in_place(playlist, _stored(film, made, playlist)) if playlist else ""
    Rendition.objects.create(
        film=film,
        kind=_kind(made),
        height=made.height,
        width=made.width,
        file=listed or path,
        media=path if listed else "",
        bytes=made.bytes,
        bitrate=made.bitrate,
        peak_bitrate=made.peak_bitrate,
        codecs=made.codecs,
        frame_rate=made.frame_rate,
    )
    return {path, listed} - {""}


def _keep_loudness(loudness: Loudness | None, film: Film) -> None:
    film.media_info = {**film.media_info, "loudness": loudness and asdict(loudness)}
    film.save(update_fields=["media_info"])


def _told(made: Iterable[transcode.Version]) -> str:
    names = [
        _("%(height)sp for download (%(size)s)")
        if one.playlist is None
        else _("%(height)sp (%(size)s)")
        if one.height
        else _("sound only (%(size)s)")
        for one in made
    ]
    sizes = [{"height": one.height, "size": filesizeformat(one.bytes)} for one in made]
    listed = ", ".join(name % size for name, size in zip(names, sizes, strict=True))
    return _("Made: %(list)s.") % {"list": listed}
