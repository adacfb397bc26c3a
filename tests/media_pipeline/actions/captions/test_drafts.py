"""Drafts: begun, saved, kept apart, discarded; nothing a person wrote is lost."""

import datetime
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from media_pipeline.actions.captions.drafts import (
    DraftChangedError,
    begin_editing,
    discard_draft,
    save_as_own_draft,
    save_draft,
    write_from_nothing,
)
from media_pipeline.actions.captions.publication import publish
from media_pipeline.actions.captions.versions import cues_of
from tests.media_pipeline.actions.conftest import NOW, Kind, Stage, cue, spoken, text_of

pytestmark = pytest.mark.django_db


def test_editing_begins_with_a_copy_of_the_version_and_its_word_times(heard, person):
    draft = begin_editing(heard, by=person)
    assert (draft.kind, draft.stage, draft.version) == (Kind.EDITED, Stage.DRAFT, 2)
    assert (draft.based_on, draft.made_by, draft.is_current) == (heard, person, False)
    assert cues_of(draft) == cues_of(heard)
    assert draft.words == []  # half a megabyte an hour is kept once


def test_a_person_has_one_draft_however_often_they_begin(heard, person, other):
    first = begin_editing(heard, by=person)
    assert begin_editing(heard, by=person) == first
    assert begin_editing(heard, by=other) != first
    assert ModelLogEntry.objects.filter(action="media_pipeline.edit_captions").count() == 2


def test_captions_can_be_written_where_no_speech_was_found(film, person):
    draft = write_from_nothing(film, by=person)
    assert (draft.version, draft.based_on, draft.cues.count()) == (1, None, 0)
    assert write_from_nothing(film, by=person) == draft


def test_saving_keeps_cues_speakers_and_score_and_moves_the_revision(heard, person):
    draft = begin_editing(heard, by=person)
    cues = [
        cue(0.5, 2, "Hello.", speaker=" Ann \n Example"),
        cue(2, 9.5, "Too long for the rules."),
    ]
    saved = save_draft(draft, cues, revision=0, by=person, now=NOW)
    assert (saved.revision, saved.updated_at) == (1, NOW)
    assert 0 < saved.score < 100
    rows = [(one.position, one.start, one.end, one.text, one.speaker) for one in saved.cues.all()]
    assert rows == [
        (1, 0.5, 2.0, "Hello.", "Ann Example"),
        (2, 2.0, 9.5, "Too long for the rules.", ""),
    ]


def test_of_two_windows_the_slower_is_told_and_loses_nothing(heard, person):
    draft = begin_editing(heard, by=person)
    save_draft(draft, [cue(1, 2, "First.")], revision=0, by=person, now=NOW)
    with pytest.raises(DraftChangedError) as refused:
        save_draft(draft, [cue(1, 2, "Second.")], revision=0, by=person, now=NOW)
    assert "changed in another window at 12:00" in refused.value.sentence
    assert text_of(draft) == "First."
    apart = save_as_own_draft(draft, [cue(1, 2, "Second.")], by=person)
    assert (text_of(apart), text_of(draft)) == ("Second.", "First.")
    assert apart.based_on == heard


def test_the_same_sent_twice_is_no_conflict(heard, person):
    draft = begin_editing(heard, by=person)
    for _time in range(2):
        saved = save_draft(draft, [cue(1, 2, "x")], revision=0, by=person, now=NOW)
        assert saved.revision == 1


