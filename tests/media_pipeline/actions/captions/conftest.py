"""Films that were heard, and drafts of their captions."""

import datetime

import pytest
from django.utils import timezone

from media_pipeline.actions.captions.drafts import (
    begin_editing,
    save_draft,
)
from media_pipeline.actions.captions.publication import publish
from media_pipeline.actions.job_steps.composition import compose, keep_words
from media_pipeline.models import CaptionTrack, Job
from media_pipeline.steps.words import Cue, Word
from tests.factories.media_pipeline import JobFactory, ReadyFilmFactory
from tests.factories.party import MemberFactory

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
