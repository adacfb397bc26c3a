"""What librarians fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from library.rules.models import Work


class VersionForm(forms.Form):
    """What changed since the version before."""

    note = forms.CharField(
        label=_("What changed?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. People who know the previous version read this first."),
    )


class ImportForm(forms.Form):
    """A file of rules: of a work that is there, or of a new one."""

    work = forms.ModelChoiceField(
        label=_("Work"),
        queryset=Work.objects.all(),
        required=False,
        empty_label=_("New work (enter its details below)"),
    )
    title = forms.CharField(label=_("Title of the new work"), max_length=200, required=False)
    slug = forms.SlugField(
        label=_("Address of the new work"),
        max_length=60,
        required=False,
        help_text=_("Small letters, digits and hyphens, as in /rules/standing-orders/."),
    )
    kind = forms.ChoiceField(
        label=_("Type of the new work"), choices=Work.Kind.choices, required=False
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
        help_text=_(
            "Markdown, HTML, Word (DOCX), PDF, or JSON downloaded from this hub. Up to 20 MB."
        ),
        error_messages={"empty": _("The file is empty. Choose another file.")},
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
