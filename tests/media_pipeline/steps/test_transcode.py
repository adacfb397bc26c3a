"""Renditions, sound and posters, measured in the files themselves."""

import json
import re
import struct
import subprocess
from pathlib import Path

import av
import numpy
import pytest
from PIL import Image

from media_pipeline.steps import ffmpeg
from media_pipeline.steps.poster import poster
from media_pipeline.steps.probe import Probe, probe
from media_pipeline.steps.refusals import StepFailed
from media_pipeline.steps.sound import extract_sound, read_wav
from media_pipeline.steps.transcode import ladder, transcode

from .conftest import H264, make, picture, tone


def sized(width: int, height: int) -> Probe:
    return Probe(9.0, width, height, 0, "h264", "aac", 25.0, True, 1, "mp4")


@pytest.mark.parametrize(
    ("width", "height", "rungs"),
    [
        (1920, 1080, [360, 720]),
        (1280, 720, [360, 720]),
        (854, 480, [360]),
        (640, 360, [360]),
        (321, 241, [240]),
        (1080, 1920, [640, 1280]),
    ],
)
def test_the_ladder_never_rises_above_the_film(width: int, height: int, rungs: list[int]) -> None:
    assert ladder(sized(width, height)) == rungs


def boxes(path: Path) -> list[str]:
    """The names of an MP4's outermost boxes, in order."""
    data, at, names = path.read_bytes(), 0, []
    while at + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        names.append(name.decode())
        at += length or len(data)
    return names


def test_a_rendition_plays_everywhere_and_starts_fast(tmp_path: Path, film: Path) -> None:
    seen: list[float] = []
    made = transcode(film, tmp_path / "360.mp4", height=360, progress=seen.append)
    assert (made.width, made.height) == (640, 360)
    assert made.bytes == made.path.stat().st_size
    assert made.bitrate == pytest.approx(made.bytes * 8 / 8.0, rel=0.02)
    assert boxes(made.path).index("moov") < boxes(made.path).index("mdat")
    with av.open(str(made.path)) as result:
        shown, heard = result.streams.video[0], result.streams.audio[0]
        assert (shown.codec_context.name, shown.pix_fmt) == ("h264", "yuv420p")
        assert (heard.codec_context.name, heard.rate) == ("aac", 48000)
        keys = [float(p.pts * p.time_base) for p in result.demux(shown) if p.is_keyframe]
    assert [second for second in (0, 2, 4, 6) if second not in [round(k, 1) for k in keys]] == []
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert list(tmp_path.iterdir()) == [made.path]


def test_a_rendition_is_never_larger_than_its_film(tmp_path: Path) -> None:
    odd = make(tmp_path / "odd.mkv", *picture("321x241", 2), *tone(2), "-c:v", "ffv1")
    made = transcode(odd, tmp_path / "720.mp4", height=720)
    assert (made.width, made.height) == (320, 240)


def test_a_film_taken_upright_stays_upright(tmp_path: Path, upright_film: Path) -> None:
    made = transcode(upright_film, tmp_path / "640.mp4", height=640)
    assert (made.width, made.height) == (360, 640)
    assert probe(made.path).rotation == 0


def test_pictures_with_oblong_pixels_come_out_in_their_true_shape(tmp_path: Path) -> None:
    oblong = make(
        tmp_path / "oblong.mkv", *picture("720x576", 2), *tone(2), "-vf", "setsar=64/45", *H264
    )
    made = transcode(oblong, tmp_path / "360.mp4", height=360)
    assert (made.width, made.height) == (640, 360)


def loudness(path: Path) -> float:
    """Integrated loudness in LUFS, as ffmpeg's own meter reads it."""
    command = [ffmpeg.executable(), "-hide_banner", "-nostats", "-i", str(path)]
    command += ["-af", "loudnorm=print_format=json", "-f", "null", "-"]
    report = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stderr
    return float(json.loads(re.findall(r"\{[^{}]*\}", report)[-1])["input_i"])


@pytest.mark.parametrize("volume", ["-24dB", "12dB"])
def test_quiet_and_loud_films_come_out_equally_loud(tmp_path: Path, volume: str) -> None:
    source = make(
        tmp_path / "source.mp4", *picture("320x240", 12), *tone(12), "-af", f"volume={volume}",
        *H264,
    )  # fmt: skip
    made = transcode(source, tmp_path / "240.mp4", height=240)
    assert loudness(made.path) == pytest.approx(-16, abs=1.5)


def test_a_silent_film_can_be_transcoded(tmp_path: Path, silent_film: Path) -> None:
    made = transcode(silent_film, tmp_path / "360.mp4", height=360)
    assert probe(made.path).duration == pytest.approx(4.0, abs=0.1)


