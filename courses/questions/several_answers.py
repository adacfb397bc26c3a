"""A question of which several answers may be right; it takes all of them, and no other."""

from functools import partial

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.questions.kind import QuestionKind


def problem(correct: int) -> str:
    """Return why a question with so many correct answers cannot be of this kind, or nothing."""
    return "" if correct else _("Mark at least one answer as correct.")


def is_right(correct: frozenset[str], chosen: frozenset[str]) -> bool:
    """Say whether exactly the correct answers were chosen."""
    return chosen == correct


SEVERAL_ANSWERS = QuestionKind(
    name="many",
    label=gettext_lazy("several answers may be right"),
    hint=gettext_lazy("Select every correct answer."),
    problem=problem,
    field=partial(forms.MultipleChoiceField, widget=forms.CheckboxSelectMultiple),
    is_right=is_right,
)
