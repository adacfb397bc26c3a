"""Clips made of a real film: what is in the file is what was asked for."""

from dataclasses import replace
from pathlib import Path

import av
import numpy
import pytest

from ground.refusals import Refused
from media_pipeline.steps.clip import ClipLimits, ClipRequest, make_clip
from media_pipeline.steps.clip_layout import SHAPES, Box, caption_lines, lay_out
from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.words import Cue
from tests.factories.media_pipeline import make_film

FILM = Path(__file__).resolve().parents[3] / "demo" / "films" / "before-you-remove-a-comment.mp4"
SIDE = 270  # pixels of the shorter side: small, so that the tests are quick
RED = (228, 0, 59)
CUES = (Cue(20.0, 21.4, ("Keep a record first.",)), Cue(21.5, 23.0, ("Then take it down.",)))
WANTED = ClipRequest(
    start=20.0,
    end=23.0,
    shape="1:1",
    title="Before you remove a comment",
    imprint="Promoted by A. Person, 1 Example Street, London SW1A 1AA",
    cues=CUES,
)


def clip_of(folder, name="clip.mp4", source=FILM, **changes):
    work = folder / "work"
    work.mkdir(exist_ok=True)
    wanted = replace(WANTED, **changes)
    made = make_clip(source, folder / name, wanted, folder=work, short_side=SIDE)
    assert list(work.iterdir()) == []
    return made


def pictures(path):
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


def part(picture, box: Box):
    return picture[box.top : box.bottom, box.left : box.right].astype(int)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clips")
    return {shape: clip_of(folder, f"{shape[:2]}.mp4", shape=shape) for shape in SHAPES}


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


@pytest.mark.parametrize("shape", SHAPES)
def test_it_begins_with_its_title_on_the_brands_red(made, shape):
    frames = pictures(made[shape].path)
    layout = lay_out(shape, 16 / 9, WANTED.title, WANTED.imprint, short_side=SIDE)
    above = Box(0, 0, layout.card.width, layout.card_title.box.top - 8)
    assert numpy.abs(part(frames[0], above) - RED).mean() < 3
    title = part(frames[0], layout.card_title.box)
    assert (title.min(axis=2) > 200).mean() > 0.05
    assert numpy.abs(part(frames[-1], above) - RED).mean() > 30


@pytest.mark.parametrize("shape", SHAPES)
def test_captions_and_imprint_are_in_the_picture(made, shape, tmp_path):
    bare = clip_of(tmp_path, shape=shape, imprint=".", cues=())
    layout = lay_out(shape, 16 / 9, WANTED.title, WANTED.imprint, short_side=SIDE)
    with_words, without = pictures(made[shape].path), pictures(bare.path)
    assert len(with_words) == len(without)
    boxes = [caption_lines(layout, one.lines)[0] for one in made[shape].captions]
    for second, box in ((0.7, boxes[0]), (2.5, boxes[1])):
        shown, empty = (part(film[round(second * 25)], box) for film in (with_words, without))
        assert (shown.max(axis=2) < 60).mean() > 0.4
        assert (shown.min(axis=2) > 180).mean() > 0.05
        assert numpy.abs(shown - empty).mean() > 40
    imprint = [part(frame, layout.imprint.box) for frame in with_words]
    assert all((one.max(axis=2) < 110).mean() > 0.04 for one in imprint)
    assert numpy.abs(imprint[10] - imprint[60]).mean() < 6


def test_captions_are_told_for_a_file_of_their_own(made):
    shown = [(one.start, one.end, one.lines) for one in made["16:9"].captions]
    assert shown == [
        (0.0, pytest.approx(1.5), ("Keep a record first.",)),
        (1.5, pytest.approx(3.0), ("Then take it down.",)),
    ]


def test_an_upright_film_fills_an_upright_clip_with_its_words_on_it(tmp_path):
    source = make_film(tmp_path / "upright.mp4", size="180x320", seconds=3)
    clip = clip_of(tmp_path, source=source, shape="9:16", start=0.0, end=3.0, cues=())
    layout = lay_out("9:16", 9 / 16, WANTED.title, WANTED.imprint, short_side=SIDE)
    last = pictures(clip.path)[-1]
    assert layout.film == Box(0, 0, 270, 480)
    imprint = part(last, layout.imprint.box)
    assert (imprint.max(axis=2) < 70).mean() > 0.5
    assert (imprint.min(axis=2) > 150).mean() > 0.01


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
        make_clip(
            FILM, tmp_path / "clip.mp4", wanted, folder=tmp_path, limits=ClipLimits(most_seconds=60)
        )
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_film_fails_with_a_sentence(tmp_path):
    source = tmp_path / "notes.mp4"
    source.write_text("notes")
    with pytest.raises(StepFailed, match="could not be read"):
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


def test_nothing_is_printed(tmp_path, capfd):
    clip_of(tmp_path, end=22.0)
    assert capfd.readouterr() == ("", "")
