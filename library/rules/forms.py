"""What librarians fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from library.rules.models import Provision, Work


class VersionForm(forms.Form):
    """What changed since the version before."""

    note = forms.CharField(
        label=_("What changed?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. People who know the previous version read this first."),
    )


class IntroductionForm(forms.Form):
    """What stands above the contents of an edition."""

    introduction = forms.CharField(
        label=_("Introduction"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Shown above the contents. Leave an empty line to start a new paragraph."),
    )


class ImportForm(forms.Form):
    """A file of rules: of a work that is there, or of a new one."""

    work = forms.ModelChoiceField(
        label=_("Work"),
        queryset=Work.objects.all(),
        required=False,
        empty_label=_("A new work, named below"),
    )
    title = forms.CharField(label=_("Title of the new work"), max_length=200, required=False)
    slug = forms.SlugField(
        label=_("Its address"),
        max_length=60,
        required=False,
        help_text=_("Small letters, digits and hyphens, as in /rules/standing-orders/."),
    )
    kind = forms.ChoiceField(
        label=_("What the new work is"), choices=Work.Kind.choices, required=False
    )
    label = forms.CharField(
        label=_("Label of the edition"),
        max_length=80,
        help_text=_(
            "What members will see, such as “2026 edition”. It is also used in its address."
        ),
    )
    in_force_from = forms.DateField(label=_("In force from"), widget=AdminDateInput)
    file = forms.FileField(
        label=_("File"),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".md,.html,.htm,.docx,.pdf,.json"}),
        help_text=_("Markdown, HTML, Word (DOCX), PDF or this hub’s JSON, of 20 MB at most."),
        error_messages={"empty": _("The file is empty. Choose the one that holds the rules.")},
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("work"):
            for name in ("title", "slug"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Enter this for a new work, or choose a work above."))
            if Work.objects.filter(slug=values.get("slug") or "").exists():
                self.add_error("slug", _("There is a work at this address. Choose it above."))
        return values

    def chosen_work(self) -> Work:
        """Return the work chosen, or a new one that is not yet saved."""
        values = self.cleaned_data
        return values["work"] or Work(
            title=values["title"], slug=values["slug"], kind=values["kind"]
        )


class WordsForm(forms.Form):
    """A provision's heading and text, put right."""

    heading = forms.CharField(label=_("Heading"), required=False, max_length=300)
    text = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class NumberForm(forms.Form):
    """A provision's number, and whether those after it follow."""

    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    following = forms.BooleanField(
        label=_("Number those that follow it on this level after it"), required=False
    )


class ProvisionKindForm(forms.Form):
    """What a provision is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Provision.Kind.choices)


class SplitForm(forms.Form):
    """A provision's text in two parts; their words together are the words it has."""

    first = forms.CharField(
        label=_("What stays"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Cut what belongs to the second out of here …"),
    )
    second = forms.CharField(
        label=_("What becomes the next provision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("… and paste it here. A number at its beginning becomes its number."),
    )

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, second = values.get("first", ""), values.get("second", "")
        if _letters(first + second) != _letters(self.text):
            raise forms.ValidationError(
                _("Here the text is only divided. To change words too, use “Words”.")
            )
        return values

    def at(self) -> int:
        """Return before which character of the text the second part begins."""
        wanted, found = len(_letters(self.cleaned_data["first"])), 0
        for index, character in enumerate(self.text):
            if found == wanted and not character.isspace():
                return index
            found += not character.isspace()
        return len(self.text)


def _letters(text: str) -> str:
    return "".join(text.split())


class LeaveOutForm(forms.Form):
    """Why a provision is no part of the rules."""

    reason = forms.CharField(label=_("Why is it left out?"), max_length=200)
    below = forms.BooleanField(
        label=_("Leave out what stands below it too (else that takes its place)"), required=False
    )


class PutInForm(forms.Form):
    """Where some left-out text goes."""

    index = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("As a"), choices=Provision.Kind.choices)
    below = forms.BooleanField(required=False, widget=forms.HiddenInput)


class AudienceForm(forms.Form):
    """Who may read a provision and all below it."""

    audience = forms.ChoiceField(
        label=_("Who may read it and all below it?"), choices=Work.Audience.choices
    )
