"""A member's browser fetches renditions, poster and captions; a stranger's gets nothing."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from media_pipeline.models import Film
from media_pipeline.steps.formats.vtt import parse_vtt
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    CueFactory,
    ReadyFilmFactory,
    watchable,
)
from tests.pages import assert_hidden


def addresses(film):
    return {
        "film": reverse("media_pipeline:rendition", args=[film.uuid, 360]),
        "poster": reverse("media_pipeline:poster", args=[film.uuid]),
        "captions": reverse("media_pipeline:captions", args=[film.uuid, "en"]),
    }


@pytest.fixture
def film(db):
    return watchable(title="Before you remove a comment")


def test_the_addresses_are_the_ones_that_pages_and_players_know(film):
    assert addresses(film) == {
        "film": f"/films/{film.uuid}/360p.mp4",
        "poster": f"/films/{film.uuid}/poster",
        "captions": f"/films/{film.uuid}/captions.en.vtt",
    }


def test_a_member_gets_film_poster_and_captions(client, member, film):
    client.force_login(member)
    answers = {name: client.get(url, follow=True) for name, url in addresses(film).items()}
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "film": 200,
        "poster": 200,
        "captions": 200,
    }
    assert answers["film"].getvalue() == b"0123456789" * 20
    assert answers["poster"].getvalue() == b"picture"
    assert answers["poster"]["Content-Type"] == "image/webp"
    assert answers["captions"]["Content-Type"] == "text/vtt; charset=utf-8"
    assert all("private" in answer["Cache-Control"] for answer in answers.values())


def test_a_player_gets_the_part_it_asks_for(client, member, film):
    client.force_login(member)
    leading = client.get(addresses(film)["film"])
    answer = client.get(leading.url, headers={"range": "bytes=3-6"})
    assert (answer.status_code, answer.getvalue()) == (206, b"3456")
    assert answer["Content-Range"] == "bytes 3-6/200"


def test_a_stranger_is_sent_to_sign_in_and_gets_no_byte(client, film):
    for url in addresses(film).values():
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("state", [one for one in Film.State if one != "ready"])
def test_a_film_that_is_not_ready_is_not_there_for_members(client, member, editor, state):
    film = watchable(state=state)
    client.force_login(member)
    for url in addresses(film).values():
        assert_hidden(client, url)
    client.force_login(editor)
    for url in addresses(film).values():
        assert client.get(url, follow=True).getvalue() != b""


def test_what_does_not_exist_is_not_found(client, member, film):
    client.force_login(member)
    bare = ReadyFilmFactory(poster="")
    missing = [
        reverse("media_pipeline:rendition", args=[film.uuid, 1080]),
        reverse("media_pipeline:captions", args=[film.uuid, "cy"]),
        *addresses(bare).values(),
    ]
    for url in missing:
        assert_hidden(client, url)


def test_films_are_only_read(client, member, film):
    client.force_login(member)
    for url in addresses(film).values():
        answer = client.post(url)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_the_captions_are_the_current_cues(client, member, film):
    older = CaptionTrackFactory(film=film, version=2, is_current=False)
    CueFactory(track=older, position=1, text="An older version")
    client.force_login(member)
    text = client.get(addresses(film)["captions"]).content.decode()
    assert [(cue.start, cue.end, cue.text) for cue in parse_vtt(text)] == [
        (2.0, 3.5, "What is said\nin cue 1."),
        (4.0, 5.5, "What is said\nin cue 2."),
        (6.0, 7.5, "What is said\nin cue 3."),
    ]


def test_captions_are_fetched_again_only_when_they_have_changed(client, member, film):
    client.force_login(member)
    url = addresses(film)["captions"]
    known = client.get(url)["ETag"]
    assert client.get(url, headers={"if-none-match": known}).status_code == 304
    cue = film.tracks.get().cues.first()
    cue.text = "Corrected."
    cue.save()
    again = client.get(url, headers={"if-none-match": known})
    assert again.status_code == 200
    assert "Corrected." in again.content.decode()


def test_files_lie_under_names_that_their_addresses_do_not_give_away(film):
    names = [film.original.name, film.folder]
    assert film.storage_key != film.uuid
    assert all(film.uuid.hex not in name for name in names)
    assert re.fullmatch(r"originals/[0-9a-f]{32}\.mp4", film.original.name)


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
    film = ReadyFilmFactory.build()
    name = film.original.field.generate_filename(film, uploaded)
    assert name == f"originals/{film.storage_key.hex}{ending}"


def test_leading_to_a_film_costs_three_queries(client, member, film, django_assert_num_queries):
    client.force_login(member)
    with django_assert_num_queries(3):  # session, person, own and group permissions, rendition
        client.get(addresses(film)["film"], headers={"range": "bytes=0-9"})


def test_captions_cost_as_many_queries_for_many_cues_as_for_few(
    client, member, film, django_assert_num_queries
):
    client.force_login(member)
    for position in range(4, 40):
        CueFactory(track=film.tracks.get(), position=position)
    with django_assert_num_queries(4):
        client.get(addresses(film)["captions"])


def test_a_poster_put_in_anew_is_not_taken_for_the_old_one(client, member, film):
    client.force_login(member)
    url = addresses(film)["poster"]
    known = client.get(url)["ETag"]
    film.poster.save("poster.jpg", ContentFile(b"another"))
    assert client.get(url, headers={"if-none-match": known}).getvalue() == b"another"
