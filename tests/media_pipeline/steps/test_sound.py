"""The sound of a film as the recognisers want it, on the film’s own clock."""

from pathlib import Path

import numpy
import pytest

from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.sound import extract_sound, read_wav

from .conftest import H264, make, picture, tone


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


def test_a_transport_streams_sound_keeps_the_pictures_clock(tmp_path: Path) -> None:
    late = make(tmp_path / "late.ts", *picture("320x240", 4), "-itsoffset", "1.5", *tone(2), *H264)
    samples = read_wav(extract_sound(late, tmp_path / "sound.wav"))
    first_heard = int(numpy.argmax(numpy.abs(samples) > 500)) / 16_000
    assert first_heard == pytest.approx(1.5, abs=0.06)


def test_channels_that_cancel_each_other_are_heard(tmp_path: Path) -> None:
    inverted = make(tmp_path / "inverted.m4a", *tone(2), "-af", "pan=stereo|c0=c0|c1=-1*c0")
    samples = read_wav(extract_sound(inverted, tmp_path / "sound.wav"))
    spectrum = numpy.abs(numpy.fft.rfft(samples[:16_000]))
    assert int(spectrum.argmax()) == 330
    assert int(samples.max()) > 1000
