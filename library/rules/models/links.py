"""What leads to a provision and from it: references, defined words, subjects, followers."""

import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.rules.models.provisions import Provision
from library.rules.models.works import Edition, Work
from library.rules.permissions import can_publish_editions
from party.models.audiences import audience_tokens
from party.permissions import Person


class CrossReference(models.Model):
    """That a provision's text refers to another, between two characters of it.

    The target is named by its lineage, so that it is the right one in every edition. Written when
    an edition is published; `library.rules.actions.cross_references` finds them.
    """

    provision = models.ForeignKey(
        Provision, models.CASCADE, related_name="references", verbose_name=_("provision")
    )
    start = models.PositiveIntegerField(_("from character"))
    end = models.PositiveIntegerField(_("until character"))
    work = models.ForeignKey(
        Work, models.CASCADE, related_name="referred_to", verbose_name=_("work referred to")
    )
    lineage = models.UUIDField(_("lineage referred to"), db_index=True)

    class Meta:
        verbose_name = _("cross-reference")
        verbose_name_plural = _("cross-references")
        ordering = ["provision", "start"]
        constraints = [
            models.UniqueConstraint(fields=["provision", "start"], name="reference_in_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.provision.cited_as} [{self.start}:{self.end}]"


class DefinedTerm(models.Model):
    """A word to which a provision gives a meaning for its whole edition."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="terms", verbose_name=_("edition")
    )
    provision = models.ForeignKey(
        Provision, models.CASCADE, related_name="defines", verbose_name=_("provision")
    )
    term = models.CharField(_("term"), max_length=100)
    meaning = models.TextField(_("meaning"))

    class Meta:
        verbose_name = _("defined term")
        verbose_name_plural = _("defined terms")
        ordering = ["edition", "term"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "term"], name="term_defined_once"),
        ]

    def __str__(self) -> str:
        return self.term


class Subject(models.Model):
    """An entry of a work's subject index; it may only say where else to look (`see`)."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="subjects", verbose_name=_("work"))
    name = models.CharField(_("subject"), max_length=100)
    see = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="also",
        null=True,
        blank=True,
        verbose_name=_("see"),
    )

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["work", "name"]
        constraints = [
            models.UniqueConstraint(fields=["work", "name"], name="subject_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SubjectEntry(models.Model):
    """That a subject is dealt with by the provision of a lineage."""

    subject = models.ForeignKey(
        Subject, models.CASCADE, related_name="entries", verbose_name=_("subject")
    )
    lineage = models.UUIDField(_("lineage"), db_index=True)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["subject", "lineage"], name="subject_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.lineage}"


class FollowQuerySet(models.QuerySet["Follow"]):
    def visible_to(self, user: Person) -> Self:
        """Return what a person follows themselves."""
        return self.filter(member=user) if user.is_authenticated else self.none()

    def lineages(self, work: Work) -> set[uuid.UUID | None]:
        """Return the lineages of a work's chapters that are followed; None: all of the work."""
        return set(self.filter(work=work).values_list("lineage", flat=True))


class Follow(models.Model):
    """That a member wants to be told when a chapter changes, or a whole work (no lineage)."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="follows",
        verbose_name=_("member"),
    )
    work = models.ForeignKey(Work, models.CASCADE, related_name="follows", verbose_name=_("work"))
    lineage = models.UUIDField(_("lineage of the chapter"), null=True, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        ordering = ["work", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "work", "lineage"], name="follow_once"),
            models.UniqueConstraint(
                fields=["member", "work"],
                condition=models.Q(lineage=None),
                name="follow_work_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work}: {self.lineage or _('all')}"


class CitingTextQuerySet(models.QuerySet["CitingText"]):
    def open_to(self, user: Person) -> list["CitingText"]:
        """Return, as a list, those whose own page this person may read."""
        tokens = audience_tokens(user)
        return [citing for citing in self if not tokens.isdisjoint(citing.audience)]

    def of(self, lineages: Iterable[Any]) -> Self:
        """Return what cites the provisions of these lineages."""
        return self.filter(lineage__in=lineages)


class CitingText(models.Model):
    """That a lesson, a procedure or a fact cites a provision: the citation registry.

    The apps above tell of it (`actions.citing_texts.replace_citations`); rules never ask them.
    `kind` and `key` name what cites, `audience` who may read that (words of `audience_tokens`).
    """

    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(_("key"), max_length=64)
    title = models.CharField(_("title"), max_length=255)
    url = models.CharField(_("address"), max_length=500)
    edit_url = models.CharField(_("where it is changed"), max_length=500, blank=True)
    audience = models.JSONField(_("who may read it"), default=list)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="citing_texts",
        null=True,
        blank=True,
        verbose_name=_("owner"),
    )
    work = models.ForeignKey(
        Work, models.CASCADE, related_name="citing_texts", verbose_name=_("work")
    )
    citation = models.CharField(_("citation key"), max_length=200)
    lineage = models.UUIDField(_("lineage"), null=True, blank=True, db_index=True)
    cited_at = models.DateTimeField(_("first told"), default=timezone.now)

    objects = CitingTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("citing text")
        verbose_name_plural = _("citing texts")
        ordering = ["kind", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "work", "citation"], name="citing_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.citation}"


class CitationFlagQuerySet(models.QuerySet["CitationFlag"]):
    def open(self) -> Self:
        """Return what nobody has looked at yet."""
        return self.filter(resolved_at=None)

    def visible_to(self, user: Person) -> Self:
        """Return the flags on a person's own texts; all for those who may publish editions."""
        if can_publish_editions(user):
            return self.all()
        return self.filter(citing__owner=user) if user.is_authenticated else self.none()

    def texts(self) -> "models.QuerySet[CitationFlag, tuple[str, str]]":
        """Return the kind and key of each text that is flagged; one may cite several provisions."""
        return self.order_by().values_list("citing__kind", "citing__key").distinct()

    def count_texts(self) -> int:
        """Return how many texts are flagged."""
        return self.texts().count()


class CitationFlag(models.Model):
    """That a text cites a provision which an edition changed: for its owner to look at."""

    citing = models.ForeignKey(
        CitingText, models.CASCADE, related_name="flags", verbose_name=_("citing text")
    )
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="flags", verbose_name=_("edition")
    )
    before = models.ForeignKey(
        Provision, models.CASCADE, related_name="+", verbose_name=_("provision before")
    )
    after = models.ForeignKey(
        Provision,
        models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("provision after"),
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    resolved_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("reviewed by"),
    )

    objects = CitationFlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("text to review")
        verbose_name_plural = _("texts to review")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["citing", "edition"], name="flagged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.citing}, {self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("rules:flag", args=[self.pk])

    @property
    def cited_as(self) -> str:
        """What the text cites, as people write it; its key, where that is no number of it now."""
        same = self.before.citation == self.citing.citation
        return self.before.cited_as if same else self.citing.citation
