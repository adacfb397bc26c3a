"""What a page needs to show a film: addresses, captions and the lines of the transcript."""

import math
import re
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from media_pipeline.models import CaptionTrack, Cue, Film, Rendition
from media_pipeline.models.captions import spoken_first
from media_pipeline.steps.clock import spoken_time

NARROW = "(max-width: 640px)"  # below this the smallest version looks right

SECONDS = re.compile(r"\d{1,6}(\.\d{1,3})?", re.ASCII)


def with_player(films: QuerySet[Film]) -> QuerySet[Film]:
    """Fetch along what `player_context` reads: three queries, however many rows."""
    tracks = CaptionTrack.objects.current().with_cues()
    return films.prefetch_related(
        "renditions", Prefetch("tracks", queryset=tracks, to_attr="current_tracks")
    )


def player_context(film: Film, *, start: float | None = None) -> dict[str, Any]:
    """Gather what `media_pipeline/player.html` and `transcript.html` show.

    `start` is the second to begin at, kept inside the film. A rung's `side` is the shorter one, as
    in “720p”. Costs three queries, or none on a film fetched `with_player`.
    """
    start = _inside(start, film.duration)
    made = sorted(film.renditions.all(), key=lambda rendition: rendition.height)
    renditions = [one for one in made if one.kind == one.Kind.MP4]
    rungs = [one for one in made if one.kind == one.Kind.HLS]
    sound = next((one for one in made if one.kind == one.Kind.SOUND), None)
    tracks = current_tracks(film)

    def address(name: str, there: object) -> str:
        return reverse(f"media_pipeline:{name}", args=[film.uuid]) if there else ""

    return {
        "title": film.title,
        "language": film.language,
        "poster": address("poster", film.poster),
        "start": start,
        "duration": film.duration,
        "width": film.width,
        "height": film.height,
        "sources": [
            _source(film, rendition, start, narrow=rendition is not renditions[-1])
            for rendition in renditions
        ],
        "hls": address("ladder", rungs),
        "sound": address("sound", sound),
        "sound_bitrate": sound.bitrate if sound else 0,
        "rungs": [{"side": min(one.width, one.height), "height": one.height} for one in rungs],
        "download": _download(film, renditions[-1]) if renditions else None,
        "storyboard": address("storyboard_times", film.storyboard_map),
        "tracks": [_track(film, track) for track in tracks],
        "cues": [_line(cue) for track in tracks[:1] for cue in track.cues.all()],
    }


def parse_start(text: str | None) -> float | None:
    """Read the second in an address such as `?t=12.3`; None for anything else."""
    return float(text) if text and SECONDS.fullmatch(text) else None


def _inside(start: float | None, duration: float | None) -> float | None:
    if start is None or not 0 < start < (duration or 0.0):
        return None
    return round(start, 1)


def current_tracks(film: Film) -> list[CaptionTrack]:
    """The tracks shown, the spoken language first; no query where they were fetched along."""
    fetched = getattr(film, "current_tracks", None)
    if fetched is None:
        fetched = film.tracks.current().with_cues()
    return spoken_first(film, fetched)


def _source(
    film: Film, rendition: Rendition, start: float | None, *, narrow: bool
) -> dict[str, Any]:
    url = _address(film, rendition)
    return {
        "url": f"{url}#t={start:g}" if start is not None else url,
        "type": "video/mp4",
        "media": NARROW if narrow else "",
        "width": rendition.width,
        "height": rendition.height,
        "bytes": rendition.bytes,
    }


def _download(film: Film, rendition: Rendition) -> dict[str, Any]:
    return {
        "url": f"{_address(film, rendition)}?download",
        "side": min(rendition.width, rendition.height),
        "bytes": rendition.bytes,
    }


def _address(film: Film, rendition: Rendition) -> str:
    return reverse("media_pipeline:rendition", args=[film.uuid, rendition.height])


def _track(film: Film, track: CaptionTrack) -> dict[str, Any]:
    return {
        "url": reverse("media_pipeline:captions", args=[film.uuid, track.language]),
        "language": track.language,
        "label": track.label,
        "name": track.name,
        "default": track.language == film.language,
        "transcripts": {
            kind: reverse("media_pipeline:transcript", args=[film.uuid, track.language, kind])
            for kind in ("txt", "docx")
        },
    }


def _line(cue: Cue) -> dict[str, Any]:
    return {
        "start": cue.start,
        "end": cue.end,
        "seconds": f"{math.floor(cue.start * 10) / 10:.1f}",  # never after the first word
        "time": spoken_time(cue.start),
        "text": cue.sentence,
    }
