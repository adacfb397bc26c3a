"""What editors of the knowledge bank fill in."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from library.facts.models import FactCard
from party.forms import OwnedForm

YEAR = datetime.timedelta(days=365)  # until the next review, as it is proposed


class WithdrawalForm(forms.Form):
    """Why a fact card should not be shared any more."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown to everyone who opens the card or shared it."),
    )


class PictureForm(forms.Form):
    """A fact's picture with the imprint of whoever publishes it."""

    imprint = forms.CharField(label=_("Imprint"), max_length=200)
    shape = forms.ChoiceField(choices=[("wide", _("Wide")), ("square", _("Square"))])


class FactFilter(forms.Form):
    """What narrows the list of facts."""

    q = forms.CharField(
        label=_("Search facts"), required=False, max_length=200, widget=forms.SearchInput
    )
    kind = forms.ChoiceField(
        label=_("Type"),
        required=False,
        choices=[("", _("All types")), *FactCard.Kind.choices],
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("Current")),
            *(each for each in FactCard.Status.choices if each[0] != FactCard.Status.DRAFT),
        ],
    )


class FactForm(OwnedForm, WagtailAdminModelForm):
    """A fact card as an editor types it; one that has gone live asks what changed."""

    note = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=300,
        help_text=_("Required once a card has gone live. Readers see it with the versions."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        live = self.instance.pk and self.instance.state != FactCard.State.DRAFT
        content = {*FactCard.CONTENT, "topics"} & {*self.changed_data}
        if live and content and not cleaned.get("note"):
            self.add_error("note", _("Say what changed: readers see it."))
        if live and "slug" in self.changed_data:
            self.add_error("slug", _("The address cannot change after the card has gone live."))
        return cleaned


class SeriesForm(OwnedForm, WagtailAdminModelForm):
    """A series as an editor types it."""


class ReviewForm(forms.Form):
    """Why a card is under review."""

    reason = forms.CharField(
        label=_("Why is it under review?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown to everyone who opens the card."),
    )


class ConfirmationForm(forms.Form):
    """That a card is still accurate: as at which day, and until when."""

    as_at = forms.DateField(
        label=_("As at"),
        help_text=_("The day on which it was true."),
        initial=timezone.localdate,
        widget=AdminDateInput,
    )
    review_by = forms.DateField(
        label=_("Review by"), initial=lambda: timezone.localdate() + YEAR, widget=AdminDateInput
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        as_at, review_by = cleaned.get("as_at"), cleaned.get("review_by")
        if as_at and review_by and review_by <= as_at:
            self.add_error("review_by", _("The review-by date must come after the as-at date."))
        return cleaned


class SupersessionForm(forms.Form):
    """Which card replaces another."""

    by_card = forms.ModelChoiceField(
        label=_("Which card replaces it?"), queryset=FactCard.objects.published()
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, help_text=_("What is different now.")
    )


class SheetForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_(
            "CSV or XLSX, up to 5 MB. The first row must have the headings. Only the first sheet"
            " of a workbook is read."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
