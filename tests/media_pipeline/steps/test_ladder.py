"""Which rungs a film gets, and at which rate; then the rungs themselves, measured in the files."""

import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import m3u8
import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.steps import ffmpeg, transcode
from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.ladder import (
    FEWEST_FRAMES_A_SECOND,
    LONGEST_SIDE,
    MOST_FRAMES_A_SECOND,
    QUALITIES,
    Source,
    picture_filters,
    read_source,
    rungs,
    steady_rate,
)
from media_pipeline.steps.loudness import measure
from media_pipeline.steps.transcode import Version

from .conftest import H264, make, picture, tone
from .fragments import samples

sides = st.integers(min_value=16, max_value=8192)
rates = st.fractions(min_value=Fraction(1, 10), max_value=1000)


def source(width: int, height: int, **known: Any) -> Source:
    return Source(width, height, Fraction(25), has_sound=True, **known)


@pytest.mark.parametrize(
    ("width", "height", "sizes"),
    [
        (3840, 2160, [(640, 360), (1280, 720), (1920, 1080)]),
        (1920, 1080, [(640, 360), (1280, 720), (1920, 1080)]),
        (1919, 1079, [(640, 360), (1280, 720)]),
        (1280, 720, [(640, 360), (1280, 720)]),
        (854, 480, [(640, 360)]),
        (640, 360, [(640, 360)]),
        (321, 241, [(320, 240)]),
        (1080, 1920, [(360, 640), (720, 1280), (1080, 1920)]),
        (16, 16, [(16, 16)]),
        (8192, 400, [(4096, 200)]),
    ],
)
def test_a_film_gets_the_rungs_that_fit_it(
    width: int, height: int, sizes: list[tuple[int, int]]
) -> None:
    assert [(rung.width, rung.height) for rung in rungs(source(width, height))] == sizes


@given(width=sides, height=sides)
def test_no_rung_is_above_its_film_nor_odd_nor_there_twice(width: int, height: int) -> None:
    made = rungs(source(width, height))
    assert made
    for rung in made:
        assert rung.width <= max(2, width)
        assert rung.height <= max(2, height)
        assert rung.width % 2 == rung.height % 2 == 0
        assert max(rung.width, rung.height) <= LONGEST_SIDE
    heights = [rung.height for rung in made]
    assert heights == sorted(set(heights))


@pytest.mark.parametrize(
    ("average", "base", "steady"),
    [
        ("25", "25", "25"),
        ("30000/1001", "30000/1001", "30000/1001"),
        ("24000/1001", "24000/1001", "24000/1001"),
        ("50", "50", "25"),
        ("60000/1001", "60000/1001", "30000/1001"),
        ("120", "120", "30"),
        ("25", "50", "25"),  # interlaced: the clock counts fields
        ("2497/100", "25", "25"),  # a rounded average
        ("227/10", "120", "24"),  # a telephone that slows down in the dark
        ("27", "90000", "27"),  # a clock of 90 kHz says nothing
        ("1/10", "1/10", "5"),
    ],
)
def test_a_films_versions_have_a_steady_rate(average: str, base: str, steady: str) -> None:
    assert steady_rate(Fraction(average), Fraction(base)) == Fraction(steady)


@given(average=st.none() | rates, base=st.none() | rates)
def test_whatever_the_clock_says_the_rate_is_one_that_plays(
    average: Fraction | None, base: Fraction | None
) -> None:
    rate = steady_rate(average, base)
    assert FEWEST_FRAMES_A_SECOND <= rate <= MOST_FRAMES_A_SECOND
    gop = Source(2, 2, rate, has_sound=False).gop
    assert 2 <= gop / rate < 2 + 1 / rate


# --- the rungs as they come out ---------------------------------------------------------------


def test_every_rung_is_there_smallest_first_and_the_sound_last(laddered: list[Version]) -> None:
    assert [(one.width, one.height) for one in laddered] == [
        (640, 360), (1280, 720), (1920, 1080), (0, 0),
    ]  # fmt: skip
    assert [one.codecs.partition(".")[0] for one in laddered] == ["avc1"] * 3 + ["mp4a"]
    for one in laddered:
        assert one.bytes == one.path.stat().st_size
        assert 0 < one.bitrate <= one.peak_bitrate


def keyframes(path: Path) -> list[float]:
    """The seconds at which a rung can be entered."""
    return [round(one.second, 3) for one in samples(path) if one.is_key]


def test_keyframes_stand_at_the_same_places_in_every_rung(laddered: list[Version]) -> None:
    found = [keyframes(one.path) for one in laddered if one.height]
    assert found[0] == found[1] == found[2]
    steps = numpy.diff(found[0])
    assert len(steps) == 3
    assert steps == pytest.approx(2.0, abs=0.001)


