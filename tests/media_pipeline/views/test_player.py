"""What a page is told of a film: its player and its transcript."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.models import Film
from media_pipeline.views.player import NARROW, parse_start, player_context, with_player
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    CueFactory,
    ReadyFilmFactory,
    watchable,
)
from tests.media_pipeline.views.conftest import lasting

pytestmark = pytest.mark.django_db


def test_the_player_is_told_sources_captions_and_lines():
    film = watchable(title="Keeping a record")
    player = player_context(film)
    address = f"/films/{film.uuid}"
    assert (player["title"], player["poster"], player["start"]) == (
        "Keeping a record",
        f"{address}/poster",
        None,
    )
    assert [(one["url"], one["media"]) for one in player["sources"]] == [
        (f"{address}/360p.mp4", NARROW),
        (f"{address}/720p.mp4", ""),
    ]
    assert player["tracks"] == [
        {
            "url": f"{address}/captions.en.vtt",
            "language": "en",
            "label": "automatic, not yet checked",
            "name": "English (automatic, not yet checked)",
            "default": True,
            "transcripts": {
                "txt": f"{address}/transcript.en.txt",
                "docx": f"{address}/transcript.en.docx",
            },
        }
    ]
    assert player["cues"][0] == {
        "start": 2.0,
        "end": 3.5,
        "seconds": "2.0",
        "time": "0:02",
        "text": "What is said in cue 1.",
    }


def test_a_start_goes_into_the_film_s_address_so_that_it_works_without_scripts():
    player = player_context(watchable(), start=12.345)
    assert player["start"] == 12.3
    assert all(one["url"].endswith("p.mp4#t=12.3") for one in player["sources"])


@pytest.mark.parametrize("start", [None, 0.0, -3.0, 60.0, 4000.0, float("nan"), float("inf")])
def test_a_start_outside_the_film_is_the_beginning(start):
    player = player_context(watchable(), start=start)
    assert player["start"] is None
    assert all(one["url"].endswith("p.mp4") for one in player["sources"])


@pytest.mark.parametrize(
    ("text", "second"),
    [("12.3", 12.3), ("0", 0.0), ("7", 7.0), ("", None), (None, None), ("-1", None), ("nan", None)],
)
def test_a_second_is_read_from_an_address(text, second):
    assert parse_start(text) == second


@given(st.text(max_size=20))
def test_no_text_in_an_address_is_an_error(text):
    second = parse_start(text)
    assert second is None or second >= 0


@given(st.floats(min_value=0, max_value=100_000))
def test_a_line_leads_to_a_place_at_or_just_before_its_first_word(start):
    from media_pipeline.models import Cue
    from media_pipeline.views.player import _line

    line = _line(Cue(start=start, end=start + 1, text="Words"))
    assert 0 <= start - float(line["seconds"]) < 0.1001


@pytest.mark.parametrize("count", [1, 3])
def test_the_player_costs_three_queries_however_many_cues(count, django_assert_num_queries):
    film = watchable()
    for position in range(4, 4 + 20 * count):
        CueFactory(track=film.tracks.get(), position=position)
    film = Film.objects.get(pk=film.pk)
    with django_assert_num_queries(3):
        player_context(film)


@pytest.mark.parametrize("count", [1, 3])
def test_many_players_cost_four_queries_when_fetched_along(count, django_assert_num_queries):
    for _ in range(count):
        watchable()
    with django_assert_num_queries(4):
        players = [player_context(one) for one in with_player(Film.objects.all())]
    assert [len(player["cues"]) for player in players] == [3] * count
    assert [len(player["sources"]) for player in players] == [2] * count


def test_the_player_works_without_scripts():
    player = player_context(watchable(title="Keeping a record"), start=4.0)
    html = render_to_string("media_pipeline/player.html", {"player": player})
    assert '<source src="' + player["sources"][0]["url"] in html
    assert html.index("360p.mp4") < html.index("720p.mp4")
    for said in (
        "controls",
        'preload="metadata"',
        "playsinline",
        'kind="captions"',
        'srclang="en"',
        'label="English (automatic, not yet checked)"',
        " default>",
        'aria-label="Keeping a record"',
        "automatic, not yet checked",
        'width="1280" height="720"',
    ):
        assert said in html
    assert "<script" not in html
    assert "style=" not in html


def test_each_line_of_the_transcript_leads_to_its_second():
    player = player_context(watchable())
    html = render_to_string("media_pipeline/transcript.html", {"player": player})
    assert html.count("<li ") == 3
    assert '<a href="?t=2.0#film" data-start="2.0"' in html
    assert "What is said in cue 2." in html


def test_what_is_said_cannot_break_the_page():
    film = ReadyFilmFactory(title='<b>"')
    track = CaptionTrackFactory(film=film)
    CueFactory(track=track, position=1, text="<script>alert(1)</script>")
    context = {"player": player_context(film)}
    html = render_to_string("media_pipeline/transcript.html", context)
    html += render_to_string("media_pipeline/player.html", context)
    assert "<script>" not in html
    assert "<b>" not in html


def test_a_film_in_which_nobody_speaks_says_that_it_has_no_captions():
    player = player_context(ReadyFilmFactory())
    assert player["cues"] == []
    assert "no speech was found" in render_to_string(
        "media_pipeline/transcript.html", {"player": player}
    )


def test_the_film_says_what_a_player_needs(film):
    player = player_context(film)
    assert [one["url"] for one in player["sources"]] == [
        f"/films/{film.uuid}/{height}p.mp4" for height in (360, 720)
    ]
    assert (player["hls"], player["sound"]) == (
        lasting(film)["ladder"],
        lasting(film)["sound"],
    )
    assert player["rungs"] == [{"side": 360, "height": 360}, {"side": 720, "height": 720}]
    assert player["download"] == {
        "url": f"/films/{film.uuid}/720p.mp4?download", "side": 720, "bytes": 200,
    }  # fmt: skip
    assert player["storyboard"] == f"/films/{film.uuid}/storyboard.vtt"
    bare = player_context(watchable())
    assert (bare["hls"], bare["sound"], bare["rungs"], bare["storyboard"]) == ("", "", [], "")
