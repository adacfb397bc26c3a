"""A question of which exactly one answer is right."""

from functools import partial

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.questions.kind import QuestionKind


def problem(correct: int) -> str:
    """Return why a question with so many correct answers cannot be of this kind, or nothing."""
    if correct == 0:
        return _("Mark at least one answer as correct.")
    if correct > 1:
        return _("Only one answer may be correct, or choose the other kind.")
    return ""


def is_right(correct: frozenset[str], chosen: frozenset[str]) -> bool:
    """Say whether the one correct answer was chosen."""
    return chosen == correct


ONE_ANSWER = QuestionKind(
    name="one",
    label=gettext_lazy("one answer is right"),
    hint=gettext_lazy("Select one answer."),
    problem=problem,
    field=partial(forms.ChoiceField, widget=forms.RadioSelect),
    is_right=is_right,
)