def test_pictures_and_sound_begin_and_end_together(laddered: list[Version]) -> None:
    for one in laddered:
        times = [sample.second for sample in samples(one.path)]
        assert min(times) == 0.0
        assert max(times) == pytest.approx(7.0, abs=0.12)


def test_a_part_behind_the_header_plays_by_itself(rung: Version, tmp_path: Path) -> None:
    """What a player fetches when a viewer jumps: the header and a later part."""
    assert rung.playlist is not None
    listed, data = m3u8.loads(rung.playlist.read_text()), rung.path.read_bytes()
    header = int(listed.segment_map[0].byterange.split("@")[0])
    size, begin = map(int, listed.segments[1].byterange.split("@"))
    alone = tmp_path / "alone.mp4"
    alone.write_bytes(data[:header] + data[begin : begin + size])
    assert min(one.second for one in samples(alone)) == pytest.approx(6.0, abs=0.02)
    with av.open(str(alone)) as film:
        frames = list(film.decode(film.streams[0]))
    assert len(frames) * (1 if rung.height else 1024 / 48_000 * 12) == pytest.approx(12, abs=2)


def test_the_download_is_the_highest_rung_with_the_sound_as_it_is(
    laddered: list[Version], tmp_path: Path
) -> None:
    made = transcode.download(laddered[2], laddered[3], tmp_path / "whole.mp4", duration=7.0)
    assert (made.width, made.height) == (1920, 1080)
    assert made.codecs == f"{laddered[2].codecs},mp4a.40.2"
    assert made.bytes == pytest.approx(laddered[2].bytes + laddered[3].bytes, rel=0.02)
    with av.open(str(made.path)) as film:
        pictures, heard = film.streams
        assert pictures.start_time == heard.start_time == 0
        shown = [float(p.pts * p.time_base) for p in film.demux(pictures) if p.is_keyframe]
    assert shown == keyframes(laddered[2].path)
    assert list(tmp_path.iterdir()) == [made.path]


def test_the_pictures_of_all_rungs_are_marked_as_bt709(laddered: list[Version]) -> None:
    for one in laddered[:3]:
        with av.open(str(one.path)) as film:
            frame = next(film.decode(video=0))
            assert (frame.color_primaries, frame.color_trc, int(frame.colorspace)) == (1, 1, 1)
            assert (frame.format.name, int(frame.color_range)) == ("yuv420p", 1)


# --- films of every other kind ----------------------------------------------------------------


def first_picture(path: Path) -> numpy.ndarray:
    with av.open(str(path)) as film:
        return next(film.decode(video=0)).to_ndarray(format="rgb24")


def small(film: Path, tmp_path: Path, seconds: float = 2.0) -> Version:
    return transcode.first_version(film, tmp_path / "first.mp4", duration=seconds, loudness=None)


def test_high_dynamic_range_is_brought_to_every_screen(tmp_path: Path) -> None:
    """Mid grey as PQ has it (203 nits are white on paper) comes out as a mid grey, not as mud."""
    hdr = make(
        tmp_path / "hdr.mp4", "-f", "lavfi", "-i", "color=0x808080:s=320x240:r=12:d=2", *tone(2),
        "-vf", "format=yuv420p10le,setparams=color_primaries=bt2020:color_trc=smpte2084:"
        "colorspace=bt2020nc:range=tv", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac",
    )  # fmt: skip
    found = read_source(hdr)
    assert found.peak_transfer == 16
    made = small(hdr, tmp_path)
    assert 90 < first_picture(made.path).mean() < 200


@pytest.mark.parametrize(
    "shape",
    [
        ["-pix_fmt", "yuv444p"],
        ["-pix_fmt", "yuv422p10le"],
        ["-pix_fmt", "yuvj420p"],
        ["-pix_fmt", "gray"],
        ["-c:v", "ffv1", "-pix_fmt", "gbrp"],
        ["-c:v", "ffv1", "-pix_fmt", "yuva420p"],
        ["-vf", "setparams=color_primaries=bt2020:color_trc=bt2020-10:colorspace=bt2020nc"],
    ],
    ids=lambda shape: " ".join(shape)[-24:],
)
def test_odd_colours_come_out_as_every_browser_plays_them(tmp_path: Path, shape: list[str]) -> None:
    odd = make(
        tmp_path / "odd.mkv", "-f", "lavfi", "-i", "color=0xc05030:s=322x242:r=12:d=1", *tone(1),
        "-c:v", "libx264", "-preset", "ultrafast", "-qp", "1", "-c:a", "aac", *shape,
    )  # fmt: skip
    made = small(odd, tmp_path, 1.0)
    with av.open(str(made.path)) as film:
        assert film.streams.video[0].pix_fmt == "yuv420p"
    wanted = numpy.array([0x6E] * 3 if "gray" in shape else [0xC0, 0x50, 0x30])
    if "setparams" not in shape[-1]:  # BT.2020 marked on BT.709's numbers: another colour it is
        shown = first_picture(made.path).reshape(-1, 3).mean(axis=0)
        assert numpy.abs(shown - wanted).max() < 14


