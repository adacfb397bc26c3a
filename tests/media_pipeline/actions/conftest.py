"""Clips asked for, films that were heard, drafts of their captions, and what a film has come to."""

import datetime
import re
from pathlib import Path

import pytest
from django.core.files import File
from django.utils import timezone

from media_pipeline.actions.captions.drafts import (
    begin_editing,
    save_draft,
)
from media_pipeline.actions.captions.publication import publish
from media_pipeline.actions.clips import request_clip
from media_pipeline.actions.job_steps.composition import compose, keep_words
from media_pipeline.models import CaptionTrack, Film, Job
from media_pipeline.steps.words import Cue, Word
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    CueFactory,
    JobFactory,
    ReadyFilmFactory,
)
from tests.factories.party import AppointmentFactory, MemberFactory

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


NOW = timezone.make_aware(datetime.datetime(2026, 11, 21, 12))


Kind, Stage = CaptionTrack.Kind, CaptionTrack.Stage


def spoken(text, start=1.0):
    """Words at two a second, as a recogniser gives them."""
    words = text.split()
    return [Word(one, start + n / 2, start + n / 2 + 0.4, 0.9) for n, one in enumerate(words)]


def hear(film, text, kind=Kind.AUTOMATIC, start=1.0):
    """Run recognition and composing, with what the recogniser hears; returns the job’s sentence."""
    as_json = [vars(word) for word in spoken(text, start)]
    speech, _made = Job.objects.get_or_create(
        film=film, step=Job.Step.TRANSCRIPTION, defaults={"position": 4}
    )
    speech.started_at = timezone.now()
    speech.save()
    keep_words(CaptionTrack(kind=kind, engine="sphinx", words=as_json), film)
    job = JobFactory.build(film=film, step=Job.Step.CAPTIONS)
    outcome = compose(job, None, lambda fraction: None)
    outcome.keep(film)
    return outcome.reason


def text_of(track):
    return " ".join(cue.sentence for cue in track.cues.all())


def current(film):
    return film.tracks.current().get()


def cue(start, end, text, **fields):
    return Cue(start, end, tuple(text.split("\n")) if text else (), **fields)


@pytest.fixture
def film():
    return ReadyFilmFactory(duration=60.0)


@pytest.fixture
def person():
    return MemberFactory(first_name="Edith", last_name="Editor")


@pytest.fixture
def other():
    return MemberFactory(first_name="Otto", last_name="Other")


@pytest.fixture
def heard(film):
    hear(film, "we remove the common today.")
    return current(film)


def edited(track, by, text="We remove the comment today."):
    """A person's edit of a version, published."""
    draft = begin_editing(track, by=by)
    if draft.is_current or not draft.is_draft:
        raise AssertionError("a draft was expected")
    cues = [cue(1.0, 4.0, text)]
    save_draft(draft, cues, revision=draft.revision, by=by, now=NOW)
    return publish(draft, by=by, now=NOW)
