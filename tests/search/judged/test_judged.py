"""Members' questions about the demonstration's content find what answers them, mostly at once.

A change of ranking, of stemming or of the vocabulary that loses answers is seen here first; what a
question is judged by stands in questions.yaml.
"""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from django.contrib.auth.models import AnonymousUser

from demo.loader import films
from party.models import Member
from party.models.audiences import audience_tokens
from search.actions import indexing
from tests.search.judged import demonstration
from tests.search.judged.judging import Answered, Judged, Shown, measured, place, report, taught

# so that it comes before tests that empty the database
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

GIVEN = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text(encoding="utf-8"))
QUESTIONS = [Judged(**{**one, "answers": tuple(one["answers"])}) for one in GIVEN]


class Asked:
    """What members, and people who are not signed in, are shown for each question."""

    members: Answered
    strangers: Answered
    names: set[str]


@pytest.fixture(scope="module")
def asked(once):
    demonstration.load()
    indexing.rebuild_index()
    names, told = demonstration.Names(), Asked()
    told.names = names.all
    member = audience_tokens(Member.objects.get(email="member@demo.example"))
    stranger = audience_tokens(AnonymousUser())
    told.members = {one: names.shown(one.q, member) for one in QUESTIONS}
    told.strangers = {one: names.shown(one.q, stranger) for one in QUESTIONS}
    return told


def test_the_answer_stands_first_or_among_the_first_five(asked):
    found = measured(taught(asked.members))

    assert found.success_at_1 >= 0.85, report(asked.members)
    assert found.success_at_5 >= 0.97, report(asked.members)


def test_nobody_finds_anything_without_being_a_member(asked):
    found = {one for shown in asked.strangers.values() for one in shown if not one.aside}

    assert found == set()


def test_there_are_questions_of_every_kind():
    kinds = Counter(one.kind for one in QUESTIONS)

    assert len(QUESTIONS) >= 130
    assert len({one.q for one in QUESTIONS}) == len(QUESTIONS)
    assert min(kinds.values()) >= 5
    everyday = [one.held_out for one in QUESTIONS if one.kind == "everyday word"]
    assert sum(everyday) * 3 >= len(everyday)


def test_every_answer_is_something_that_can_be_found(asked):
    named = {answer for one in QUESTIONS for answer in one.answers}
    films_named = {name.rpartition(" ")[0] for name in named if name.startswith("film ")}

    assert {name for name in named if not name.startswith("film ")} <= asked.names
    assert films_named <= asked.names


def test_the_seconds_that_are_judged_lie_within_the_films():
    lengths = {film: words[-1].end for film, words in demonstration.words_said().items()}

    for one in QUESTIONS:
        for answer in one.answers:
            if answer.startswith("film "):
                _film, film, window = answer.split()
                first, last = map(float, window.split("-"))
                assert 0 <= first < last <= lengths[film] + 1, answer


def test_the_words_kept_are_those_that_are_said():
    for film in films.films():
        words = demonstration.words_said()[film["slug"]]
        assert [word.text for word in words] == films.script_of(film).split()
        assert all(a.end <= b.start + 0.01 for a, b in pairwise(words))


def test_a_place_counts_from_the_top():
    question = Judged("fact", "q", ("rule 1.I", "film one 10-12"))

    assert place(question, ()) is None
    assert place(question, (Shown("rule 1.II"), Shown("rule 1.I"))) == 2
    assert place(question, (Shown("film one", 9.9), Shown("film two", 11))) is None
    assert place(question, (Shown("film one", 10.0),)) == 1


def test_where_all_are_asked_for_one_that_is_missing_counts_as_none():
    question = Judged("citation", "q", ("rule 1", "rule 2"), all=True)

    assert place(question, (Shown("rule 2"), Shown("rule 1"))) == 1
    assert place(question, (Shown("rule 2"), Shown("rule 3"), Shown("rule 1"))) == 2
    assert place(question, (Shown("rule 2"), Shown("rule 3"))) is None


def test_a_meaning_aside_may_be_the_answer_and_takes_no_place():
    question = Judged("question", "q", ("rule 1.II.1",))
    meaning, other = Shown("rule 1.II.2", aside=True), Shown("rule 9")

    assert place(question, (other, Shown("rule 1.II.1", aside=True))) == 1
    assert place(question, (meaning, Shown("rule 1.II.1"))) == 1
    assert place(question, (meaning, other)) is None


def test_the_report_names_what_was_missed_and_what_stood_there():
    found = Judged("fact", "found", ("fact one",))
    missed = Judged("fact", "missed", ("fact two",), held_out=True)

    said = report({found: (Shown("fact one"),), missed: (Shown("film one", 3.0),)})

    assert "fact                  1 asked, 1.000 first, 1.000 in 5" in said
    assert "held out              1 asked, 0.000 first, 0.000 in 5" in said
    assert "all                   2 asked, 0.500 first, 0.500 in 5" in said
    assert "  –  missed  [fact two]  film one 3.0" in said
    assert "found  [" not in said
