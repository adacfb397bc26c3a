"""The knowledge bank: facts with their source, the day they were true, and a day to look again."""

import datetime
import html
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from party.permissions import MEMBERS, audience_tokens

# Paragraphs, emphasis, lists and safe links; markup of the author's own is shown as text.
_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "list", "link", "escape", "newline"])


class Topic(TagBase):
    """A subject that fact cards are listed under."""

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]


class FactTopic(ItemBase):
    """That a fact card belongs to a topic."""

    tag = models.ForeignKey(Topic, models.CASCADE, related_name="cards")
    content_object = models.ForeignKey("library.FactCard", models.CASCADE, related_name="in_topics")

    def __str__(self) -> str:
        return f"{self.content_object}: {self.tag}"


class FactCardQuerySet(models.QuerySet["FactCard"]):
    def visible_to(self, user: Any) -> Self:
        """Return the cards this person may read, withdrawn ones too: they say so."""
        return self.all() if MEMBERS in audience_tokens(user) else self.none()

    def published(self) -> Self:
        """Return the cards that are not withdrawn."""
        return self.filter(withdrawn_at=None)

    def withdrawn(self) -> Self:
        """Return the cards that nobody should share any more."""
        return self.exclude(withdrawn_at=None)

    def live(self, on: datetime.date | None = None) -> Self:
        """Return the cards that hold and need no review yet on a day (default: today)."""
        return self.published().filter(review_by__gte=on or timezone.localdate())

    def due_for_review(self, on: datetime.date | None = None) -> Self:
        """Return the cards whose review-by date has passed on a day (default: today)."""
        return self.published().filter(review_by__lt=on or timezone.localdate())

    def with_topics(self) -> Self:
        """Return the cards with their topics, in one query more."""
        return self.prefetch_related("topics")


class FactCard(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    """One claim that can be shared, with what it rests on."""

    class Kind(models.TextChoices):
        LAW = "law", _("Law")
        COMPUTED = "computed", _("Worked out from data")

    class Status(models.TextChoices):
        LIVE = "live", _("Live")
        DUE = "due", _("Due for review")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    statement = models.CharField(
        _("statement"), max_length=200, help_text=_("The claim, in one sentence.")
    )
    detail = models.TextField(
        _("detail"),
        blank=True,
        help_text=_("Paragraphs, lists with - or 1., *emphasis* and [links](https://…)."),
    )
    does_not_show = models.TextField(
        _("what it does not mean"),
        blank=True,
        help_text=_("What somebody might wrongly read into it."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    source_name = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("source’s address"), max_length=500)
    citation = models.CharField(
        _("citation"), max_length=200, help_text=_("The section of the Act, or the table used.")
    )
    as_at = models.DateField(_("as at"), help_text=_("The day on which it was true."))
    review_by = models.DateField(_("review by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(
        _("reason for withdrawal"), max_length=500, blank=True, editable=False
    )
    topics = TaggableManager(through=FactTopic, verbose_name=_("topics"), blank=True)

    objects = FactCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact card")
        verbose_name_plural = _("fact cards")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawal_reason=""),
                name="fact_withdrawn_with_reason",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:fact", args=[self.slug])

    def clean(self) -> None:
        if self.as_at and self.review_by and self.review_by <= self.as_at:
            raise ValidationError(
                {"review_by": _("The review-by date must come after the as-at date.")}
            )

    def status(self, on: datetime.date) -> "FactCard.Status":
        """Return how the card stands on a day."""
        if self.withdrawn_at:
            return self.Status.WITHDRAWN
        return self.Status.LIVE if self.review_by >= on else self.Status.DUE

    @property
    def detail_html(self) -> SafeString:
        """The detail as safe HTML."""
        return mark_safe(_MARKDOWN.render(self.detail))  # noqa: S308  # the renderer escapes all markup

    @property
    def detail_text(self) -> str:
        """The detail as plain text."""
        return html.unescape(strip_tags(self.detail_html)).strip()

    def words_to_share(self) -> str:
        """Return the claim with its source and date, as plain text to paste into a post.

        The address is the source's: the card's own is for members alone.
        """
        source = gettext("Source: %(citation)s, %(source)s, as at %(date)s.") % {
            "citation": self.citation,
            "source": self.source_name,
            "date": formats.date_format(self.as_at),
        }
        return f"{self.statement}\n\n{source}\n{self.source_url}".strip()
