"""What an officer fills in to have a clip made."""

import math
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media_pipeline.models import Clip

CLOSE = 0.05  # seconds: times that differ by less are the same


class ClipForm(forms.Form):
    """What a clip shall be. `start` and `end` are seconds of the film, `lines` its transcript."""

    start = forms.FloatField(label=gettext_lazy("First line"), min_value=0)
    end = forms.FloatField(label=gettext_lazy("Last line"), min_value=0)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=80,
        help_text=gettext_lazy("In large type on the first two seconds."),
        error_messages={
            "required": gettext_lazy("Enter a title: it is shown at the start of the clip.")
        },
    )
    shape = forms.ChoiceField(
        label=gettext_lazy("Shape"),
        choices=Clip.Shape.choices,
        initial=Clip.Shape.UPRIGHT,
        widget=forms.RadioSelect,
    )
    imprint = forms.CharField(
        label=gettext_lazy("Imprint"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Who promotes this clip: the name and address of the promoter, and of anyone on whose "
            "behalf it is published. It stays in the picture from beginning to end."
        ),
        error_messages={
            "required": gettext_lazy("Enter the imprint: the name and address of the promoter.")
        },
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("I have read the imprint, and it is right for this clip"),
        error_messages={
            "required": gettext_lazy("Read the imprint, then tick that it is right for this clip.")
        },
    )

    def __init__(self, *args: Any, lines: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for name in ("start", "end"):
            self.fields[name].error_messages["required"] = (
                _("Choose the first and the last line of the clip.")
                if lines
                else _("Give the second at which the clip begins, and the one at which it ends.")
            )

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_imprint(self) -> str:
        return " ".join(self.cleaned_data["imprint"].split())

    def second(self, name: str) -> float | None:
        """What `start` or `end` is on the page, put right or not; None where it is no number."""
        try:
            found = float(self[name].value())
        except (TypeError, ValueError):
            return None
        return found if math.isfinite(found) else None

    def rows(self) -> list[dict[str, Any]]:
        """The lines of the transcript, each with whether it is the first or the last chosen."""
        start, end = self.second("start"), self.second("end")
        after = [at for at, line in enumerate(self.lines) if line["end"] > (start or 0) + CLOSE]
        before = [at for at, line in enumerate(self.lines) if line["start"] < (end or 0) - CLOSE]
        first = after[0] if start is not None and after else None
        last = before[-1] if end is not None and before else None
        return [
            {**line, "first": at == first, "last": at == last} for at, line in enumerate(self.lines)
        ]
