"""A film's own bytes: for whom, for how long, and what a player is told of its rungs."""

import datetime
import re

import m3u8
import pytest
from django.urls import reverse
from django.utils import timezone

from media_pipeline.models import Film, Rendition
from media_pipeline.views.player import player_context
from media_pipeline.views.signed_urls import sign
from tests.factories.media_pipeline import PLAYLIST, laddered, watchable
from tests.factories.party import MemberFactory
from tests.media_pipeline.views.conftest import lasting
from tests.pages import assert_hidden

CONTENT = b"0123456789" * 20


def expiring(film, person, **at) -> list[str]:
    """Every address of the film's own bytes, with a pass for a person."""
    base = f"/films/{film.uuid}/{sign(film.uuid, person, **at)}"
    names = ["film.m3u8", "360p.m3u8", "720p.m3u8", "sound.m3u8"]
    return [f"{base}/{one}" for one in (*names, "rung-360p.mp4", "rung-sound.mp4", "360p.mp4")]


def test_a_lasting_address_leads_to_one_that_runs_out(client, member, film):
    client.force_login(member)
    for address in lasting(film).values():
        leading = client.get(address)
        assert (leading.status_code, leading["Cache-Control"]) == (302, "private, no-store")
        assert re.match(rf"/films/{film.uuid}/[0-9a-f]+-[\w-]{{43}}/", leading.url)
        assert client.get(leading.url).status_code == 200


def test_each_file_says_what_it_is(client, member, film):
    client.force_login(member)
    kinds = [client.get(url)["Content-Type"] for url in expiring(film, member)]
    playlist = "application/vnd.apple.mpegurl"
    assert kinds == [*[playlist] * 4, "video/mp4", "audio/mp4", "video/mp4"]


def test_a_player_gets_the_parts_of_a_rung(client, member, film):
    client.force_login(member)
    rung = expiring(film, member)[4]
    answer = client.get(rung, headers={"range": "bytes=20-29"})
    assert (answer.status_code, answer.getvalue()) == (206, CONTENT[20:30])
    assert answer["Accept-Ranges"] == "bytes"
    head = client.head(rung)
    assert (head["Content-Length"], head.getvalue()) == ("200", b"")
    known = answer["ETag"]
    assert client.get(rung, headers={"if-none-match": known}).status_code == 304


def test_the_playlist_of_all_rungs_offers_each_with_its_cost(client, member, film):
    client.force_login(member)
    text = client.get(expiring(film, member)[0]).content.decode()
    offered = m3u8.loads(text)
    assert offered.version == 7
    assert "#EXT-X-INDEPENDENT-SEGMENTS" in text
    found = [(one.uri, one.stream_info) for one in offered.playlists]
    assert [
        (uri, info.resolution, info.frame_rate, info.codecs, info.bandwidth, info.average_bandwidth)
        for uri, info in found
    ] == [
        ("360p.m3u8", (640, 360), 25.0, "avc1.64001e,mp4a.40.2", 898_000, 796_000),
        ("720p.m3u8", (1280, 720), 25.0, "avc1.64001e,mp4a.40.2", 2_598_000, 2_096_000),
        ("sound.m3u8", None, None, "mp4a.40.2", 98_000, 96_000),
    ]
    sound = offered.media[0]
    assert (sound.type, sound.uri, sound.language, sound.default) == (
        "AUDIO", "sound.m3u8", "en", "YES",
    )  # fmt: skip
    assert {info.audio for _, info in found} == {sound.group_id}


def test_addresses_in_playlists_carry_the_pass_on(client, member, film):
    client.force_login(member)
    for url in expiring(film, member)[:4]:
        text = client.get(url).content.decode()
        inside = re.findall(r'URI="([^"]+)"', text)
        inside += [line for line in text.splitlines() if line and not line.startswith("#")]
        assert inside
        assert all(re.fullmatch(r"[\w-]+\.(m3u8|mp4)", one) for one in inside)
    assert client.get(expiring(film, member)[1]).content == PLAYLIST


def test_a_pass_that_ran_out_says_so(client, member, film, settings):
    client.force_login(member)
    long_ago = timezone.now() - datetime.timedelta(seconds=settings.MEDIA_ADDRESS_SECONDS + 61)
    for url in expiring(film, member, now=long_ago):
        answer = client.get(url)
        assert answer.status_code == 403
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.content.decode() == (
            "This address of the film has run out. Load the page again to go on."
        )


def test_a_pass_opens_nothing_to_another_person(client, member, film):
    client.force_login(MemberFactory())
    for url in expiring(film, member):
        assert_hidden(client, url)


def test_a_pass_opens_nothing_without_signing_in(client, member, film):
    for url in (*expiring(film, member), *lasting(film).values()):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


def test_a_pass_for_one_film_opens_no_other(client, member, film):
    client.force_login(member)
    other = laddered()
    stolen = sign(film.uuid, member)
    assert_hidden(client, f"/films/{other.uuid}/{stolen}/film.m3u8")
    assert client.get(f"/films/{film.uuid}/{stolen}/film.m3u8").content.startswith(b"#EXTM3U")


def test_a_pass_does_not_outlive_the_right_to_see_the_film(client, member, film):
    client.force_login(member)
    urls = expiring(film, member)
    Film.objects.update(state=Film.State.NEEDS_ATTENTION)
    for url in (*urls, *lasting(film).values()):
        assert_hidden(client, url)


@pytest.mark.parametrize(
    "name", ["240p.m3u8", "0p.m3u8", "p.m3u8", "x.m3u8", "rung-x.mp4", "rung-1080p.mp4", "9p.mp4"]
)
def test_a_rung_that_is_not_there_is_not_found(client, member, film, name):
    client.force_login(member)
    base = expiring(film, member)[0].rpartition("/")[0]
    assert_hidden(client, f"{base}/{name}")


def test_a_film_kept_on_a_disk_has_its_title_for_a_name(client, member, film):
    client.force_login(member)
    leading = client.get(player_context(film)["download"]["url"])
    assert leading.url.endswith("/720p.mp4?download")
    assert client.get(leading.url)["Content-Disposition"] == (
        'attachment; filename="before-you-remove-a-comment.mp4"'
    )
    assert "Content-Disposition" not in client.get(leading.url.removesuffix("?download"))


def test_the_pictures_for_seeking_are_there_for_members(client, member, film):
    client.force_login(member)
    base = f"/films/{film.uuid}"
    assert client.get(f"{base}/storyboard.jpg").getvalue() == b"sheet"
    answer = client.get(f"{base}/storyboard.vtt")
    assert (answer.content, answer["Content-Type"]) == (b"WEBVTT\n", "text/vtt; charset=utf-8")
    bare = watchable()
    for name in ("storyboard.jpg", "storyboard.vtt", "film.m3u8", "sound.m3u8"):
        assert_hidden(client, f"/films/{bare.uuid}/{name}")


def test_a_file_that_the_disk_lost_is_not_found(client, member, film):
    client.force_login(member)
    rung = film.renditions.get(kind=Rendition.Kind.HLS, height=360)
    rung.media.storage.delete(rung.media.name)
    rung.file.storage.delete(rung.file.name)
    urls = expiring(film, member)
    for url in (urls[1], urls[4]):
        assert_hidden(client, url)


def test_a_part_of_a_rung_costs_three_or_four_queries(
    client, member, film, django_assert_num_queries
):
    client.force_login(member)
    for url, queries in zip(expiring(film, member)[::4], (4, 3), strict=True):
        with django_assert_num_queries(queries):
            client.get(url, headers={"range": "bytes=0-9"})
