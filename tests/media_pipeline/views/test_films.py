"""A member's browser fetches renditions, poster and captions; a stranger's gets nothing."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from media_pipeline.models import Recording
from media_pipeline.steps.formats.vtt import parse_vtt
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    CueFactory,
    ReadyRecordingFactory,
    watchable,
)


def addresses(recording):
    return {
        "film": reverse("media_pipeline:rendition", args=[recording.uuid, 360]),
        "poster": reverse("media_pipeline:poster", args=[recording.uuid]),
        "captions": reverse("media_pipeline:captions", args=[recording.uuid, "en"]),
    }


@pytest.fixture
def recording(db):
    return watchable(title="Before you remove a comment")


def test_the_addresses_are_the_ones_that_pages_and_players_know(recording):
    assert addresses(recording) == {
        "film": f"/films/{recording.uuid}/360p.mp4",
        "poster": f"/films/{recording.uuid}/poster",
        "captions": f"/films/{recording.uuid}/captions.en.vtt",
    }


def test_a_member_gets_film_poster_and_captions(client, member, recording):
    client.force_login(member)
    answers = {name: client.get(url, follow=True) for name, url in addresses(recording).items()}
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "film": 200,
        "poster": 200,
        "captions": 200,
    }
    assert answers["film"].getvalue() == b"0123456789" * 20
    assert answers["poster"].getvalue() == b"picture"
    assert answers["poster"]["Content-Type"] == "image/jpeg"
    assert answers["captions"]["Content-Type"] == "text/vtt; charset=utf-8"
    assert all("private" in answer["Cache-Control"] for answer in answers.values())


def test_a_player_gets_the_part_it_asks_for(client, member, recording):
    client.force_login(member)
    leading = client.get(addresses(recording)["film"])
    answer = client.get(leading.url, headers={"range": "bytes=3-6"})
    assert (answer.status_code, answer.getvalue()) == (206, b"3456")
    assert answer["Content-Range"] == "bytes 3-6/200"


def test_a_stranger_is_sent_to_sign_in_and_gets_no_byte(client, recording):
    for url in addresses(recording).values():
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("state", [one for one in Recording.State if one != "ready"])
def test_a_film_that_is_not_ready_is_not_there_for_members(client, member, editor, state):
    recording = watchable(state=state)
    client.force_login(member)
    for url in addresses(recording).values():
        assert client.get(url).status_code == 404
    client.force_login(editor)
    for url in addresses(recording).values():
        assert client.get(url, follow=True).status_code == 200


def test_what_does_not_exist_is_not_found(client, member, recording):
    client.force_login(member)
    bare = ReadyRecordingFactory(poster="")
    missing = [
        reverse("media_pipeline:rendition", args=[recording.uuid, 1080]),
        reverse("media_pipeline:captions", args=[recording.uuid, "cy"]),
        *addresses(bare).values(),
    ]
    assert {url: client.get(url).status_code for url in missing} == dict.fromkeys(missing, 404)


def test_films_are_only_read(client, member, recording):
    client.force_login(member)
    for url in addresses(recording).values():
        assert client.post(url).status_code == 405


def test_the_captions_are_the_current_cues(client, member, recording):
    older = CaptionTrackFactory(recording=recording, version=2, is_current=False)
    CueFactory(track=older, position=1, text="An older version")
    client.force_login(member)
    text = client.get(addresses(recording)["captions"]).content.decode()
    assert [(cue.start, cue.end, cue.text) for cue in parse_vtt(text)] == [
        (2.0, 3.5, "What is said\nin cue 1."),
        (4.0, 5.5, "What is said\nin cue 2."),
        (6.0, 7.5, "What is said\nin cue 3."),
    ]


def test_captions_are_fetched_again_only_when_they_have_changed(client, member, recording):
    client.force_login(member)
    url = addresses(recording)["captions"]
    known = client.get(url)["ETag"]
    assert client.get(url, headers={"if-none-match": known}).status_code == 304
    cue = recording.tracks.get().cues.first()
    cue.text = "Corrected."
    cue.save()
    again = client.get(url, headers={"if-none-match": known})
    assert again.status_code == 200
    assert "Corrected." in again.content.decode()


def test_files_lie_under_names_that_their_addresses_do_not_give_away(recording):
    names = [recording.original.name, recording.folder]
    assert recording.storage_key != recording.uuid
    assert all(recording.uuid.hex not in name for name in names)
    assert re.fullmatch(r"originals/[0-9a-f]{32}\.mp4", recording.original.name)


@pytest.mark.parametrize(
    ("uploaded", "ending"),
    [
        ("My film.MOV", ".mov"),
        ("film", ""),
        ("film.tar.gz", ".gz"),
        ("film.m p4", ""),
        ("../../etc/film.mp4", ".mp4"),
        ("film.averylongending", ""),
    ],
)
def test_only_a_plain_ending_of_the_uploaded_name_is_kept(db, uploaded, ending):
    recording = ReadyRecordingFactory.build()
    name = recording.original.field.generate_filename(recording, uploaded)
    assert name == f"originals/{recording.storage_key.hex}{ending}"


def test_leading_to_a_film_costs_five_queries(client, member, recording, django_assert_num_queries):
    client.force_login(member)
    with django_assert_num_queries(5):  # session, person, own and group permissions, rendition
        client.get(addresses(recording)["film"], headers={"range": "bytes=0-9"})


def test_captions_cost_as_many_queries_for_many_cues_as_for_few(
    client, member, recording, django_assert_num_queries
):
    client.force_login(member)
    for position in range(4, 40):
        CueFactory(track=recording.tracks.get(), position=position)
    with django_assert_num_queries(6):
        client.get(addresses(recording)["captions"])


def test_a_poster_put_in_anew_is_not_taken_for_the_old_one(client, member, recording):
    client.force_login(member)
    url = addresses(recording)["poster"]
    known = client.get(url)["ETag"]
    recording.poster.save("poster.jpg", ContentFile(b"another"))
    assert client.get(url, headers={"if-none-match": known}).getvalue() == b"another"
