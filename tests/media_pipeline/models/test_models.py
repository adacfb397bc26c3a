"""What pages are told of a film: its player, its transcript, its state."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.models import CaptionTrack, Film, Job
from media_pipeline.models.playing import NARROW, parse_start, spoken_time
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    CueFactory,
    FilmFactory,
    JobFactory,
    ReadyFilmFactory,
    watchable,
)

pytestmark = pytest.mark.django_db


def test_the_player_is_told_sources_captions_and_lines():
    film = watchable(title="Keeping a record")
    player = film.player_context()
    film_file = f"/films/{film.uuid}"
    assert (player["title"], player["poster"], player["start"]) == (
        "Keeping a record",
        f"{film_file}/poster",
        None,
    )
    assert [(one["url"], one["media"]) for one in player["sources"]] == [
        (f"{film_file}/360p.mp4", NARROW),
        (f"{film_file}/720p.mp4", ""),
    ]
    assert player["tracks"] == [
        {
            "url": f"{film_file}/captions.en.vtt",
            "language": "en",
            "label": "automatic, not yet checked",
            "name": "English (automatic, not yet checked)",
            "default": True,
            "transcripts": {
                "txt": f"{film_file}/transcript.en.txt",
                "docx": f"{film_file}/transcript.en.docx",
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
    player = watchable().player_context(start=12.345)
    assert player["start"] == 12.3
    assert all(one["url"].endswith("p.mp4#t=12.3") for one in player["sources"])


@pytest.mark.parametrize("start", [None, 0.0, -3.0, 60.0, 4000.0, float("nan"), float("inf")])
def test_a_start_outside_the_film_is_the_beginning(start):
    player = watchable().player_context(start=start)
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
    from media_pipeline.models.playing import _line

    line = _line(Cue(start=start, end=start + 1, text="Words"))
    assert 0 <= start - float(line["seconds"]) < 0.1001


@pytest.mark.parametrize(
    ("seconds", "spoken"), [(0, "0:00"), (7.9, "0:07"), (750, "12:30"), (3723.5, "1:02:03")]
)
def test_a_place_in_a_film_is_written_as_people_write_it(seconds, spoken):
    assert spoken_time(seconds) == spoken


@pytest.mark.parametrize("count", [1, 3])
def test_the_player_costs_three_queries_however_many_cues(count, django_assert_num_queries):
    film = watchable()
    for position in range(4, 4 + 20 * count):
        CueFactory(track=film.tracks.get(), position=position)
    film = Film.objects.get(pk=film.pk)
    with django_assert_num_queries(3):
        film.player_context()


@pytest.mark.parametrize("count", [1, 3])
def test_many_players_cost_four_queries_when_fetched_along(count, django_assert_num_queries):
    for _ in range(count):
        watchable()
    with django_assert_num_queries(4):
        players = [one.player_context() for one in Film.objects.with_player()]
    assert [len(player["cues"]) for player in players] == [3] * count
    assert [len(player["sources"]) for player in players] == [2] * count


def test_captions_made_by_a_machine_alone_say_so():
    labels = {kind.value: CaptionTrack(kind=kind).label for kind in CaptionTrack.Kind}
    assert labels.pop("automatic") == "automatic, not yet checked"
    assert all("automatic" not in label for label in labels.values())


def test_a_film_has_one_current_track_a_language():
    film = watchable()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaptionTrackFactory(film=film, version=2)
    CaptionTrackFactory(film=film, version=2, is_current=False)
    CaptionTrackFactory(film=film, language="cy")
    assert film.tracks.current().count() == 2


def test_a_film_has_one_job_a_step():
    job = JobFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        JobFactory(film=job.film)


def test_a_job_s_turn_comes_when_all_before_it_are_done():
    film = FilmFactory()
    probe, poster = (
        JobFactory(film=film, step=step, position=position)
        for position, step in ((1, Job.Step.PROBE), (2, Job.Step.POSTER))
    )
    assert list(Job.objects.in_turn()) == [probe]
    probe.status = Job.Status.DONE
    probe.save()
    assert list(Job.objects.in_turn()) == [poster]
    film.state = Film.State.NEEDS_ATTENTION
    film.save()
    assert not Job.objects.in_turn().exists()


def test_the_player_works_without_scripts():
    player = watchable(title="Keeping a record").player_context(start=4.0)
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
    player = watchable().player_context()
    html = render_to_string("media_pipeline/transcript.html", {"player": player})
    assert html.count("<li ") == 3
    assert '<a href="?t=2.0#film" data-start="2.0"' in html
    assert "What is said in cue 2." in html


def test_what_is_said_cannot_break_the_page():
    film = ReadyFilmFactory(title='<b>"')
    track = CaptionTrackFactory(film=film)
    CueFactory(track=track, position=1, text="<script>alert(1)</script>")
    context = {"player": film.player_context()}
    html = render_to_string("media_pipeline/transcript.html", context)
    html += render_to_string("media_pipeline/player.html", context)
    assert "<script>" not in html
    assert "<b>" not in html


def test_a_film_in_which_nobody_speaks_says_that_it_has_no_captions():
    player = ReadyFilmFactory().player_context()
    assert player["cues"] == []
    assert "no speech was found" in render_to_string(
        "media_pipeline/transcript.html", {"player": player}
    )
