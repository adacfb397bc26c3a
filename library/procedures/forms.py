"""What local parties fill in, and to whom a version is sent."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from party.models import Region, Role

LONGEST_LINE = 300  # characters that a local party may fill into a blank of one line
LONGEST_ANSWER = 4_000  # and of several
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # turn writing round


class PlainTextField(forms.CharField):
    """Words to be put into a document: no control characters, line ends only where asked for."""

    def __init__(self, *, long: bool, example: str, **kwargs: Any) -> None:
        self.long, self.most = long, LONGEST_ANSWER if long else LONGEST_LINE
        self.example = example
        widget = forms.Textarea({"rows": 4}) if long else forms.TextInput({"autocomplete": "off"})
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        text = "\n".join(str(value or "").splitlines())
        text = "".join(letter for letter in text if letter == "\n" or _may_be_written(letter))
        return (text if self.long else " ".join(text.split())).strip()

    def validate(self, value: str) -> None:
        if len(value) > self.most:
            raise forms.ValidationError(
                _("This is %(length)s characters. The limit is %(most)s.")
                % {"length": f"{len(value):,}", "most": f"{self.most:,}"}
            )


def _may_be_written(letter: str) -> bool:
    """Say whether a character is text: none that steers, turns the writing round or is half one."""
    return unicodedata.category(letter) not in ("Cc", "Cs") and letter not in TURNING


class FillingForm(forms.Form):
    """What a local party fills in: a field for each blank, none of which must be filled."""

    prefix = "in"

    def __init__(self, asked: Iterable[Mapping[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in asked:
            self.fields[each["key"]] = PlainTextField(
                long=each["long"],
                label=each["label"],
                help_text=each["help"],
                example=each["example"],
            )


class CirculationForm(forms.Form):
    """To whom a version is sent, with which words, and by when they should have read it."""

    roles = forms.ModelMultipleChoiceField(
        Role.objects.all(),
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    regions = forms.ModelMultipleChoiceField(
        Region.objects.all(),
        label=_("Regions and nations"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty for everywhere."),
    )
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown above the text. E-mails have only the title and a link."),
    )
    due_on = forms.DateField(
        label=_("Acknowledge by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
