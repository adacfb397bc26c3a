"""Which picture is to stand for a film."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from media_pipeline.models import Film, Still

CLOCK = re.compile(
    r"(?:(?P<hours>\d{1,2}):)?(?:(?P<minutes>\d{1,3}):)?(?P<seconds>\d{1,5}(?:[.,]\d{1,3})?)",
    re.ASCII,
)


class PosterForm(forms.Form):
    """A still of the film, or the time of another picture, as in 75, 75.5 or 1:15."""

    still = forms.ModelChoiceField(queryset=Still.objects.none(), required=False)
    second = forms.CharField(required=False, max_length=16)

    def __init__(self, *args: Any, film: Film, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        still = cast(forms.ModelChoiceField, self.fields["still"])
        still.queryset = film.stills.all()

    def clean_second(self) -> float | None:
        text = self.cleaned_data["second"].strip()
        if not text:
            return None
        found = CLOCK.fullmatch(text)
        if not found:
            raise ValidationError(
                _("“%(text)s” is not a time. Write it as 75, 75.5 or 1:15; nothing was changed.")
                % {"text": text}
            )
        parts = found.groupdict()
        hours, minutes = int(parts["hours"] or 0), int(parts["minutes"] or 0)
        if parts["hours"] and not parts["minutes"]:  # 1:15 is a minute and 15 seconds
            hours, minutes = 0, hours
        return hours * 3600 + minutes * 60 + float(parts["seconds"].replace(",", "."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and data.get("still") is None and data.get("second") is None:
            raise ValidationError(_("Choose one of the pictures, or name a second."))
        return data

    def choice(self) -> dict[str, Any]:
        """What `choose_poster` takes; a time that was typed goes before a picture marked."""
        data = self.cleaned_data
        if data["second"] is not None:
            return {"second": data["second"]}
        return {"still": data["still"]}

    def sentence(self) -> str:
        """What is wrong, as one line."""
        return " ".join(str(one) for errors in self.errors.values() for one in errors)
