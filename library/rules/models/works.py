"""Rule books, standing orders and other texts as works, and their editions."""

import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ground.dates import covers, ends_no_earlier
from party.models.audiences import audience_tokens
from party.permissions import EDITORS, LEADS, MEMBERS, OFFICERS, Person

TAKEN = frozenset({"flags", "id", "text-size"})  # addresses beside those of works


class WorkQuerySet(models.QuerySet["Work"]):
    def visible_to(self, user: Person) -> Self:
        """Return the works this person may read."""
        return self.filter(audience__in=audience_tokens(user))

    def published(self) -> Self:
        """Return the works that have a published edition, each with `published_editions`."""
        editions = Edition.objects.published().order_by("in_force_from")
        return (
            self.filter(editions__status=Edition.Status.PUBLISHED)
            .distinct()
            .prefetch_related(models.Prefetch("editions", editions, to_attr="published_editions"))
        )


class Work(models.Model):
    """A text that lives through editions: the rule book, a standing order, a policy."""

    class Kind(models.TextChoices):
        RULE_BOOK = "rule_book", _("Rule book")
        STANDING_ORDERS = "standing_orders", _("Standing orders")
        PROCEDURE = "procedure", _("Procedure")
        POLICY = "policy", _("Policy")

    class Audience(models.TextChoices):
        MEMBERS = MEMBERS, _("All members")
        OFFICERS = OFFICERS, _("Officers")
        LEADS = LEADS, _("Digital leads")
        EDITORS = EDITORS, _("Editors only")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    sample = models.BooleanField(
        _("sample"),
        default=False,
        help_text=_("Every page will say that it is a sample and not a real rule book."),
    )
    audience = models.CharField(
        _("who may read it"), max_length=20, choices=Audience.choices, default=Audience.MEMBERS
    )

    published_editions: list["Edition"]  # filled by `WorkQuerySet.published`
    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rules:work", args=[self.slug])

    def clean(self) -> None:
        if self.slug in TAKEN:
            raise ValidationError(
                {"slug": _("This address is the hub’s own; choose another, such as “party-rules”.")}
            )

    def edition_to_show(self, on: datetime.date) -> "Edition | None":
        """Return the edition in force on a day, else the next to come, else the last that was.

        Needs `published_editions`. None where nothing is published.
        """
        editions = self.published_editions
        for wanted in (Edition.Standing.IN_FORCE, Edition.Standing.COMING):
            for edition in editions:
                if edition.standing(on) == wanted:
                    return edition
        return editions[-1] if editions else None


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> Self:
        """Return the editions that members may see, in force or not."""
        return self.filter(status=Edition.Status.PUBLISHED)

    def current(self, on: datetime.date | None = None) -> Self:
        """Return the published editions in force on a day (default: today)."""
        return self.filter(in_force("", on or timezone.localdate()))

    def visible_to(self, user: Person) -> Self:
        """Return the published editions of the works this person may read."""
        return self.published().filter(work__audience__in=audience_tokens(user))


def in_force(prefix: str, on: datetime.date) -> models.Q:
    """Return the condition that the edition reached by `prefix` is in force on a day."""
    term = covers(on, first=f"{prefix}in_force_from", last=f"{prefix}in_force_until")
    return models.Q(term, **{f"{prefix}status": Edition.Status.PUBLISHED})


class Edition(models.Model):
    """A work as it stood from one day until another, its last in force."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    class Standing(models.TextChoices):
        DRAFT = "draft", _("Draft")
        COMING = "coming", _("Not yet in force")
        IN_FORCE = "in_force", _("In force")
        ENDED = "ended", _("No longer in force")

    work = models.ForeignKey(Work, models.PROTECT, related_name="editions", verbose_name=_("work"))
    label = models.CharField(_("label"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80)
    introduction = models.TextField(_("introduction"), blank=True)
    note = models.TextField(
        _("what changed, in a few sentences"), blank=True, help_text=_("Followers see this first.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    in_force_from = models.DateField(_("in force from"))
    in_force_until = models.DateField(
        _("in force until"), null=True, blank=True, help_text=_("The last day.")
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["work", "-in_force_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["work", "slug"], name="edition_address_unique"),
            models.UniqueConstraint(
                fields=["work"],
                condition=models.Q(status="published", in_force_until=None),
                name="edition_one_without_end",
            ),
            models.CheckConstraint(
                condition=ends_no_earlier(first="in_force_from", last="in_force_until"),
                name="edition_ends_no_earlier_than_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work}, {self.label}"

    def get_absolute_url(self) -> str:
        """Return where its contents are: the work's own page while it is in force."""
        if self.standing(timezone.localdate()) == self.Standing.IN_FORCE:
            return self.work.get_absolute_url()
        return self.get_own_url()

    def get_own_url(self) -> str:
        """Return the address that is this edition's whether it is in force or not."""
        return reverse("rules:place", args=[self.work.slug, f"{self.slug}/"])

    def edition_before(self) -> "Edition | None":
        """Return the published edition of the work that came into force last before this one."""
        earlier = Edition.objects.published().filter(in_force_from__lt=self.in_force_from)
        return earlier.filter(work=self.work_id).order_by("in_force_from").last()

    def standing(self, on: datetime.date) -> "Edition.Standing":
        """Return how the edition stands on a day."""
        if self.status == self.Status.DRAFT:
            return self.Standing.DRAFT
        if on < self.in_force_from:
            return self.Standing.COMING
        if self.in_force_until and on > self.in_force_until:
            return self.Standing.ENDED
        return self.Standing.IN_FORCE