@pytest.mark.parametrize(
    ("cues", "sentence"),
    [
        ([cue(2, 1, "x")], "Cue 1 ends at 00:00:01.000, but begins at 00:00:02.000 only."),
        ([cue(1, 1.0002, "x")], "Cue 1 ends at"),
        ([cue(-1, 1, "x")], "a time that no film has"),
        ([cue(1, 9e9, "x")], "a time that no film has"),
        ([cue(3, 4, "x"), cue(1, 2, "y")], "Cue 2 begins at 00:00:01.000, before cue 1 does"),
        ([cue(1, 2, "x" * 601)], "Cue 1 has 601 characters in 1 lines; the most is 600 in 6"),
        ([cue(1, 2, "a\nb\nc\nd\ne\nf\ng")], "in 7 lines"),
        ([cue(1, 2, "x", speaker="y" * 81)], "a name of more than 80 characters"),
        ([cue(n, n + 1, "x") for n in range(10_001)], "There are 10001 cues"),
    ],
)
def test_what_no_track_can_hold_is_refused_and_the_draft_stays(heard, person, cues, sentence):
    draft = begin_editing(heard, by=person)
    with pytest.raises(Refused) as refused:
        save_draft(draft, cues, revision=0, by=person, now=NOW)
    assert sentence in refused.value.sentence
    draft.refresh_from_db()
    assert (draft.revision, text_of(draft)) == (0, "we remove the common today.")


def test_nobody_saves_into_another_s_draft_or_into_what_is_published(heard, person, other):
    draft = begin_editing(heard, by=person)
    with pytest.raises(Refused, match="somebody else’s"):
        save_draft(draft, [cue(1, 2, "x")], revision=0, by=other, now=NOW)
    with pytest.raises(Refused, match="no draft any more"):
        save_draft(heard, [cue(1, 2, "x")], revision=0, by=person, now=NOW)
    publish(draft, by=person, now=NOW)
    with pytest.raises(DraftChangedError, match="published since"):
        save_draft(draft, [cue(1, 2, "x")], revision=0, by=person, now=NOW)
    assert text_of(draft) == "we remove the common today."


def test_a_sitting_is_one_entry_in_the_log(heard, person):
    draft = begin_editing(heard, by=person)
    for revision, minute in enumerate((0, 1, 9, 30)):
        now = NOW + datetime.timedelta(minutes=minute)
        save_draft(draft, [cue(1, 2, "x")], revision=revision, by=person, now=now)
    assert ModelLogEntry.objects.filter(action="media_pipeline.save_captions").count() == 2


def test_saving_an_hour_of_cues_costs_few_queries(heard, person):
    draft = begin_editing(heard, by=person)
    cues = [cue(n * 3, n * 3 + 2, f"Cue number {n}.") for n in range(1200)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        save_draft(draft, cues, revision=0, by=person, now=NOW)
    assert draft.cues.count() == 1200
    assert len(queries) <= 20


def test_a_discarded_draft_is_gone_and_its_heirs_keep_their_descent(heard, person, other):
    draft = begin_editing(heard, by=person)
    heir = begin_editing(draft, by=other)
    with pytest.raises(Refused, match="somebody else’s"):
        discard_draft(draft, by=other)
    discard_draft(draft, by=person)
    heir.refresh_from_db()
    assert heir.based_on == heard
    with pytest.raises(Refused, match="no longer there"):
        discard_draft(draft, by=person)
    with pytest.raises(Refused, match="no draft any more"):
        discard_draft(heard, by=person)


times = st.integers(0, 50_000)


texts = st.text(st.characters(codec="utf-8"), max_size=80)


@st.composite
def ordered_cues(draw):
    starts = sorted(draw(st.lists(times, max_size=6)))
    return [
        cue(
            start / 1000,
            (start + draw(st.integers(1, 9000))) / 1000,
            draw(texts),
            speaker=draw(st.text(max_size=20)),
            words=tuple(spoken(draw(st.sampled_from(["", "we remove it", "to be or not"])))),
        )
        for start in starts
    ]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cues=ordered_cues())
def test_what_is_saved_can_be_saved_again_unchanged(heard, person, cues):
    draft = begin_editing(heard, by=person)
    for _time in range(2):
        draft = save_draft(draft, cues, revision=draft.revision, by=person, now=NOW)
        kept = cues_of(draft)
        assert len(kept) == len(cues)
        for row in kept:
            assert row.end > row.start >= 0
            assert "" not in row.lines
            texts_of_words = [word.text for word in row.words]
            assert texts_of_words in ([], " ".join(row.lines).split())
            assert all(a.start <= b.start for a, b in pairwise(row.words))
        if _time:
            assert kept == cues
        cues = kept
