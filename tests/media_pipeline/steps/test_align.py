"""A given script laid over its sound: every word its time, in the author's own spelling."""

import json
from itertools import pairwise
from pathlib import Path

import numpy
import pytest

from ground.refusals import Refused
from media_pipeline.steps.align import align
from media_pipeline.steps.sound import extract_sound, read_wav
from media_pipeline.steps.words import Word

from .conftest import CLOSING, OPENING, write_wav


def cut(narration: Path, target: Path, begin: float, end: float) -> Path:
    return write_wav(target, read_wav(narration)[int(begin * 16_000) : int(end * 16_000)])


def test_every_word_of_the_script_gets_its_time(whole: tuple[Word, ...]) -> None:
    assert [word.text for word in whole] == f"{OPENING} {CLOSING}".split()
    for earlier, later in pairwise(whole):
        assert earlier.start < earlier.end <= later.start
    assert 0.5 < whole[0].start < 1.0
    assert 21.5 < whole[-1].end < 22.0


@pytest.mark.nightly
def test_times_agree_with_a_reference_alignment(tmp_path: Path, speech_folder: Path) -> None:
    """Measured on readings of “Sense and Sensibility” with word times made by another program."""
    errors: list[float] = []
    for reference in sorted(speech_folder.glob("*.words.json")):
        name = reference.name.removesuffix(".words.json")
        spoken = [w for w in json.loads(reference.read_text())["w"] if w["t"][0] not in "<["]
        wav = extract_sound(speech_folder / f"{name}.wav", tmp_path / f"{name}.wav")
        found = align(wav, (speech_folder / f"{name}.txt").read_text())
        assert len(found.words) == len(spoken)
        errors += [abs(word.start - w["b"]) for word, w in zip(found.words, spoken, strict=True)]
    assert len(errors) > 60
    assert float(numpy.median(errors)) <= 0.03
    assert float(numpy.percentile(errors, 95)) <= 0.1


def test_a_later_beginning_moves_every_word_by_as_much(
    tmp_path: Path, narration: Path, whole: tuple[Word, ...]
) -> None:
    quiet = numpy.zeros(16_000 * 4)
    late = write_wav(tmp_path / "late.wav", numpy.concatenate([quiet, read_wav(narration)]))
    found = align(late, f"{OPENING} {CLOSING}").words
    moved = [later.start - word.start for later, word in zip(found, whole, strict=True)]
    assert float(numpy.median(moved)) == pytest.approx(4.0, abs=0.02)
    assert max(abs(distance - 4.0) for distance in moved) < 0.3


def test_a_passage_that_is_not_said_is_reported_and_not_invented(
    narration: Path, whole: tuple[Word, ...]
) -> None:
    unsaid = "Membership subscriptions fall due on the ninth of October in every leap year."
    found = align(narration, f"{OPENING} {unsaid} {CLOSING}")
    assert [passage.text for passage in found.unmatched] == [unsaid]
    assert [word.text for word in found.words] == [word.text for word in whole]
    difference = [a.start - b.start for a, b in zip(found.words, whole, strict=True)]
    assert max(abs(seconds) for seconds in difference) < 0.3
    before = len(OPENING.split())
    assert whole[before - 1].end - 0.2 <= found.unmatched[0].start
    assert found.unmatched[0].end <= whole[before].start + 0.2


def test_what_is_said_beyond_the_script_does_not_stretch_its_words(
    narration: Path, whole: tuple[Word, ...]
) -> None:
    found = align(narration, f"A good record is short. {CLOSING}").words
    expected = [*whole[:5], *whole[len(OPENING.split()) :]]
    assert [word.text for word in found] == [word.text for word in expected]
    for word, reference in zip(found, expected, strict=True):
        assert word.start == pytest.approx(reference.start, abs=0.3)


def test_what_is_said_beyond_the_script_is_reported_with_its_time(
    narration: Path, whole: tuple[Word, ...]
) -> None:
    found = align(narration, f"A good record is short. {CLOSING}")
    beyond, ending = found.unscripted  # the film goes on after the script's last sentence
    assert whole[4].end <= beyond.start <= whole[5].start + 0.6
    after = whole[len(OPENING.split())].start
    assert after - 2 <= beyond.end <= after
    assert ending.start > whole[-1].end - 0.1
    assert align(narration, f"{OPENING} {CLOSING}").unscripted == (ending,)


def test_a_script_of_another_film_is_not_laid_over_this_one(narration: Path) -> None:
    script = (
        "Tomatoes want warmth, patience and a sunny windowsill. Sow them thinly during March, "
        "water sparingly, and repot once four leaves unfold. Harvest begins around July."
    )
    found = align(narration, script)
    assert len(found.words) <= 4
    assert sum(len(passage.text.split()) for passage in found.unmatched) >= 20


def test_a_silent_film_matches_nothing(tmp_path: Path) -> None:
    found = align(write_wav(tmp_path / "silence.wav", numpy.zeros(16_000 * 5)), OPENING)
    assert found.words == ()
    assert [passage.text for passage in found.unmatched] == [OPENING]


def test_words_that_no_dictionary_has_are_still_found(tmp_path: Path, narration: Path) -> None:
    """“Rekkord” and “shaurt” stand for any name that only the author knows how to write."""
    sound = cut(narration, tmp_path / "first.wav", 0, 9)
    script = "A good rekkord is shaurt. It is fair to the person who wrote the comment,"
    found = align(sound, script)
    assert [word.text for word in found.words] == script.split()
    assert found.unmatched == ()


def test_a_script_without_words_is_refused(narration: Path) -> None:
    with pytest.raises(Refused, match="The script has no words in it"):
        align(narration, " … – \n")


def test_progress_runs_from_nothing_to_all_and_can_stop_the_work(narration: Path) -> None:
    seen: list[float] = []
    align(narration, OPENING, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0

    def cancel(_done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        align(narration, OPENING, progress=cancel)
