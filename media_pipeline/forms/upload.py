"""What an author fills in to bring a film in."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ground.refusals import Refused
from media_pipeline.models import Film, Glossary, Upload
from media_pipeline.steps.formats.readers import read_captions
from media_pipeline.steps.formats.writers import write_captions
from media_pipeline.steps.script import MOST_DOCX_BYTES, ScriptOrCues, read_script_or_cues
from party.permissions import Person

MOST_SCRIPT = 200_000  # characters: twenty hours of speech
MOST_CAPTIONS = 5_000_000  # characters of WebVTT that a refused form carries along


def refuse_long(script: str) -> None:
    """Raise ValidationError for a script longer than any film's."""
    if len(script) > MOST_SCRIPT:
        raise forms.ValidationError(
            _("This script is longer than %(most)s characters. Give the words of this film."),
            params={"most": f"{MOST_SCRIPT:,}"},
        )


def refuse_foreign_script(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """Add an error where there is a script, and the film is in a language that is not aligned."""
    language = data.get("language")
    if data.get("script", "").strip() and language and language != Film.Language.ENGLISH:
        sentence = _("A script can only be matched to English speech so far. Leave it empty.")
        form.add_error("script", sentence)


class UploadForm(forms.Form):
    """A film and what its author knows of it. The worker judges the film itself.

    The film is either a file sent with the form or an upload that has arrived (`arrived`); the
    words are pasted (`script`) or in a file (`words`), which may hold a script or captions. What a
    refused form has understood of its files is kept by `keep`, so that nothing is sent twice.
    """

    arrived = forms.UUIDField(required=False, widget=forms.HiddenInput)
    captions = forms.CharField(
        required=False, max_length=MOST_CAPTIONS, strip=False, widget=forms.HiddenInput
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=150,
        help_text=gettext_lazy("What the film is about, as learners will read it."),
    )
    film = forms.FileField(
        label=gettext_lazy("Film"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": "video/*,.mkv,.mts,.m2ts,.mxf"}),
        error_messages={
            "empty": gettext_lazy("The file is empty. Choose the film again, then upload it."),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language spoken"),
        choices=Film.Language.choices,
        initial=Film.Language.ENGLISH,
    )
    script = forms.CharField(
        label=gettext_lazy("Script"),
        required=False,
        max_length=MOST_SCRIPT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "If the film was read from a script, paste what is said, word for word: the captions "
            "will then have exactly these words. Leave it empty to make captions from the sound."
        ),
    )
    words = forms.FileField(
        label=gettext_lazy("Script or captions as a file"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.vtt,.srt,.ttml,.dfxp,.xml"}),
        help_text=gettext_lazy(
            "Instead of pasting it: a script as TXT or DOCX, or finished captions as VTT, SRT or "
            "TTML, which are taken over as they are."
        ),
        error_messages={"empty": gettext_lazy("This file is empty. Choose another, or none.")},
    )
    glossaries = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Glossaries"),
        queryset=Glossary.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The site’s own glossaries are always used."),
    )
    glossary = forms.CharField(
        label=gettext_lazy("Names and terms"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One a line: people, places and words of this film that are easily misheard, or what "
            "is heard and what is meant, as “heard = meant”. Not needed with a script."
        ),
    )

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        choices = Glossary.objects.filter(is_everywhere=False)
        self.fields["glossaries"].queryset = choices  # type: ignore[attr-defined]  # of this field
        if not choices.exists():
            del self.fields["glossaries"]
        # Shown as required; what is sent may instead carry an upload that has arrived.
        self.fields["film"].required = not self.is_bound and not self.upload
        self.fields["film"].help_text = _(
            "MP4 works best. The film must have sound. Up to %(size)s and %(minutes)s minutes."
        ) % {
            "size": filesizeformat(settings.MEDIA_MAX_BYTES),
            "minutes": settings.MEDIA_MAX_SECONDS // 60,
        }

    @property
    def upload(self) -> Upload | None:
        """The upload that the form names, if it is this person’s and still kept."""
        uuid = self["arrived"].value()
        try:
            named = self.fields["arrived"].clean(uuid)
        except forms.ValidationError:
            return None
        mine = Upload.objects.visible_to(self.user).select_related("film")
        return mine.filter(uuid=named).first() if named else None

    def clean_film(self) -> UploadedFile | None:
        film: UploadedFile | None = self.cleaned_data["film"]
        if film and film.size and film.size > settings.MEDIA_MAX_BYTES:
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

    def clean_words(self) -> ScriptOrCues:
        file: UploadedFile | None = self.cleaned_data["words"]
        if not file:
            return ScriptOrCues()
        given = _understood(file)
        refuse_long(given.script)
        return given

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._choose_film(data)
        self._choose_words(data)
        refuse_foreign_script(self, data)
        return data

    def keep(self, upload: Upload | None) -> None:
        """Have a refused form carry along what arrived with it: the film, and what a file said."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        if upload:
            data["arrived"] = str(upload.uuid)
        given = getattr(self, "given", ScriptOrCues())
        if given.script:
            data["script"] = given.script
        if given.cues:
            data["captions"] = _as_vtt(list(given.cues))
        self.data = data

    def _choose_film(self, data: dict[str, Any]) -> None:
        """Put the film into `upload`: the file sent, or else what has arrived before."""
        arrived, upload = data.pop("arrived", None), self.upload
        film = data.pop("film", None)
        if film or "film" in self.errors:
            data["upload"] = film
        elif upload:
            self._refuse_unfinished(upload)
            data["upload"] = upload
        elif arrived:
            self.add_error("film", _("This upload has expired. Choose the film again."))
        else:
            self.add_error("film", _("Choose the film, for instance an MP4."))

    def _refuse_unfinished(self, upload: Upload) -> None:
        if not (upload.is_complete or upload.film_id):
            sentence = _(
                "Only %(arrived)s of %(whole)s is uploaded. Choose the same file to carry on."
            )
            sizes = {
                "arrived": filesizeformat(upload.offset),
                "whole": filesizeformat(upload.length),
            }
            self.add_error("film", sentence % sizes)

    def _choose_words(self, data: dict[str, Any]) -> None:
        """Put what a file says in the place of what was pasted; both at once are too much."""
        self.given = data.pop("words", None) or ScriptOrCues()
        cues = _as_vtt(list(self.given.cues)) if self.given.cues else ""
        captions = data["captions"] = cues or self._captions_kept(data.get("captions", ""))
        pasted = data.get("script", "").strip()
        if self.given.script and pasted and pasted != self.given.script.strip():
            self.given = ScriptOrCues()
            self.add_error(
                "words",
                _("The script is pasted above already. Empty that field, or choose no file."),
            )
        elif captions and (pasted or self.given.script):
            self.add_error(
                "script",
                _("There are captions in a file as well. Empty this field, or choose no file."),
            )
        elif self.given.script:
            data["script"] = self.given.script

    def _captions_kept(self, text: str) -> str:
        """Take only what the import can read: the field was kept by a browser."""
        if not text.strip():
            return ""
        with tempfile.NamedTemporaryFile() as file:
            file.write(text.encode())
            file.flush()
            try:
                return _as_vtt(read_captions(Path(file.name)))
            except Refused as refusal:
                self.add_error("words", refusal.sentence)
                return ""


def _understood(file: UploadedFile) -> ScriptOrCues:
    """What a file says, through a file on the disk: the readers take nothing else."""
    if file.size and file.size > MOST_DOCX_BYTES:
        raise forms.ValidationError(
            _("This file is larger than 20 MB. Save its text as plain text (TXT).")
        )
    with tempfile.NamedTemporaryFile() as copy:
        for piece in file.chunks():
            copy.write(piece)
        copy.flush()
        try:
            return read_script_or_cues(Path(copy.name))
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


def _as_vtt(cues: list[Any]) -> str:
    return write_captions("vtt", cues, title="", language="").decode()
