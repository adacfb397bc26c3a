"""What is said in a film, and when."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from media_pipeline.models.films import Film
from media_pipeline.permissions import can_edit_films, can_upload
from party.permissions import Person


class CaptionTrackQuerySet(models.QuerySet["CaptionTrack"]):
    def current(self) -> Self:
        """Return the tracks that viewers get: one a film and language at most."""
        return self.filter(is_current=True)

    def visible_to(self, person: Person) -> Self:
        """Return what a person may read: every version for those who edit a film's captions, the
        current one of ready films for every member.
        """
        composed = self.composed()
        if can_edit_films(person):
            return composed
        if not (person.is_authenticated and person.is_active):
            return self.none()
        shown = models.Q(is_current=True, film__state=Film.State.READY)
        own = models.Q(film__uploaded_by=person) if can_upload(person) else models.Q()
        return composed.filter(shown | own)

    def composed(self) -> Self:
        """Return the versions that have cues, without words that still wait to be composed."""
        return self.exclude(stage=CaptionTrack.Stage.WORDS)

    def of_machines(self) -> Self:
        """Return what an engine made and no person has changed or reviewed since."""
        return self.exclude(kind__in=CaptionTrack.OF_PEOPLE)

    def drafts_of(self, person: Person) -> Self:
        """Return what a person is working on, the newest first."""
        drafts = self.filter(stage=CaptionTrack.Stage.DRAFT, kind=CaptionTrack.Kind.EDITED)
        return drafts.filter(made_by=person).order_by("-version")

    def waiting(self) -> Self:
        """Return what re-runs made while a person's version is shown, the newest first."""
        return self.of_machines().filter(stage=CaptionTrack.Stage.DRAFT).order_by("-version")

    def light(self) -> Self:
        """Leave the engine's words in the database: an hour of speech is half a megabyte."""
        return self.defer("words")

    def with_cues(self) -> Self:
        """Fetch along what a viewer reads: the cues, without the words' own times."""
        cues = Cue.objects.defer("words")
        return self.light().prefetch_related(models.Prefetch("cues", queryset=cues))


class CaptionTrack(models.Model):
    """One version of a film's captions. Versions are kept; `is_current` marks the one shown.

    A draft is what a person is working on, or what a re-run made while a person's version is shown.
    """

    class Kind(models.TextChoices):
        AUTOMATIC = "automatic", _("automatic, not yet checked")
        ALIGNED = "aligned", _("from the author’s script")
        EDITED = "edited", _("edited")
        REVIEWED = "reviewed", _("reviewed")

    class Stage(models.TextChoices):
        WORDS = "words", _("words heard, captions not yet composed")
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    OF_PEOPLE = (Kind.EDITED, Kind.REVIEWED)

    film = models.ForeignKey(Film, models.CASCADE, related_name="tracks", verbose_name=_("film"))
    language = models.CharField(_("language"), max_length=8, choices=Film.Language.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    version = models.PositiveIntegerField(_("version"))
    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage.choices, default=Stage.PUBLISHED
    )
    is_current = models.BooleanField(_("shown to viewers"), default=False)
    based_on = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("based on"),
    )
    engine = models.CharField(_("engine"), max_length=40, blank=True)
    engine_version = models.CharField(_("engine’s version"), max_length=80, blank=True)
    reason = models.TextField(_("why this engine"), blank=True)
    words = models.JSONField(
        _("words as the engine gave them"),
        default=list,
        help_text=_("A list of {text, start, end, confidence}; times in seconds."),
    )
    corrections = models.JSONField(
        _("corrections made after recognition"),
        default=list,
        help_text=_("A list of {heard, written, second}: every use of a glossary’s corrections."),
    )
    warnings = models.JSONField(
        _("warnings"),
        default=list,
        help_text=_("Sentences for the author, none where all is well."),
    )
    detected_language = models.CharField(_("language heard"), max_length=8, blank=True)
    score = models.FloatField(_("score of the rules, 0 to 100"), null=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    updated_at = models.DateTimeField(_("last changed"), default=timezone.now)
    revision = models.PositiveIntegerField(_("times changed"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("edited by"),
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewer_name = models.CharField(_("reviewer’s name"), max_length=200, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)

    objects = CaptionTrackQuerySet.as_manager()

    class Meta:
        verbose_name = _("caption track")
        verbose_name_plural = _("caption tracks")
        ordering = ["film", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "language", "version"], name="track_once_a_version"
            ),
            models.UniqueConstraint(
                fields=["film", "language"],
                condition=models.Q(is_current=True),
                name="track_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.film}: {self.name}"

    @property
    def label(self) -> str:
        """How far to trust it, in words: “automatic, not yet checked” where no person had a say,
        “reviewed by Ann Example on 21 November 2026” where one has put a name to it.
        """
        if self.kind != self.Kind.REVIEWED or not (self.reviewer_name and self.reviewed_at):
            return str(self.get_kind_display())
        day = date_format(timezone.localtime(self.reviewed_at), "DATE_FORMAT")
        return gettext("reviewed by %(name)s on %(date)s") % {
            "name": self.reviewer_name,
            "date": day,
        }

    @property
    def is_of_a_person(self) -> bool:
        """Whether a person has changed or reviewed it: no re-run may take its place."""
        return self.kind in self.OF_PEOPLE

    @property
    def is_draft(self) -> bool:
        """Whether it waits for a person to go on with it, publish it or put it away."""
        return self.stage == self.Stage.DRAFT

    @property
    def name(self) -> str:
        """The track's name in the player's menu, as in “English (automatic, not yet checked)”."""
        return gettext("%(language)s (%(label)s)") % {
            "language": self.get_language_display(),
            "label": self.get_kind_display(),
        }


def spoken_first(film: Film, tracks: Iterable[CaptionTrack]) -> list[CaptionTrack]:
    """Sort tracks: that of the language spoken, then the others by their language."""
    return sorted(tracks, key=lambda track: (track.language != film.language, track.language))


class Cue(models.Model):
    """One caption on the screen. `text` has a line break where the screen has one."""

    track = models.ForeignKey(
        CaptionTrack, models.CASCADE, related_name="cues", verbose_name=_("caption track")
    )
    position = models.PositiveIntegerField(_("position"))
    start = models.FloatField(_("start in seconds"))
    end = models.FloatField(_("end in seconds"))
    text = models.TextField(_("text"))
    speaker = models.CharField(_("speaker"), max_length=80, blank=True)
    words = models.JSONField(
        _("words"),
        default=list,
        help_text=_("A list of {text, start, end, confidence}; times in seconds."),
    )

    class Meta:
        verbose_name = _("cue")
        verbose_name_plural = _("cues")
        ordering = ["track", "position"]
        constraints = [
            models.UniqueConstraint(fields=["track", "position"], name="cue_once_a_position"),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="cue_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The text in one line, as a transcript shows it."""
        return " ".join(self.text.split())
