"""When a lesson counts as done."""

import pytest

from courses.models import LessonPage
from learning.criteria.lessons import NEEDED_SHARE, criteria_met, needed_percent
from learning.criteria.unmet import CriteriaNotMet
from learning.models import LessonProgress
from media_pipeline.models import Film


def watched(seconds):
    return LessonProgress(segments=[[0.0, seconds]])


@pytest.fixture
def lesson(db):
    return LessonPage(film=Film(duration=100.0))


def test_a_lesson_without_a_film_is_done_by_saying_so(db):
    assert criteria_met(LessonPage(), None, read_transcript=False) == {"kind": "declared"}


def test_exactly_the_needed_share_of_a_film_is_enough(lesson):
    met = criteria_met(lesson, watched(100 * NEEDED_SHARE), read_transcript=False)
    assert met == {"kind": "watched", "needed_share": 0.9, "watched_share": 0.9}


@pytest.mark.parametrize(("progress", "percent"), [(None, 0), (watched(89.9), 89)])
def test_less_says_how_much_was_watched_and_how_much_it_takes(lesson, progress, percent):
    with pytest.raises(CriteriaNotMet) as refusal:
        criteria_met(lesson, progress, read_transcript=False)
    share = f"You have watched {percent} per cent of the film and need {needed_percent()}."
    assert refusal.value.sentence.startswith(share)


def test_reading_the_transcript_is_enough_and_kept_beside_what_was_watched(lesson):
    met = criteria_met(lesson, watched(10.0), read_transcript=True)
    assert met == {"kind": "transcript", "needed_share": 0.9, "watched_share": 0.1}
