"""Which part of a film a clip shows."""

from tests.factories.media_pipeline import (
    watchable,
)
from tests.media_pipeline.actions.conftest import holder, request


def test_a_selection_snaps_to_the_words_it_holds(db):
    film = watchable()  # cues from 2.0, 4.0 and 6.0, each of 1.5 seconds and seven words
    clip = request(film, holder(), start=3.9, end=7.5)
    assert (clip.start, clip.end) == (3.85, 7.75)
