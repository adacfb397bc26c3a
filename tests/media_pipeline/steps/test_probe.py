"""What the site says to an uploaded file before anything else happens to it."""

from pathlib import Path

import pytest

from ground.refusals import Refused
from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.probe import Limits, Probe, apart, probe, probe_apart

from .conftest import H264, make, picture, tone

GENEROUS = Limits()


def refusal(path: Path, limits: Limits = GENEROUS) -> str:
    with pytest.raises(Refused) as caught:
        probe(path, limits)
    return caught.value.sentence


def test_an_ordinary_film_is_described(film: Path) -> None:
    found = probe(film)
    assert found == Probe(
        duration=pytest.approx(8.0, abs=0.1),
        width=1280,
        height=720,
        rotation=0,
        video_codec="h264",
        audio_codec="aac",
        frame_rate=25.0,
        has_sound=True,
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
    assert probe(silent_film).has_sound is True


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


def test_a_film_without_a_stated_length_is_measured(tmp_path: Path) -> None:
    streamed = make(
        tmp_path / "live.webm", *picture("320x240", 3), *tone(3),
        "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", "-f", "webm", "-live", "1",
    )  # fmt: skip
    assert probe(streamed).duration == pytest.approx(3.0, abs=0.15)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    assert refusal(empty) == (
        "This file is empty. Choose the film again and wait until it has been sent."
    )


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


def test_sound_alone_is_refused_even_with_a_cover_picture(tmp_path: Path) -> None:
    sentence = "This file has sound but no pictures. Upload a film, for instance an MP4."
    assert refusal(make(tmp_path / "talk.mp3", *tone(3))) == sentence
    cover = make(tmp_path / "cover.png", *picture("320x240", 1), "-frames:v", "1")
    covered = make(
        tmp_path / "covered.mp3", *tone(3), "-i", str(cover),
        "-map", "0:a", "-map", "1:v", "-disposition:v", "attached_pic",
    )  # fmt: skip
    assert refusal(covered) == sentence


def test_a_film_without_a_sound_track_is_refused(tmp_path: Path) -> None:
    mute = make(tmp_path / "mute.mp4", *picture("320x240", 3), *H264)
    assert refusal(mute) == (
        "This film has no sound track, so there is nothing to caption. Export it again with its "
        "sound, then upload it."
    )


def test_an_mp4_without_its_index_is_refused(tmp_path: Path, films: Path, film: Path) -> None:
    back = make(tmp_path / "back.mp4", "-i", str(film), "-c", "copy")
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(back.read_bytes()[: back.stat().st_size * 6 // 10])
    assert refusal(cut).startswith("This MP4 is incomplete: its table of contents is missing")


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.75])
def test_an_mp4_whose_data_end_early_is_refused(tmp_path: Path, film: Path, kept: float) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(film.read_bytes()[: int(film.stat().st_size * kept)])
    assert refusal(cut).startswith("This film breaks off: it says it lasts 8 s, but its pictures")


def test_a_long_film_cut_off_far_from_its_end_is_refused(tmp_path: Path) -> None:
    whole = make(
        tmp_path / "long.mp4", *picture("160x120", 60, 5), *tone(60), *H264,
        "-movflags", "+faststart",
    )  # fmt: skip
    assert probe(whole).duration == pytest.approx(60, abs=0.2)
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert refusal(cut).startswith("This film breaks off: it says it lasts 1 min, but its pictures")


def test_a_matroska_film_cut_off_is_refused(tmp_path: Path) -> None:
    whole = make(tmp_path / "whole.mkv", *picture("320x240", 20), *tone(20), *H264)
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert refusal(cut).startswith("This film breaks off: it says it lasts 20 s")


def test_a_film_with_damaged_pictures_is_refused(tmp_path: Path, film: Path) -> None:
    data = bytearray(film.read_bytes())
    begin = data.index(b"mdat") + 4
    data[begin:] = bytes(len(data) - begin)
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(data)
    assert refusal(damaged).startswith("The film's pictures cannot be read")


def test_limits_are_named_in_the_refusal(film: Path) -> None:
    size = film.stat().st_size
    assert "the most this site takes is" in refusal(film, Limits(bytes=size - 1))
    assert refusal(film, Limits(seconds=5)).startswith(
        "This film lasts 8 s and the most this site takes is 5 s."
    )
    assert refusal(film, Limits(longest_side=640)).startswith(
        "The film's pictures are 1280 × 720 pixels"
    )
    assert probe(film, Limits(bytes=size, seconds=8.1, longest_side=1280)).width == 1280


def test_a_film_of_an_instant_is_refused(tmp_path: Path) -> None:
    instant = make(tmp_path / "instant.mp4", *picture("320x240", 0.2), *tone(0.2), *H264)
    assert refusal(instant).startswith("This film is shorter than half a second.")


def test_a_file_with_very_many_tracks_is_refused(tmp_path: Path, film: Path) -> None:
    many = make(
        tmp_path / "many.mkv", "-i", str(film), "-map", "0:v", *["-map", "0:a"] * 5, "-c", "copy"
    )
    assert refusal(many, Limits(streams=4)).startswith("This file holds 6 tracks; 4 is the most")


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


def test_a_frame_rate_that_varies_is_noted(tmp_path: Path) -> None:
    uneven = make(
        tmp_path / "phone.mp4", *picture("320x240", 4), *tone(4),
        "-vf", "select='lt(n,30)+not(mod(n,7))'", "-fps_mode", "vfr", *H264,
    )  # fmt: skip
    found = probe(uneven)
    assert found.variable_frame_rate
    assert found.notes == ("The number of pictures a second varies, as in films from telephones.",)


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


@pytest.fixture
def packed(tmp_path: Path, film: Path) -> Path:
    """A film into which two other files of 50,000 bytes are packed."""
    blob = tmp_path / "blob.bin"
    blob.write_bytes(b"x" * 50_000)
    attached = ["-attach", str(blob), "-attach", str(blob)]
    kind = ["-metadata:s:t", "mimetype=application/octet-stream"]
    return make(tmp_path / "packed.mkv", "-i", str(film), "-c", "copy", *attached, *kind)


def test_files_packed_into_a_film_are_noted(packed: Path) -> None:
    found = probe(packed)
    assert (found.attachments, found.attached_bytes) == (2, 100_000)
    assert found.notes == ("Files packed into the film are left out: 2, 100,000 bytes.",)


def test_too_much_packed_into_a_film_is_refused(packed: Path) -> None:
    assert refusal(packed, Limits(attached_bytes=99_999)).startswith(
        "This film has 100,000 bytes of other files packed into it; 99,999 bytes is the most"
    )


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_too_many_pictures_are_refused_by_index_and_by_count(
    tmp_path: Path, film: Path, ending: str
) -> None:
    made = make(tmp_path / f"film.{ending}", "-i", str(film), "-c", "copy")
    assert probe(made, Limits(frames=200)).frames == 200
    assert refusal(made, Limits(frames=199)).startswith(
        "This film has more than 199 single pictures, the most this site takes."
    )


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_an_absurd_frame_rate_is_refused(tmp_path: Path, ending: str) -> None:
    rapid = make(tmp_path / f"rapid.{ending}", *picture("32x32", 2, 480), *tone(2), *H264)
    assert refusal(rapid).startswith("This film has 480 pictures a second; 240 is the most")
    assert probe(rapid, Limits(frame_rate=500)).frames == 960


def test_a_file_that_promises_more_pictures_than_it_can_hold_is_refused(
    tmp_path: Path, film: Path
) -> None:
    """Its index of 200 pictures is made to speak of ten million, a byte each."""
    data = bytearray(film.read_bytes())
    for box, at, number in (("stsz", 8, 1), ("stsz", 12, 10**7), ("stts", 12, 10**7)):
        begin = data.index(box.encode()) + at
        data[begin : begin + 4] = number.to_bytes(4, "big")
    bomb = tmp_path / "bomb.mp4"
    bomb.write_bytes(data)
    assert refusal(bomb).startswith("This file says it has 10,000,000 pictures, for which it is")


# --- apart -----------------------------------------------------------------------------------


def test_a_process_apart_finds_and_refuses_the_same(tmp_path: Path, film: Path) -> None:
    assert probe_apart(film) == probe(film)
    notes = tmp_path / "notes.mp4"
    notes.write_text("These are notes.")
    with pytest.raises(Refused) as caught:
        probe_apart(notes)
    assert caught.value.sentence == refusal(notes)


def test_a_file_that_takes_too_much_memory_is_refused_and_does_no_harm(film: Path) -> None:
    with pytest.raises(Refused) as caught:
        probe_apart(film, most_memory=60 * 1024**2)
    assert caught.value.sentence.startswith("This file ")


def test_a_file_that_takes_too_long_is_refused(film: Path, monkeypatch) -> None:
    monkeypatch.setattr(apart, "MOST_TIME", 0.0)
    with pytest.raises(Refused, match="more memory or time to read than any film should"):
        probe_apart(film)


def test_what_the_sign_of_life_raises_ends_the_process(film: Path, monkeypatch) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    monkeypatch.setattr(apart, "TICK", 0.0)
    with pytest.raises(Stopped):
        probe_apart(film, alive=stop)


def test_a_film_that_is_gone_is_the_operators_business(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="cannot be read from the disk: No such file"):
        probe_apart(tmp_path / "gone.mp4")
