"""Members keep a film’s transcript."""

import pytest

from media_pipeline.actions.captions.drafts import begin_editing
from media_pipeline.models import CaptionTrack, Film
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    FilmFactory,
    watchable,
)
from tests.pages import assert_hidden

pytestmark = pytest.mark.django_db


def test_members_keep_the_transcript_of_films_they_may_watch_and_of_no_other(client, member):
    film = watchable(title="Keeping a record")
    hidden = FilmFactory(state=Film.State.PROCESSING)
    CaptionTrackFactory(film=hidden)
    client.force_login(member)
    for kind in ("txt", "docx"):
        response = client.get(f"/films/{film.uuid}/transcript.en.{kind}")
        assert response.status_code == 200
        assert f"keeping-a-record-v1.en.{kind}" in response["Content-Disposition"]
        assert_hidden(client, f"/films/{hidden.uuid}/transcript.en.{kind}")
    assert_hidden(client, f"/films/{film.uuid}/transcript.en.vtt")
    assert_hidden(client, f"/films/{film.uuid}/transcript.cy.txt")
    client.logout()
    assert client.get(f"/films/{film.uuid}/transcript.en.txt").status_code == 302


def test_a_draft_is_nothing_for_members(client, member, editor):
    film = watchable()
    begin_editing(film.tracks.get(), by=editor)
    client.force_login(member)
    html = client.get(f"/films/{film.uuid}/captions.en.vtt").content.decode()
    assert "in cue 1." in html
    assert CaptionTrack.objects.visible_to(member).count() == 1
