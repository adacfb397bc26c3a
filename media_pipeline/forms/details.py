"""What an author can put right about a film that is here already."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from media_pipeline.forms.upload import refuse_foreign_script, refuse_long
from media_pipeline.models import Film, Glossary


class DetailsForm(forms.ModelForm):
    """Title, language, script and glossaries; captions change only when speech is done again."""

    again = forms.BooleanField(
        label=gettext_lazy("Make the captions again with this"),
        required=False,
        help_text=gettext_lazy(
            "Captions that a person has edited stay; the new ones wait beside them as a draft."
        ),
    )

    class Meta:
        model = Film
        fields = ["title", "language", "script", "glossaries", "glossary"]
        widgets = {
            "script": forms.Textarea(attrs={"rows": 8}),
            "glossary": forms.Textarea(attrs={"rows": 4}),
            "glossaries": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "script": gettext_lazy("What is said, word for word; empty to have it recognised."),
            "glossary": gettext_lazy("One a line: what is easily misheard, or “heard = meant”."),
            "glossaries": gettext_lazy("The site’s own glossaries are always used."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Glossary.objects.filter(is_everywhere=False)
        self.fields["glossaries"].queryset = choices  # type: ignore[attr-defined]  # of this field
        if not choices.exists():
            del self.fields["glossaries"]
        if self.instance.captions_given:
            del self.fields["script"]
            del self.fields["again"]

    def clean_script(self) -> str:
        script: str = self.cleaned_data["script"]
        refuse_long(script)
        return script

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_foreign_script(self, data)
        return data

    def _post_clean(self) -> None:
        """Leave the film in memory as it is: the action compares and writes."""
