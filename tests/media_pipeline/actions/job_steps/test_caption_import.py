"""Captions made elsewhere become the film's own, and never push a person's work aside."""

import pytest

from media_pipeline.actions.job_steps.caption_import import WHY, import_captions
from media_pipeline.actions.step_runner import run_step
from media_pipeline.models import CaptionTrack, Job
from media_pipeline.steps.formats.vtt import to_vtt
from media_pipeline.steps.words import Cue
from tests.factories.media_pipeline import CaptionTrackFactory, JobFactory, ReadyFilmFactory

CUES = [
    Cue(0.0, 1.5, ("Croeso i’r wers.",), speaker="Ann Example"),
    Cue(2.0, 4.0, ("Two lines", "of it.")),
]


def given(*more: Cue, duration: float = 10.0):
    film = ReadyFilmFactory(captions_given=to_vtt([*CUES, *more]), duration=duration, language="cy")
    return JobFactory(film=film, step=Job.Step.IMPORT)


def run(job, tmp_path):
    outcome = import_captions(job, tmp_path, lambda fraction: None)
    outcome.keep(job.film)
    return outcome.reason


def as_given(track) -> list[tuple]:
    return [(cue.start, cue.end, cue.text, cue.speaker) for cue in track.cues.all()]


AS_GIVEN = [
    (0.0, 1.5, "Croeso i’r wers.", "Ann Example"),
    (2.0, 4.0, "Two lines\nof it.", ""),
]


def test_they_are_shown_as_they_were_given(db, tmp_path):
    job = given()
    assert run(job, tmp_path) == "2 captions taken over."
    track = CaptionTrack.objects.get()
    assert (track.kind, track.stage, track.is_current, track.engine) == (
        *("edited", "published", True, ""),
    )
    assert (track.reason, track.language, track.made_by) == (
        "Taken over from the caption file the author gave.",
        "cy",
        job.film.uploaded_by,
    )
    assert as_given(track) == AS_GIVEN
    assert track.score == 100.0


@pytest.mark.parametrize("cue", [Cue(10.5, 12.0, ("After the end.",)), Cue(9.0, 99.0, ("Long",))])
def test_what_lies_beyond_the_film_s_end_is_reported(db, tmp_path, cue):
    reason = run(given(cue), tmp_path)
    assert "1 caption lies beyond the film’s end (0:10) and was left out or cut" in reason
    track = CaptionTrack.objects.get()
    assert track.warnings == [reason.partition("over. ")[2]]
    assert all(cue.end <= 10.0 for cue in track.cues.all())


def test_captions_of_another_film_altogether_are_left_out_and_said(db, tmp_path):
    reason = run(given(duration=0.0), tmp_path)
    assert "0 captions taken over." in reason
    assert "2 captions lie beyond the film’s end" in reason
    assert not CaptionTrack.objects.exists()


def test_a_last_caption_that_ends_a_moment_late_is_cut_without_a_word(db, tmp_path):
    assert run(given(Cue(9.0, 10.3, ("Bye.",))), tmp_path) == "3 captions taken over."
    assert CaptionTrack.objects.get().cues.last().end == 10.0


def test_doing_it_again_makes_no_second_version(db, tmp_path):
    job = given()
    run(job, tmp_path)
    run(job, tmp_path)
    assert CaptionTrack.objects.count() == 1


def test_a_person_s_captions_stay_and_the_import_waits_as_a_draft(db, tmp_path):
    job = given()
    shown = CaptionTrackFactory(
        film=job.film, language="cy", kind=CaptionTrack.Kind.EDITED, reason="By hand."
    )
    run(job, tmp_path)
    imported = CaptionTrack.objects.get(reason=str(WHY))
    shown.refresh_from_db()
    assert (shown.is_current, imported.is_current, imported.stage) == (True, False, "draft")


def test_an_engine_s_captions_give_way(db, tmp_path):
    job = given()
    shown = CaptionTrackFactory(film=job.film, language="cy")
    run(job, tmp_path)
    shown.refresh_from_db()
    assert not shown.is_current
    assert CaptionTrack.objects.get(reason=str(WHY)).is_current


def test_the_step_is_known_to_the_workers(db):
    job = given()
    job.film.state = "processing"
    job.film.save()
    run_step(job.pk, retry=False)
    job.refresh_from_db()
    assert (job.status, job.reason) == ("done", "2 captions taken over.")
