"""Each kind of question: what an author may write, how it is asked, and how it is marked."""

import pytest
from django import forms

from courses.questions.kinds import KINDS

CHOICES = [("a", "Yes"), ("b", "No"), ("c", "Perhaps")]


@pytest.mark.parametrize(
    ("kind", "correct", "problem"),
    [
        ("one", 0, "Mark at least one answer as correct."),
        ("one", 1, ""),
        ("one", 2, "Only one answer may be correct, or choose the other kind."),
        ("many", 0, "Mark at least one answer as correct."),
        ("many", 1, ""),
        ("many", 3, ""),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(kind, correct, problem):
    assert KINDS[kind].problem(correct) == problem


@pytest.mark.parametrize(
    ("kind", "correct", "chosen", "right"),
    [
        ("one", "a", "a", True),
        ("one", "a", "b", False),
        ("one", "a", "", False),
        ("many", "ab", "ba", True),
        ("many", "ab", "a", False),
        ("many", "ab", "abc", False),
        ("many", "ab", "", False),
    ],
)
def test_only_all_the_correct_answers_and_no_other_are_right(kind, correct, chosen, right):
    assert KINDS[kind].is_right(frozenset(correct), frozenset(chosen)) is right


@pytest.mark.parametrize(
    ("kind", "widget", "sent", "cleaned"),
    [
        ("one", forms.RadioSelect, "a", "a"),
        ("many", forms.CheckboxSelectMultiple, ["a", "c"], ["a", "c"]),
    ],
)
def test_a_learner_is_asked_with_the_answers_and_a_hint(kind, widget, sent, cleaned):
    field = KINDS[kind].field_for("May they?", CHOICES, {"required": "No answer yet."})
    assert (field.label, list(field.choices), type(field.widget)) == ("May they?", CHOICES, widget)
    assert field.help_text == KINDS[kind].hint
    assert field.clean(sent) == cleaned
    with pytest.raises(forms.ValidationError, match="No answer yet"):
        field.clean(type(sent)())


def test_names_are_stored_and_never_change():
    assert list(KINDS) == ["one", "many"]
