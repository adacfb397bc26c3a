"""What editors and local parties fill in."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from library.models import FactCard, Provision, Work
from party.forms import OwnedForm
from party.models import Region, Role

LONGEST_LINE = 300  # characters that a local party may fill into a blank of one line
LONGEST_ANSWER = 4_000  # and of several
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # turn writing round


class WithdrawalForm(forms.Form):
    """Why a fact card should not be shared any more."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever opens the card, or shared it, reads this."),
    )


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
                _("This has %(length)s characters, and %(most)s fit. Shorten it; nothing was lost.")
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


class VersionForm(forms.Form):
    """What changed since the version before."""

    note = forms.CharField(
        label=_("What changed?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence or two. Whoever knows the version before reads this first."),
    )


class IntroductionForm(forms.Form):
    """What stands above the contents of an edition."""

    introduction = forms.CharField(
        label=_("Introduction"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("It is read above the contents. An empty line begins a new paragraph."),
    )


class CirculationForm(forms.Form):
    """To whom a version is sent, with which words, and by when they should have read it."""

    roles = forms.ModelMultipleChoiceField(
        Role.objects.all(),
        label=_("Who holds one of these roles"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    regions = forms.ModelMultipleChoiceField(
        Region.objects.all(),
        label=_("In these regions and nations"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: everywhere."),
    )
    message = forms.CharField(
        label=_("A few words to them"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They stand above the text. E-mails hold only its title and a link."),
    )
    due_on = forms.DateField(
        label=_("To be acknowledged by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PictureForm(forms.Form):
    """A fact's picture with the imprint of whoever publishes it."""

    imprint = forms.CharField(label=_("Imprint"), max_length=200)
    shape = forms.ChoiceField(choices=[("wide", _("Wide")), ("square", _("Square"))])


class FactFilter(forms.Form):
    """What narrows the list of facts."""

    q = forms.CharField(
        label=_("Words in a fact"), required=False, max_length=200, widget=forms.SearchInput
    )
    kind = forms.ChoiceField(
        label=_("What it rests on"),
        required=False,
        choices=[("", _("Law and data")), *FactCard.Kind.choices],
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("All that hold")),
            *(each for each in FactCard.Status.choices if each[0] != FactCard.Status.DRAFT),
        ],
    )


class FactForm(OwnedForm, WagtailAdminModelForm):
    """A fact card as an editor types it; one that has gone live asks what changed."""

    note = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=300,
        help_text=_("Needed once a card has gone live: readers see it beside the versions."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        live = self.instance.pk and self.instance.state != FactCard.State.DRAFT
        content = {*FactCard.CONTENT, "topics"} & {*self.changed_data}
        if live and content and not cleaned.get("note"):
            self.add_error("note", _("Say what changed: readers see it."))
        if live and "slug" in self.changed_data:
            self.add_error("slug", _("It has gone live, so it keeps its address."))
        return cleaned


class SeriesForm(OwnedForm, WagtailAdminModelForm):
    """A series as an editor types it."""


class ReasonForm(forms.Form):
    """Why a card is looked at again."""

    reason = forms.CharField(
        label=_("Why is it looked at again?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever opens the card reads this."),
    )


class KeepingForm(forms.Form):
    """That a card still holds: as at which day, and when to look again."""

    as_at = forms.DateField(label=_("As at"), help_text=_("The day on which it was true."))
    review_by = forms.DateField(label=_("Review by"))
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        as_at, review_by = cleaned.get("as_at"), cleaned.get("review_by")
        if as_at and review_by and review_by <= as_at:
            self.add_error("review_by", _("The review-by date must come after the as-at date."))
        return cleaned


class SupersedingForm(forms.Form):
    """Which card stands in another's place."""

    by_card = forms.ModelChoiceField(
        label=_("Which card stands in its place?"), queryset=FactCard.objects.published()
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, help_text=_("What is different now.")
    )


class SheetForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV or XLSX, at most 5 MB, with headings in its first row."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
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
        help_text=_("As members will read it, such as “2026 edition”. It becomes its address too."),
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
                    self.add_error(name, _("A new work needs this. Or choose a work above."))
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
