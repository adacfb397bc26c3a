"""A film with its ladder, sheet of pictures and all."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests.factories.media_pipeline import laddered


@pytest.fixture
def film(db):
    return laddered(title="Before you remove a comment", storyboard=sheet(), storyboard_map=times())


def sheet():
    return ContentFile(b"sheet", name="storyboard.jpg")


def times():
    return ContentFile(b"WEBVTT\n", name="storyboard.vtt")


def lasting(film) -> dict[str, str]:
    """The addresses that pages name; each leads to one that runs out."""
    return {
        "ladder": reverse("media_pipeline:ladder", args=[film.uuid]),
        "sound": reverse("media_pipeline:sound", args=[film.uuid]),
        "mp4": reverse("media_pipeline:rendition", args=[film.uuid, 360]),
    }
