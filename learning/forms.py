"""What learners send: watched segments, and the answers to a quiz."""

import datetime
import json
import math
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from courses.models import QuizPage
from courses.questions.kinds import KINDS

CLOCKS_AGREE = datetime.timedelta(minutes=1)  # a browser's clock and ours: a report's way included


class WatchingForm(forms.Form):
    """A report of the player: `segments` as JSON, [[start, end], …] in seconds, and `position`.

    `sent` and `age`, in milliseconds, say when the learner was there: the browser's clock as it
    sent the report, since 1970, and how long ago that was. As many segments as fit in what the
    view reads: refused for their number they would only be sent again, and what is stored of them
    is their union.
    """

    segments = forms.CharField()
    position = forms.FloatField(min_value=0)
    sent = forms.IntegerField(required=False, min_value=0, max_value=10**14)
    age = forms.IntegerField(required=False, min_value=0, max_value=10**12)

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

    def position_at(self, now: datetime.datetime) -> datetime.datetime:
        """Return when the learner was at the position: by the browser's clock, or if that is wrong,
        by ours as the report arrives.
        """
        sent = datetime.datetime.fromtimestamp(
            (self.cleaned_data["sent"] or 0) / 1000, datetime.UTC
        )
        age = datetime.timedelta(milliseconds=self.cleaned_data["age"] or 0)
        return (sent if abs(now - sent) <= CLOCKS_AGREE else now) - age

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
