"""What a kind of question is."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise

Choices = Sequence[tuple[str, str]]  # an answer's id and its text


@dataclasses.dataclass(frozen=True)
class QuestionKind:
    """How a question is written, asked and marked. Each kind is one file of this folder.

    `name` is stored with the question and never changes; `label` is what an author chooses, `hint`
    what a learner reads. `problem` returns why nobody could answer, given how many answers are
    correct, or nothing. `field` makes the learner's form field of a question's answers. `is_right`
    marks: the ids of the correct answers, and of those chosen.
    """

    name: str
    label: str | Promise
    hint: str | Promise
    problem: Callable[[int], str]
    field: Callable[..., forms.Field]
    is_right: Callable[[frozenset[str], frozenset[str]], bool]

    def field_for(self, text: str, choices: Choices, errors: dict[str, Any]) -> forms.Field:
        """Return the form field in which a learner answers."""
        return self.field(label=text, choices=choices, help_text=self.hint, error_messages=errors)
