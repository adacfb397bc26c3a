"""Clips made of a real film: what is in the file is what was asked for."""

from dataclasses import replace

import av
import numpy
import pytest

from ground.refusals import Refused
from media_pipeline.steps.clip import make_clip
from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.words import Cue
from tests.factories.media_pipeline import make_film

from .clips import FILM, SIDE, WANTED, clip_of


@pytest.mark.parametrize(
    ("shape", "size"), [("9:16", (270, 480)), ("1:1", (270, 270)), ("16:9", (480, 270))]
)
def test_a_clip_is_an_mp4_that_every_application_takes(made, shape, size):
    clip = made[shape]
    with av.open(str(clip.path)) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        assert (picture.width, picture.height) == size == (clip.width, clip.height)
        assert (picture.codec_context.name, picture.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert 24 <= picture.average_rate <= 30
        assert (sound.codec_context.name, sound.sample_rate) == ("aac", 48000)
        assert float(picture.duration * picture.time_base) == pytest.approx(3.0, abs=0.1)
        assert float(sound.duration * sound.time_base) == pytest.approx(3.0, abs=0.1)
        assert film.duration / av.time_base == pytest.approx(clip.seconds, abs=0.01)
    start = clip.path.read_bytes()
    assert start.index(b"moov") < start.index(b"mdat")
    assert clip.bytes == len(start)


def test_its_sound_is_the_selections_and_as_loud_as_every_film(made):
    with av.open(str(made["1:1"].path)) as film:
        heard = [frame.to_ndarray() for frame in film.decode(audio=0)]
    loud = numpy.sqrt(numpy.mean(numpy.concatenate(heard, axis=1) ** 2))
    assert 0.02 < loud < 0.5


def test_captions_are_told_for_a_file_of_their_own(made):
    shown = [(one.start, one.end, one.lines) for one in made["16:9"].captions]
    assert shown == [
        (0.0, pytest.approx(1.5), ("Keep a record first.",)),
        (1.5, pytest.approx(3.0), ("Then take it down.",)),
    ]


def test_a_film_without_sound_makes_a_clip_without_sound(tmp_path):
    source = make_film(tmp_path / "silent.mp4", silent=True, seconds=3)
    clip = clip_of(tmp_path, source=source, start=0.0, end=3.0, cues=())
    with av.open(str(clip.path)) as film:
        assert len(film.streams.audio) == 0
        assert film.duration / av.time_base == pytest.approx(3.0, abs=0.1)


def test_signs_that_the_typeface_lacks_are_named(tmp_path):
    cues = (Cue(20.0, 22.0, ("Well done 🎉",)),)
    assert clip_of(tmp_path, cues=cues).undrawn == ("🎉",)


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (20.0, 21.5, "This selection lasts 1.5 s, and a clip lasts at least 2 s"),
        (20.0, 90.0, "This selection lasts 70 s, and the most a clip may last is 60 s"),
        (110.0, 120.0, "reaches beyond the film"),
        (-3.0, 2.0, "reaches beyond the film"),
    ],
)
def test_an_impossible_selection_is_refused_with_a_reason(tmp_path, start, end, why):
    wanted = replace(WANTED, start=start, end=end)
    with pytest.raises(Refused, match=why):
        make_clip(FILM, tmp_path / "clip.mp4", wanted, folder=tmp_path, most_seconds=60)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_film_fails_with_a_sentence(tmp_path):
    source = tmp_path / "notes.mp4"
    source.write_text("notes")
    with pytest.raises(StepFailed, match="cannot be read"):
        make_clip(source, tmp_path / "clip.mp4", WANTED, folder=tmp_path)


@pytest.mark.parametrize("at", [0.05, 0.22, 0.6])
def test_stopping_in_the_middle_leaves_nothing_behind(tmp_path, at):
    class Cancelled(Exception):
        pass

    heard = []

    def progress(done):
        heard.append(done)
        if done >= at:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_clip(
            FILM,
            tmp_path / "clip.mp4",
            WANTED,
            folder=tmp_path,
            progress=progress,
            short_side=SIDE,
        )
    assert list(tmp_path.iterdir()) == []
    assert heard == sorted(heard)
