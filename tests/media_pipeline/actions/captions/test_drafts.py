"""What people do with captions: edit, publish, review, compare; and what a re-run may not do."""

import datetime
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from media_pipeline import listeners
from media_pipeline.actions.captions.comparison import compare, compare_token, take_from
from media_pipeline.actions.captions.drafts import (
    DraftChangedError,
    begin_editing,
    discard_draft,
    keep_apart,
    save_draft,
    write_from_nothing,
)
from media_pipeline.actions.captions.publication import MovedOnError, publish, review
from media_pipeline.actions.captions.versions import cues_of, keep_cues
from media_pipeline.actions.job_steps.composition import compose, keep_words
from media_pipeline.models import CaptionTrack, Job
from media_pipeline.steps.words import Cue, Word
from tests.factories.media_pipeline import JobFactory, ReadyFilmFactory
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime.datetime(2026, 11, 21, 12))
Kind, Stage = CaptionTrack.Kind, CaptionTrack.Stage


def spoken(text, start=1.0):
    """Words at two a second, as a recogniser gives them."""
    words = text.split()
    return [Word(one, start + n / 2, start + n / 2 + 0.4, 0.9) for n, one in enumerate(words)]


def hear(film, text, kind=Kind.AUTOMATIC, start=1.0):
    """Run recognition and composing, with what the recogniser hears; returns the job’s sentence."""
    as_json = [vars(word) for word in spoken(text, start)]
    speech, _made = Job.objects.get_or_create(
        film=film, step=Job.Step.TRANSCRIPTION, defaults={"position": 4}
    )
    speech.started_at = timezone.now()
    speech.save()
    keep_words(CaptionTrack(kind=kind, engine="sphinx", words=as_json), film)
    job = JobFactory.build(film=film, step=Job.Step.CAPTIONS)
    outcome = compose(job, None, lambda fraction: None)
    outcome.keep(film)
    return outcome.reason


def text_of(track):
    return " ".join(cue.sentence for cue in track.cues.all())


def current(film):
    return film.tracks.current().get()


def cue(start, end, text, **fields):
    return Cue(start, end, tuple(text.split("\n")) if text else (), **fields)


@pytest.fixture
def film():
    return ReadyFilmFactory(duration=60.0)


@pytest.fixture
def person():
    return MemberFactory(first_name="Edith", last_name="Editor")


@pytest.fixture
def other():
    return MemberFactory(first_name="Otto", last_name="Other")


@pytest.fixture
def heard(film):
    hear(film, "we remove the common today.")
    return current(film)


def edited(track, by, text="We remove the comment today."):
    """A person's edit of a version, published."""
    draft = begin_editing(track, by=by)
    if draft.is_current or not draft.is_draft:
        raise AssertionError("a draft was expected")
    cues = [cue(1.0, 4.0, text)]
    save_draft(draft, cues, revision=draft.revision, by=by, now=NOW)
    return publish(draft, by=by, now=NOW)


# --- runs again ------------------------------------------------------------------------------


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


def test_a_version_has_its_score_and_the_words_of_its_cues(heard):
    assert heard.score == 100.0
    words = heard.cues.get().words
    assert [word["text"] for word in words] == ["we", "remove", "the", "common", "today."]


def test_the_film_s_terms_are_not_parted_between_lines_or_cues(film):
    text = "we asked for the annual general meeting of the whole constituency party in the evening"
    film.glossary = "constituency party\nannual general meeting"
    film.save()
    hear(film, text)
    for part in current(film).cues.all():
        assert "constituency\n" not in part.text
        assert "annual\n" not in part.text
        assert "general\n" not in part.text


# --- drafts ----------------------------------------------------------------------------------


def test_editing_begins_with_a_copy_of_the_version_and_its_word_times(heard, person):
    draft = begin_editing(heard, by=person)
    assert (draft.kind, draft.stage, draft.version) == (Kind.EDITED, Stage.DRAFT, 2)
    assert (draft.based_on, draft.made_by, draft.is_current) == (heard, person, False)
    assert cues_of(draft) == cues_of(heard)
    assert draft.words == []  # half a megabyte an hour is kept once


def test_a_person_has_one_draft_however_often_she_begins(heard, person, other):
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
    apart = keep_apart(draft, [cue(1, 2, "Second.")], by=person)
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


# --- what viewers get ------------------------------------------------------------------------


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


# --- comparing -------------------------------------------------------------------------------


def test_the_comparison_sets_the_edit_between_what_it_began_from_and_what_is_new(
    film, heard, person
):
    mine = edited(heard, person)
    hear(film, "we remove the common to day.")
    new = film.tracks.waiting().get()
    found = compare(mine, new)
    assert (found.base, found.mine, found.new) == (heard, mine, new)
    assert [one.change for one in found.passages] == ["both"]


def test_what_a_person_chose_becomes_a_draft_and_all_versions_stay(film, heard, person):
    mine = edited(heard, person)
    hear(film, "something new.")
    new = film.tracks.waiting().get()
    token = compare(mine, new).token
    kept = take_from(mine, new, {0: "mine"}, token=token, by=person)
    assert text_of(kept) == "We remove the comment today."
    assert current(film) == mine
    assert not film.tracks.waiting().exists()  # it has been dealt with
    assert film.tracks.count() == 4
    taken = take_from(mine, new, {0: "new"}, token=token, by=person)
    assert text_of(taken) == "something new."
    assert (taken.kind, taken.based_on) == (Kind.EDITED, mine)


def test_the_next_re_run_is_compared_with_the_one_dealt_with(film, heard, person):
    mine = edited(heard, person)
    hear(film, "something new.")
    second = film.tracks.waiting().get()
    token = compare(mine, second).token
    take_from(mine, second, {}, token=token, by=person)
    hear(film, "something new.")
    third = film.tracks.waiting().get()
    found = compare(mine, third)
    assert found.base == second
    assert [one.change for one in found.passages] == ["mine"]  # the re-run heard nothing new


def test_choices_made_on_an_older_state_are_not_applied(film, heard, person):
    draft = begin_editing(heard, by=person)
    hear(film, "something new.")
    new = current(film)
    token = compare(draft, new).token
    save_draft(draft, [cue(1, 2, "x")], revision=0, by=person, now=NOW)
    before = film.tracks.count()
    with pytest.raises(Refused, match="changed since this page was loaded"):
        take_from(draft, new, {0: "new"}, token=token, by=person)
    assert film.tracks.count() == before
