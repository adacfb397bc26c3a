"""Captions composed of what was heard; a re-run never takes the place of a person’s words."""

import pytest

from media_pipeline.actions.captions.drafts import (
    begin_editing,
    save_draft,
)
from media_pipeline.actions.captions.publication import publish, review
from media_pipeline.actions.captions.versions import keep_cues
from media_pipeline.actions.job_steps.composition import compose
from media_pipeline.models import Job
from tests.factories.media_pipeline import JobFactory
from tests.media_pipeline.actions.conftest import (
    NOW,
    Kind,
    Stage,
    cue,
    current,
    edited,
    hear,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_a_re_run_takes_the_place_of_what_an_engine_made_and_keeps_it(film, heard):
    reason = hear(film, "we remove the comment today.")
    assert text_of(current(film)) == "we remove the comment today."
    assert [(one.version, one.is_current) for one in film.tracks.order_by("version")] == [
        (1, False),
        (2, True),
    ]
    assert reason == "1 caption."


def test_a_re_run_never_takes_the_place_of_a_person_s_edit(film, heard, person):
    mine = edited(heard, person)
    reason = hear(film, "we removed a comet today.")
    assert current(film) == mine
    assert text_of(current(film)) == "We remove the comment today."
    waiting = film.tracks.waiting().get()
    assert (waiting.stage, waiting.kind, waiting.is_current) == (Stage.DRAFT, Kind.AUTOMATIC, False)
    assert text_of(waiting) == "we removed a comet today."
    assert "those stay, and the new ones wait as a draft to be compared" in reason


def test_a_re_run_never_takes_the_place_of_a_reviewed_version(film, heard, person):
    review(heard, by=person, now=NOW)
    hear(film, "something else")
    assert current(film).kind == Kind.REVIEWED
    assert text_of(film.tracks.waiting().get()) == "something else"


def test_an_open_draft_survives_a_re_run(film, heard, person):
    draft = begin_editing(heard, by=person)
    save_draft(draft, [cue(1, 3, "Mine.")], revision=0, by=person, now=NOW)
    hear(film, "another hearing")
    assert text_of(begin_editing(current(film), by=person)) == "Mine."
    assert text_of(publish(draft, by=person, now=NOW)) == "Mine."


def test_nothing_is_lost_where_a_re_run_hears_nothing(film, heard, person):
    mine = edited(heard, person)
    reason = hear(film, "")
    assert reason == "No speech was found this time. The captions shown were left as they are."
    assert current(film) == mine
    assert film.tracks.count() == 2


def test_composing_alone_run_again_makes_no_new_version_of_the_same_captions(film, heard):
    job = JobFactory.build(film=film, step=Job.Step.CAPTIONS)
    outcome = compose(job, None, lambda fraction: None)
    outcome.keep(film)
    assert outcome.reason == "1 caption. They are the same as before."
    assert list(film.tracks.all()) == [heard]


def test_composing_alone_run_again_with_another_result_is_a_new_version(film, heard):
    keep_cues(heard, [cue(1, 3, "as it was composed by older rules")])
    job = JobFactory.build(film=film, step=Job.Step.CAPTIONS)
    compose(job, None, lambda fraction: None).keep(film)
    assert [text_of(one) for one in film.tracks.order_by("version")] == [
        "as it was composed by older rules",
        "we remove the common today.",
    ]
    assert current(film).version == 2


def test_the_film_s_terms_are_not_parted_between_lines_or_cues(film):
    text = "we asked for the annual general meeting of the whole constituency party in the evening"
    film.glossary = "constituency party\nannual general meeting"
    film.save()
    hear(film, text)
    for part in current(film).cues.all():
        assert "constituency\n" not in part.text
        assert "annual\n" not in part.text
        assert "general\n" not in part.text