def test_where_a_film_was_taken_is_not_handed_on(tmp_path: Path) -> None:
    placed = make(
        tmp_path / "placed.mp4", *picture("320x240", 2), *tone(2), *H264,
        "-metadata", "location=+51.5-000.1/", "-metadata", "title=Kitchen",
    )  # fmt: skip
    with av.open(str(transcode(placed, tmp_path / "240.mp4", height=240).path)) as result:
        assert {"title", "location"} & set(result.metadata) == set()


def test_a_broken_source_gives_ffmpegs_reason_and_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "broken.mp4"
    source.write_bytes(b"\x00\x00\x00\x18ftypisom" + b"\x00" * 64)
    with pytest.raises(StepFailed, match=r"^ffmpeg stopped: moov atom not found$"):
        extract_sound(source, tmp_path / "sound.wav")
    assert list(tmp_path.iterdir()) == [source]


def test_cancelling_in_the_middle_stops_ffmpeg_and_leaves_nothing(
    tmp_path: Path, film: Path
) -> None:
    def cancel(_done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        transcode(film, tmp_path / "720.mp4", height=720, progress=cancel)
    assert list(tmp_path.iterdir()) == []


def test_the_sound_keeps_the_films_clock(tmp_path: Path, film: Path) -> None:
    samples = read_wav(extract_sound(film, tmp_path / "sound.wav"))
    assert samples.dtype == numpy.int16
    assert len(samples) / 16_000 == pytest.approx(8.0, abs=0.1)
    spectrum = numpy.abs(numpy.fft.rfft(samples[16_000:32_000]))
    assert int(spectrum.argmax()) == 330


def test_sound_that_begins_late_is_preceded_by_silence(tmp_path: Path) -> None:
    late = make(tmp_path / "late.mkv", *picture("320x240", 4), "-itsoffset", "1.5", *tone(2), *H264)
    samples = read_wav(extract_sound(late, tmp_path / "sound.wav"))
    first_heard = int(numpy.argmax(numpy.abs(samples) > 500)) / 16_000
    assert first_heard == pytest.approx(1.5, abs=0.06)


def test_a_wav_of_another_rate_is_not_read(tmp_path: Path) -> None:
    other = make(tmp_path / "other.wav", *tone(1), "-ar", "44100")
    with pytest.raises(StepFailed, match="mono 16-bit sound at 16000 Hz"):
        read_wav(other)


def test_the_poster_is_neither_black_nor_blurred(tmp_path: Path) -> None:
    """Black for 5 s, then the same picture blurred for 3 s, then sharp for 2 s."""
    source = make(
        tmp_path / "source.mp4", *picture("640x360", 10), *tone(10),
        "-vf", "boxblur=12:enable='between(t,5,8)',drawbox=c=black:t=fill:enable='lt(t,5)'",
        *H264, "-g", "10",
    )  # fmt: skip
    chosen = Image.open(poster(source, tmp_path / "poster.jpg"))
    sharp = Image.open(poster(source, tmp_path / "sharp.jpg", at=8.5))
    assert (chosen.format, chosen.size) == ("JPEG", (640, 360))
    grey, wanted = (numpy.asarray(image.convert("L"), float) for image in (chosen, sharp))
    assert numpy.abs(grey - wanted).mean() < 25
    assert grey.mean() > 50


def test_the_author_may_name_the_posters_second(tmp_path: Path) -> None:
    """The film is red for 2 s and blue for 2 s."""
    colours = ["-f", "lavfi", "-i", "color=red:s=320x240:d=2", "-f", "lavfi", "-i"]
    source = make(
        tmp_path / "colours.mp4", *colours, "color=blue:s=320x240:d=2", *tone(4),
        "-filter_complex", "[0][1]concat=n=2:v=1[v]", "-map", "[v]", "-map", "2:a", *H264,
    )  # fmt: skip
    for second, channel in ((1.0, 0), (3.0, 2)):
        made = Image.open(poster(source, tmp_path / "poster.jpg", at=second, width=160))
        assert made.size == (160, 120)
        brightest = numpy.asarray(made).reshape(-1, 3).mean(axis=0).argmax()
        assert int(brightest) == channel


def test_the_poster_of_a_film_taken_upright_is_upright(tmp_path: Path, upright_film: Path) -> None:
    assert Image.open(poster(upright_film, tmp_path / "poster.jpg")).size == (720, 1280)


def test_an_entirely_black_film_still_has_a_poster(tmp_path: Path) -> None:
    black = ["-f", "lavfi", "-i", "color=black:s=320x240:d=3"]
    source = make(tmp_path / "black.mp4", *black, *tone(3), *H264)
    assert Image.open(poster(source, tmp_path / "poster.jpg")).size == (320, 240)
