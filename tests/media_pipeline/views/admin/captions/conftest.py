"""A film with a draft of its captions, and the addresses of both."""

import json

import pytest
from django.urls import reverse

from media_pipeline.actions.captions.drafts import begin_editing
from tests.factories.media_pipeline import (
    watchable,
)


@pytest.fixture
def film():
    return watchable(title="Keeping a record")


@pytest.fixture
def draft(film, editor):
    return begin_editing(film.tracks.get(), by=editor)


def film_page(film, name="captions"):
    return reverse(f"films:{name}", args=[film.pk])


def version(track, name, *more):
    return reverse(f"films:captions_{name}", args=[track.pk, *more])


def send(client, draft, **body):
    return client.post(version(draft, "save"), json.dumps(body), content_type="application/json")


def row(start, end, text, speaker="", words=()):
    return {"start": start, "end": end, "text": text, "speaker": speaker, "words": list(words)}
