"""The knowledge bank: facts with their source, the day they were true, and a day to look again."""

import datetime
import functools
import html
import operator
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from library.facts.models.sources import check_source
from party.models.audiences import audience_tokens
from party.permissions import ANYONE, MEMBERS, Person

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
    content_object = models.ForeignKey("facts.FactCard", models.CASCADE, related_name="in_topics")

    def __str__(self) -> str:
        return f"{self.content_object}: {self.tag}"


class FactCardQuerySet(models.QuerySet["FactCard"]):
    def visible_to(self, user: Person) -> Self:
        """Return the cards this person may read: no drafts, but withdrawn ones, which say so."""
        return self.exclude(state=FactCard.State.DRAFT).filter(audience__in=audience_tokens(user))

    def published(self) -> Self:
        """Return the cards that are live or under review."""
        return self.filter(state__in=FactCard.HOLDING)

    def live(self, on: datetime.date | None = None) -> Self:
        """Return the cards that hold and need no review yet on a day (default: today)."""
        return self.filter(state=FactCard.State.LIVE, review_by__gte=on or timezone.localdate())

    def due_for_review(self, on: datetime.date | None = None) -> Self:
        """Return the cards whose review-by date has passed on a day (default: today)."""
        return self.published().filter(review_by__lt=on or timezone.localdate())

    def standing(self, status: "FactCard.Status", on: datetime.date) -> Self:
        """Return the cards that stand so on a day; agrees with `FactCard.status`."""
        match status:
            case FactCard.Status.LIVE:
                return self.live(on)
            case FactCard.Status.DUE:
                return self.filter(state=FactCard.State.LIVE, review_by__lt=on)
        return self.filter(state=status.value)

    def matching(self, beginnings: Iterable[str]) -> Self:
        """Return the cards in whose words all of these occur."""
        found = self
        for word in beginnings:
            where = (models.Q(**{f"{name}__icontains": word}) for name in FactCard.READ)
            found = found.filter(functools.reduce(operator.or_, where))
        return found

    def with_topics(self) -> Self:
        """Return the cards with their topics, in one query more."""
        return self.prefetch_related("topics")