def test_a_film_whose_rate_varies_comes_out_steady(tmp_path: Path) -> None:
    varying = make(
        tmp_path / "varying.mkv", *picture("320x240", 4, 30), *tone(4),
        "-vf", "select='not(mod(n,3))+gt(t,2)'", "-fps_mode", "vfr", *H264,
    )  # fmt: skip
    made = small(varying, tmp_path, 4.0)
    with av.open(str(made.path)) as film:
        track = film.streams.video[0]
        times = [float(p.pts * p.time_base) for p in film.demux(track) if p.size]
    steps = numpy.diff(sorted(times))
    assert steps == pytest.approx(steps[0], abs=0.001)
    assert max(times) == pytest.approx(4.0, abs=0.15)
    assert steps[0] <= 1 / 24 + 0.001


def test_interlaced_pictures_become_whole_ones(tmp_path: Path) -> None:
    woven = make(
        tmp_path / "woven.mkv", *picture("320x240", 2, 50), *tone(2), "-vf", "interlace",
        *H264, "-flags", "+ilme+ildct", "-x264-params", "tff=1",
    )  # fmt: skip
    found = read_source(woven)
    assert found.interlaced
    assert "bwdif" in picture_filters(found, rungs(found)[0])
    with av.open(str(small(woven, tmp_path).path)) as film:
        assert not next(film.decode(video=0)).interlaced_frame


def test_pictures_that_begin_late_are_preceded_by_the_first(tmp_path: Path) -> None:
    late = make(tmp_path / "late.mkv", "-itsoffset", "1", *picture("320x240", 2), *tone(3), *H264)
    made = small(late, tmp_path, 3.0)
    with av.open(str(made.path)) as film:
        track = film.streams.video[0]
        times = sorted(float(p.pts * p.time_base) for p in film.demux(track) if p.size)
    assert times[0] == pytest.approx(0.0, abs=0.05)
    assert times[-1] == pytest.approx(3.0, abs=0.1)


def test_a_film_without_sound_gets_a_ladder_without_it(tmp_path: Path) -> None:
    mute = make(tmp_path / "mute.mp4", *picture("320x240", 2), "-an", *H264[:-2])
    assert not read_source(mute).has_sound
    made = transcode.ladder(mute, tmp_path, duration=2.0, loudness=None)
    assert [one.height for one in made] == [240]


def test_the_film_ends_where_its_probe_said_whatever_its_clock_says(
    tmp_path: Path, film: Path
) -> None:
    made = transcode.first_version(film, tmp_path / "first.mp4", duration=1.0, loudness=None)
    with av.open(str(made.path)) as result:
        assert result.duration / av.time_base == pytest.approx(3.0, abs=0.2)


def test_a_full_disk_is_noticed_before_the_work_begins(
    tmp_path: Path, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ffmpeg, "KEPT_FREE", 1 << 60)
    with pytest.raises(StepFailed, match="is too full: this step needs about"):
        transcode.ladder(film, tmp_path, duration=8.0, loudness=None)
    assert list(tmp_path.iterdir()) == []


def test_the_room_asked_for_is_more_than_what_is_made(laddered: list[Version]) -> None:
    room = transcode.room_for(source(1920, 1080), 7.0)
    assert room > sum(one.bytes for one in laddered) + laddered[2].bytes
    assert room < 7.0 * 2 * sum(one.ceiling for one in QUALITIES) / 8 * 2


def test_pictures_too_large_to_decode_are_not_decoded(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ffmpeg, "MOST_PIXELS", 1000)
    with pytest.raises(StepFailed, match="921,600 pixels, too many to decode"):
        read_source(film)


def test_what_comes_out_is_as_loud_as_every_film(laddered: list[Version]) -> None:
    loudness = measure(laddered[3].path)
    assert loudness is not None
    assert loudness.integrated == pytest.approx(-16, abs=1.0)


def test_ffmpeg_sees_no_fault_in_what_was_made(rung: Version) -> None:
    command = [ffmpeg.executable(), "-v", "warning", "-xerror", "-i", str(rung.path)]
    command += ["-f", "null", "-"]
    assert subprocess.run(command, capture_output=True, text=True, timeout=60).stderr == ""
