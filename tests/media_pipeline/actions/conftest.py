"""Clips asked for, and what a film has come to."""

import datetime
import re
from pathlib import Path

import pytest
from django.core.files import File
from django.utils import timezone

from media_pipeline.actions.clips import request_clip
from media_pipeline.models import Film
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    CueFactory,
    ReadyFilmFactory,
)
from tests.factories.party import AppointmentFactory

MINUTE = datetime.timedelta(seconds=61)


def later() -> datetime.datetime:
    return timezone.now() + MINUTE


def facts(film) -> dict:
    """Everything a viewer gets, without the names that differ from upload to upload."""
    film = Film.objects.get(pk=film.pk)
    return {
        "state": film.state,
        "seen": (film.duration, film.width, film.height),
        "renditions": list(film.renditions.values_list("kind", "height", "width")),
        "tracks": list(film.tracks.values_list("kind", "version", "is_current")),
        "cues": list(
            film.tracks.values_list(
                "cues__position", "cues__start", "cues__end", "cues__text", "cues__words"
            )
        ),
        "jobs": [
            # An encoder with several threads does not always need the same number of bytes.
            (job.step, job.status, re.sub(r"\(?[\d.]+\s[KM]B\)?", "", job.reason))
            for job in film.jobs.all()
        ],
    }


FILM = Path(__file__).resolve().parents[3] / "demo" / "films" / "before-you-remove-a-comment.mp4"


IMPRINT = "Promoted by A. Person, 1 Example Street, London SW1A 1AA"


def holder(**fields):
    """A person who holds a post."""
    return AppointmentFactory(**fields).member


def request(film, by, **changes):
    fields = {
        "start": 2.0,
        "end": 7.5,
        "shape": "1:1",
        "title": "Why we keep a record",
        "imprint": IMPRINT,
        "now": timezone.now(),
    }
    return request_clip(film, by=by, **{**fields, **changes})


@pytest.fixture
def real_film(db, settings):
    """A real film of two lines, and clips that are quick to make."""
    settings.MEDIA_CLIP_SIDE = 180
    with FILM.open("rb") as source:
        film = ReadyFilmFactory(duration=112.4, original=File(source, name="film.mp4"))
    track = CaptionTrackFactory(film=film)
    CueFactory(track=track, position=1, start=2.0, end=3.5, text="Keep a record\nfirst.")
    CueFactory(track=track, position=2, start=3.6, end=5.0, text="Then take it down.")
    return film
