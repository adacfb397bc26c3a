"""What the site says to an uploaded file before anything else happens to it."""

from pathlib import Path

import pytest

from media_pipeline.steps.probe.inspection import probe
from media_pipeline.steps.probe.media_info import MediaInfo

from ..conftest import H264, make, picture, tone
from .conftest import refusal


def test_an_ordinary_film_is_described(film: Path) -> None:
    found = probe(film)
    assert found == MediaInfo(
        duration=pytest.approx(8.0, abs=0.1),
        width=1280,
        height=720,
        rotation=0,
        video_codec="h264",
        audio_codec="aac",
        frame_rate=25.0,
        bytes=film.stat().st_size,
        container="mov,mp4,m4a,3gp,3g2,mj2",
        kind="MP4 or QuickTime",
        video_profile=found.video_profile,
        pixel_format="yuv420p",
        frames=200,
        channels=1,
        sample_rate=48000,
        streams=("video: h264", "audio: aac"),
        colour_space=found.colour_space,
        colour_range=found.colour_range,
    )


def test_a_film_taken_upright_is_described_as_it_is_seen(upright_film: Path) -> None:
    found = probe(upright_film)
    assert (found.width, found.height, found.rotation) == (720, 1280, 90)


def test_a_film_whose_sound_track_is_silent_is_accepted(silent_film: Path) -> None:
    assert probe(silent_film).audio_codec == "aac"


@pytest.mark.parametrize(
    ("name", "codecs"),
    [
        ("film.mkv", []),
        ("film.mov", []),
        ("film.ts", []),
        ("film.avi", []),
        ("film.webm", ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"]),
    ],
)
def test_other_containers_are_accepted(tmp_path: Path, name: str, codecs: list[str]) -> None:
    made = make(tmp_path / name, *picture("320x240", 3), *tone(3), *(codecs or H264))
    found = probe(made)
    assert (found.width, found.height) == (320, 240)
    assert found.duration == pytest.approx(3.0, abs=0.15)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("notes.txt", b"Minutes of the meeting.\nPresent: eleven members.\n", "a text file"),
        ("minutes.mp4", "Cofnodion y cyfarfod – tŷ\n".encode() * 400, "a text file"),
        ("page.mp4", b"<!DOCTYPE html><html><body>Hello</body></html>", "a web page"),
        ("agenda.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        ("letter.mp4", b"PK\x03\x04\x14\x00" + b"\x00" * 20 + b"word/document", "a Word document"),
        ("cues.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n", "a caption file (WebVTT)"),
        ("list.mp4", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", "a playlist"),
        ("cues.srt", b"1\n00:00:00,000 --> 00:00:01,000\nHello\n", "a text file"),
    ],
)
def test_a_file_of_another_kind_is_named(
    tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    other = tmp_path / name
    other.write_bytes(content)
    assert refusal(other) == (
        f"This file is {kind}, not a film. Upload the film itself, for instance an MP4."
    )


def test_bytes_without_meaning_are_refused(tmp_path: Path) -> None:
    noise = tmp_path / "film.mp4"
    noise.write_bytes(bytes((i * 7919 + i // 251) % 256 for i in range(50_000)))
    assert refusal(noise) == (
        "This file cannot be read as a film. Export the film as an MP4 and upload that."
    )


@pytest.mark.parametrize("name", ["still.png", "still.jpg", "moving.gif"])
def test_a_picture_is_refused(tmp_path: Path, name: str) -> None:
    shots = [] if name.endswith("gif") else ["-frames:v", "1"]
    made = make(tmp_path / name, *picture("320x240", 1), *shots)
    assert refusal(made).startswith("This file is a picture (")


def test_an_mp4_without_its_index_is_refused(tmp_path: Path, films: Path, film: Path) -> None:
    back = make(tmp_path / "back.mp4", "-i", str(film), "-c", "copy")
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(back.read_bytes()[: back.stat().st_size * 6 // 10])
    assert refusal(cut).startswith("This MP4 is incomplete: its table of contents is missing")


def test_a_film_with_damaged_pictures_is_refused(tmp_path: Path, film: Path) -> None:
    data = bytearray(film.read_bytes())
    begin = data.index(b"mdat") + 4
    data[begin:] = bytes(len(data) - begin)
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(data)
    assert refusal(damaged).startswith("The film's pictures cannot be read")


# --- what is noted ---------------------------------------------------------------------------


def test_a_film_in_high_dynamic_range_is_noted(tmp_path: Path) -> None:
    colours = "setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc:range=tv"
    made = make(
        tmp_path / "hdr.mp4", *picture("320x240", 2), *tone(2), "-vf", colours,
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-c:a", "aac",
    )  # fmt: skip
    found = probe(made)
    assert (found.colour_primaries, found.colour_transfer) == ("BT2020", "SMPTE2084")
    assert (found.hdr, found.bits, found.pixel_format) == ("PQ", 10, "yuv420p10le")
    assert found.notes == ("The film is in high dynamic range (PQ).",)


def test_a_name_with_another_kind_s_ending_is_noted(tmp_path: Path, film: Path) -> None:
    called = tmp_path / "holiday.avi"
    called.write_bytes(film.read_bytes())
    assert probe(called).notes == (
        "The file is called “.avi”, but it is MP4 or QuickTime; that does no harm.",
    )
    for ending in (".mp4", ".MOV", ""):
        rightly = tmp_path / f"film{ending}"
        rightly.write_bytes(film.read_bytes())
        assert probe(rightly).notes == ()


def test_several_sound_tracks_are_noted_and_the_first_is_used(tmp_path: Path, film: Path) -> None:
    both = make(
        tmp_path / "two.mkv", "-i", str(film), "-map", "0:v", "-map", "0:a", "-map", "0:a",
        "-metadata:s:a:0", "language=cym", "-c", "copy",
    )  # fmt: skip
    found = probe(both)
    assert found.streams == ("video: h264", "audio: aac, cym", "audio: aac")
    assert found.notes == ("The film has 2 sound tracks; the first is used.",)


# --- bombs -----------------------------------------------------------------------------------


def test_files_packed_into_a_film_are_noted(packed: Path) -> None:
    found = probe(packed)
    assert (found.attachments, found.attached_bytes) == (2, 100_000)
    assert found.notes == ("Files packed into the film are left out: 2, 100,000 bytes.",)
