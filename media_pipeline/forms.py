"""What an author fills in to bring a film in, and to find one."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm

from media_pipeline.models import Recording

MOST_SCRIPT = 200_000  # characters: twenty hours of speech


class UploadForm(forms.Form):
    """A film and what its author knows of it. The worker judges the file itself."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=150,
        help_text=gettext_lazy("What the film is about, as learners will read it."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language spoken"),
        choices=Recording.Language.choices,
        initial=Recording.Language.ENGLISH,
    )
    film = forms.FileField(
        label=gettext_lazy("Film"),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": "video/*"}),
        error_messages={
            "empty": gettext_lazy("The file is empty. Choose the film again, then upload it."),
            "required": gettext_lazy("Choose the film, for instance an MP4."),
        },
    )
    script = forms.CharField(
        label=gettext_lazy("Script"),
        required=False,
        max_length=MOST_SCRIPT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "If the film was read from a script, paste what is said, word for word: the captions "
            "will then have exactly these words. Leave it empty to have the speech recognised."
        ),
    )
    glossary = forms.CharField(
        label=gettext_lazy("Names and terms"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One a line: people, places and words that are easily misheard. Not needed with a "
            "script."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["film"].help_text = _(
            "An MP4 is best; most films from telephones and editors will do. With sound, at most "
            "%(size)s and %(minutes)s minutes."
        ) % {
            "size": filesizeformat(settings.MEDIA_MAX_BYTES),
            "minutes": settings.MEDIA_MAX_SECONDS // 60,
        }

    def clean_film(self) -> UploadedFile:
        film: UploadedFile = self.cleaned_data["film"]
        if film.size and film.size > settings.MEDIA_MAX_BYTES:
            raise forms.ValidationError(
                _(
                    "This film is %(size)s; the most this site takes is %(most)s. Nothing was "
                    "kept. Export the film at a lower quality, then upload it."
                ),
                params={
                    "size": filesizeformat(film.size),
                    "most": filesizeformat(settings.MEDIA_MAX_BYTES),
                },
            )
        return film

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        language = data.get("language")
        if data.get("script", "").strip() and language and language != Recording.Language.ENGLISH:
            self.add_error(
                "script",
                _("A script can only be matched to English speech so far. Leave it empty."),
            )
        return data


class FindForm(BaseFilterForm):
    """Narrows the films offered to those with certain words in their title."""

    q = forms.CharField(label=gettext_lazy("Words in the title"), required=False)

    def filter(self, objects: QuerySet[Recording]) -> QuerySet[Recording]:
        """Keep the films whose title contains what was typed."""
        words = self.cleaned_data["q"].strip()
        if words:
            self.is_searching, self.search_query = True, words
            objects = objects.filter(title__icontains=words)
        return objects
