"""Films from before the ladder: what the site made of them then still serves."""

import pytest
from django.urls import reverse

from media_pipeline.actions.films import steps_for
from media_pipeline.actions.reruns import run_again
from media_pipeline.models import CaptionTrack, Film, Job
from media_pipeline.views.player import player_context
from tests.factories.media_pipeline import (
    JobFactory,
    watchable,
)

pytestmark = pytest.mark.django_db

STEPS = ("probe", "renditions", "poster", "transcription", "captions", "index")


@pytest.fixture
def older():
    """A ready film with two MP4s, a poster and captions; no rungs, stills, facts or score."""
    film = watchable(title="Keeping a record")
    for position, step in enumerate(STEPS, start=1):
        done = {"status": Job.Status.DONE, "progress": 1.0}
        JobFactory(film=film, step=step, position=position, **done)
    return film


def test_an_older_film_plays_from_its_mp4s(older):
    player = player_context(older)
    assert (player["hls"], player["sound"], player["rungs"]) == ("", "", [])
    assert player["storyboard"] == ""
    assert [source["height"] for source in player["sources"]] == [360, 720]
    assert player["download"]["side"] == 720
    assert player["poster"] == reverse("media_pipeline:poster", args=[older.uuid])
    assert len(player["cues"]) == 3


def test_an_older_film_s_page_shows_it_and_offers_to_do_every_step_again(client, editor, older):
    client.force_login(editor)
    shown = client.get(reverse("films:edit", args=[older.pk]))
    html = shown.content.decode()
    assert [job.step for job in shown.context["jobs"]] == list(STEPS)
    assert 'data-hls="' not in html
    assert "What is said in cue 1." in " ".join(html.split())
    assert "Run every step again" in html


def test_an_older_film_s_captions_are_edited(client, editor, older):
    client.force_login(editor)
    begun = client.post(
        reverse("films:captions_begin", args=[older.pk]), {"track": older.tracks.get().pk}
    )
    assert begun.url == reverse("films:captions", args=[older.pk])
    cues = client.get(begun.url).context["document"]["cues"]
    assert [cue["start"] for cue in cues] == [2.0, 4.0, 6.0]
    assert older.tracks.get(is_current=True).kind == CaptionTrack.Kind.AUTOMATIC


def test_doing_every_step_again_gives_an_older_film_the_steps_it_never_had(editor, older):
    film = run_again(older, by=editor)
    assert film.state == Film.State.READY
    waiting = film.jobs.filter(status=Job.Status.WAITING).order_by("position")
    assert [job.step for job in waiting] == steps_for(film)