class FactCard(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    """One claim that can be shared, with what it rests on."""

    class Kind(models.TextChoices):
        LAW = "law", _("Law")
        COMPUTED = "computed", _("Worked out from data")

    class State(models.TextChoices):
        """What its keepers have decided about a card."""

        DRAFT = "draft", _("Draft")
        LIVE = "live", _("Live")
        REVIEW = "review", _("Under review")
        SUPERSEDED = "superseded", _("Superseded")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Status(models.TextChoices):
        """How a card stands on a day: its state, and whether its review is overdue."""

        DRAFT = "draft", _("Draft")
        LIVE = "live", _("Live")
        DUE = "due", _("Due for review")
        REVIEW = "review", _("Under review")
        SUPERSEDED = "superseded", _("Superseded")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Audience(models.TextChoices):
        ANYONE = ANYONE, _("Anyone with its address")
        MEMBERS = MEMBERS, _("All members")

    HOLDING = (State.LIVE, State.REVIEW)
    NEEDED = ("source_name", "source_url", "citation", "as_at", "review_by")  # to go live
    # What a version keeps of a card, in the order in which differences are shown.
    CONTENT = (
        *("title", "statement", "figure", "unit", "period", "place", "detail", "does_not_show"),
        *("kind", "citation", "source_name", "source_url", "source_published", "source_accessed"),
        *("source_licence", "as_at", "review_by", "audience", "state"),
    )
    READ = (  # where words are looked for
        *("title", "statement", "detail", "does_not_show", "citation", "source_name"),
        *("figure", "unit", "period", "place"),
    )

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
        _("what it does not show"),
        blank=True,
        help_text=_("What somebody might wrongly read into it."),
    )
    kind = models.CharField(_("type"), max_length=10, choices=Kind.choices)
    figure = models.CharField(
        _("figure"), max_length=40, blank=True, help_text=_("As it is read: 650, or 20.3%.")
    )
    unit = models.CharField(
        _("unit"), max_length=80, blank=True, help_text=_("What the figure counts or measures.")
    )
    period = models.CharField(
        _("period"), max_length=80, blank=True, help_text=_("Such as 2024, or April to June 2025.")
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    source_name = models.CharField(_("publisher"), max_length=200, blank=True)
    citation = models.CharField(
        _("title of the source"),
        max_length=200,
        blank=True,
        help_text=_("The section of the Act, or the table used."),
    )
    source_url = models.URLField(_("source’s address"), max_length=500, blank=True)
    source_published = models.DateField(_("published"), null=True, blank=True)
    source_accessed = models.DateField(_("accessed"), null=True, blank=True)
    source_licence = models.CharField(
        _("licence"),
        max_length=120,
        blank=True,
        help_text=_("Such as Open Government Licence v3.0."),
    )
    as_at = models.DateField(
        _("as at"), null=True, blank=True, help_text=_("The day on which it was true.")
    )
    review_by = models.DateField(_("review by"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="fact_cards",
        null=True,
        blank=True,
        verbose_name=_("owner"),
    )
    audience = models.CharField(
        _("who may read it"), max_length=20, choices=Audience.choices, default=Audience.MEMBERS
    )
    state = models.CharField(
        _("status"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False
    )
    superseded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="supersedes",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("superseded by"),
    )
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True, editable=False)
    series = models.ForeignKey(
        "facts.Series",
        models.SET_NULL,
        related_name="cards",
        null=True,
        blank=True,
        verbose_name=_("series"),
    )
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
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(as_at__isnull=False, review_by__isnull=False)
                & ~models.Q(source_name="")
                & ~models.Q(source_url="")
                & ~models.Q(citation=""),
                name="fact_live_with_source",
                violation_error_message=_(
                    "A live card needs its source, its as-at date and its review-by date."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(state="withdrawn", withdrawn_at__isnull=False)
                | ~models.Q(state="withdrawn") & models.Q(withdrawn_at=None),
                name="fact_withdrawn_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("facts:fact", args=[self.slug])

    def clean(self) -> None:
        check_source(self)
        if self.as_at and self.review_by and self.review_by <= self.as_at:
            raise ValidationError(
                {"review_by": _("The review-by date must come after the as-at date.")}
            )
        if self.state != self.State.DRAFT:
            needed = _("A card that has gone live needs this.")
            empty = [name for name in self.NEEDED if not getattr(self, name)]
            if empty:
                raise ValidationError(dict.fromkeys(empty, needed))

    def status(self, on: datetime.date) -> "FactCard.Status":
        """Return how the card stands on a day."""
        if self.state == self.State.LIVE and self.review_by and self.review_by < on:
            return self.Status.DUE
        return self.Status(self.state)

    def may_change(self) -> bool:
        """Say whether its words may still change; withdrawn or superseded, they stay."""
        return self.state in (self.State.DRAFT, *self.HOLDING)

    def successor(self, user: Person) -> "FactCard | None":
        """Return the card at the end of the chain of those that superseded it.

        None where there is none, or where this person may not read it.
        """
        last: FactCard = self
        while last.superseded_by_id:
            last = FactCard.objects.get(pk=last.superseded_by_id)
        readable = last.audience in audience_tokens(user)
        return last if last is not self and readable else None

    def measure(self) -> str:
        """Return what the figure is of: its unit, period and place, as far as they are known."""
        return ", ".join(filter(None, (self.unit, self.period, self.place)))

    def as_text(self, name: str) -> str:
        """Return a field's value as text that programs read: days as ISO, nothing as nothing."""
        field: Any = self._meta.get_field(name)
        return str(field.value_to_string(self))

    def missing(self) -> list[str]:
        """Return what the card still needs before it can go live, in its fields' own names."""
        return [
            str(field.verbose_name)
            for field in self._meta.local_fields
            if field.name in self.NEEDED and not getattr(self, field.name)
        ]

    @property
    def detail_html(self) -> SafeString:
        """The detail as safe HTML."""
        return mark_safe(_MARKDOWN.render(self.detail))  # noqa: S308  # the renderer escapes all markup

    @property
    def detail_text(self) -> str:
        """The detail as plain text."""
        return html.unescape(strip_tags(self.detail_html)).strip()
