"""What viewers get: a version is published, and somebody puts their name to it."""

import pytest
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from media_pipeline import listeners
from media_pipeline.actions.captions.comparison import compare_token, take_from
from media_pipeline.actions.captions.drafts import (
    DraftChangedError,
    begin_editing,
    save_draft,
)
from media_pipeline.actions.captions.publication import MovedOnError, publish, review
from tests.media_pipeline.actions.conftest import NOW, Kind, cue, current, edited

pytestmark = pytest.mark.django_db


def test_a_published_draft_is_what_viewers_get_and_the_older_version_is_kept(
    film, heard, person, monkeypatch
):
    told = []
    monkeypatch.setattr(listeners, "_callbacks", [told.append])
    draft = begin_editing(heard, by=person)
    publish(draft, by=person, now=NOW, revision=0)
    assert [(one.version, one.is_current) for one in film.tracks.all()] == [
        (2, True),
        (1, False),
    ]
    assert told == [film]
    entry = ModelLogEntry.objects.get(action="media_pipeline.publish_captions")
    assert (entry.user, entry.data["old"], entry.data["new"]) == (person, 1, 2)


def test_only_what_a_person_has_seen_is_published(heard, person):
    draft = begin_editing(heard, by=person)
    save_draft(draft, [cue(1, 2, "x")], revision=0, by=person, now=NOW)
    with pytest.raises(DraftChangedError):
        publish(draft, by=person, now=NOW, revision=0)
    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.parametrize(
    ("cues", "sentence"),
    [
        ([], "There are no cues yet."),
        ([cue(1, 2, "")], "Cue 1 has no words."),
        ([cue(1, 3, "x"), cue(2, 4, "y")], "Cue 1 is still shown when cue 2 begins, at 00:00:02"),
        ([cue(71, 72, "x")], "after the end of the film"),
    ],
)
def test_viewers_are_never_shown_nothing_or_two_cues_at_once(heard, person, cues, sentence):
    draft = begin_editing(heard, by=person)
    save_draft(draft, cues, revision=0, by=person, now=NOW)
    for step in (publish, review):
        with pytest.raises(Refused) as refused:
            step(draft, by=person, now=NOW)
        assert sentence in refused.value.sentence
    assert current(heard.film) == heard


def test_nobody_s_words_are_overrun_by_a_draft_that_does_not_know_them(heard, person, other):
    draft = begin_editing(heard, by=person)
    theirs = edited(heard, other, "Theirs.")
    with pytest.raises(MovedOnError) as refused:
        publish(draft, by=person, now=NOW)
    assert "Otto Other published version 3 after this draft was begun" in refused.value.sentence
    assert refused.value.current == theirs
    assert current(heard.film) == theirs
    both = take_from(draft, theirs, {}, token=compare_token(draft, theirs), by=person)
    publish(both, by=person, now=NOW)
    assert current(heard.film) == both


def test_nobody_publishes_another_s_draft(film, heard, person, other):
    draft = begin_editing(heard, by=person)
    for step in (publish, review):
        with pytest.raises(Refused, match="who may not have finished it"):
            step(draft, by=other, now=NOW)
    assert current(film) == heard


def test_an_older_version_can_be_shown_again(film, heard, person):
    edited(heard, person)
    publish(heard, by=person, now=NOW)
    assert current(film) == heard


def test_reviewed_captions_carry_name_and_date(film, heard, person):
    review(heard, by=person, now=NOW)
    shown = current(film)
    assert (shown.kind, shown.reviewed_by, shown.reviewed_at) == (Kind.REVIEWED, person, NOW)
    assert shown.label == "reviewed by Edith Editor on 21 November 2026"
    assert shown.name == "English (reviewed)"
    entry = ModelLogEntry.objects.get(action="media_pipeline.review_captions")
    assert (entry.data["old"], entry.data["new"]) == ("automatic", "reviewed")


def test_a_draft_is_published_when_it_is_reviewed(film, heard, person):
    draft = begin_editing(heard, by=person)
    review(draft, by=person, now=NOW, revision=0)
    assert current(film) == draft
    assert current(film).kind == Kind.REVIEWED


def test_an_edit_after_a_review_is_edited_again_and_an_old_version_is_not_reviewed(
    film, heard, person
):
    review(heard, by=person, now=NOW)
    again = edited(current(film), person)
    assert (again.kind, again.reviewer_name, again.label) == (Kind.EDITED, "", "edited")
    with pytest.raises(Refused, match="not the one shown"):
        review(heard, by=person, now=NOW)
