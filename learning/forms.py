"""What learners send: watched segments, and the answers to a quiz."""

import json
import math
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from courses.models import QuizPage
from courses.questions.kinds import KINDS


class WatchingForm(forms.Form):
    """A report of the player: `segments` as JSON, [[start, end], …] in seconds, and `position`.

    As many segments as fit in what the view reads: refused for their number they would only be
    sent again, and what is stored of them is their union.
    """

    segments = forms.CharField()
    position = forms.FloatField(min_value=0)

    def clean_segments(self) -> list[tuple[float, float]]:
        try:
            given = json.loads(self.cleaned_data["segments"])
            if not isinstance(given, list):
                raise TypeError
            segments = [(float(start), float(end)) for start, end in given]
        except (ValueError, TypeError, OverflowError, RecursionError):
            raise forms.ValidationError(
                _("The player’s report could not be read. What was saved before is kept.")
            ) from None
        if not all(math.isfinite(second) for segment in segments for second in segment):
            raise forms.ValidationError(
                _("The player’s report is not valid. What was saved before is kept.")
            )
        return segments

    def first_error(self) -> str:
        """Return the first error as a sentence."""
        return str(next(iter(self.errors.values()))[0])


class QuizForm(forms.Form):
    """One field a question, named after the question's id; answers are named after theirs."""

    def __init__(self, quiz: QuizPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(quiz.questions, 1):
            self.fields[question.id] = self._field(number, question.value)

    def _field(self, number: int, question: Any) -> forms.Field:
        errors = {
            "required": _("Answer question %(number)d.") % {"number": number},
            "invalid_choice": _("Question %(number)d has changed. Answer it again.")
            % {"number": number},
        }
        choices = [(answer.id, answer.value["text"]) for answer in question["answers"].bound_blocks]
        return KINDS[question["kind"]].field_for(question["text"], choices, errors)

    def chosen(self) -> dict[str, list[str]]:
        """Return the chosen answers' ids by question id."""
        return {
            question: list(answer) if isinstance(answer, list) else [answer]
            for question, answer in self.cleaned_data.items()
        }
