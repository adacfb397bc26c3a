"""Rule books, standing orders, procedures and policies: works, their editions and provisions."""

import datetime
import functools
import operator
import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from library.rulebooks.references import Piece
from party.permissions import EDITORS, LEADS, MEMBERS, OFFICERS, audience_tokens


class WorkQuerySet(models.QuerySet["Work"]):
    def visible_to(self, user: Any) -> Self:
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
        help_text=_("Every page of it then says that it is a sample and binds nobody."),
    )
    audience = models.CharField(
        _("who may read it"), max_length=20, choices=Audience.choices, default=Audience.MEMBERS
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="works",
        null=True,
        blank=True,
        verbose_name=_("owner"),
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
        return reverse("library:work", args=[self.slug])

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
        return self.filter(_in_force("", on or timezone.localdate()))

    def visible_to(self, user: Any) -> Self:
        """Return the published editions of the works this person may read."""
        return self.published().filter(work__audience__in=audience_tokens(user))


def _in_force(prefix: str, on: datetime.date) -> models.Q:
    """Return the condition that the edition reached by `prefix` is in force on a day."""
    return models.Q(
        models.Q(**{f"{prefix}in_force_until": None})
        | models.Q(**{f"{prefix}in_force_until__gt": on}),
        **{f"{prefix}status": Edition.Status.PUBLISHED, f"{prefix}in_force_from__lte": on},
    )


class Edition(models.Model):
    """A work as it stood from one day until (not including) another."""

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
        _("what changed, in a few sentences"), blank=True, help_text=_("Followers read this first.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    in_force_from = models.DateField(_("in force from"))
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
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
                condition=models.Q(in_force_until=None)
                | models.Q(in_force_until__gt=models.F("in_force_from")),
                name="edition_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work}, {self.label}"

    def standing(self, on: datetime.date) -> "Edition.Standing":
        """Return how the edition stands on a day."""
        if self.status == self.Status.DRAFT:
            return self.Standing.DRAFT
        if on < self.in_force_from:
            return self.Standing.COMING
        if self.in_force_until and on >= self.in_force_until:
            return self.Standing.ENDED
        return self.Standing.IN_FORCE


class ProvisionQuerySet(models.QuerySet["Provision"]):
    def published(self) -> Self:
        """Return the provisions of published editions, in force or not."""
        return self.filter(edition__status=Edition.Status.PUBLISHED)

    def in_force(self, on: datetime.date | None = None) -> Self:
        """Return the provisions of the editions in force on a day (default: today)."""
        return self.filter(_in_force("edition__", on or timezone.localdate()))

    def visible_to(self, user: Any) -> Self:
        """Return the provisions of the published editions this person may read."""
        return self.published().readable_by(audience_tokens(user))

    def readable_by(self, audience: Iterable[str]) -> Self:
        """Return the provisions that stand open to one of these words of `audience_tokens`."""
        tokens = list(audience)
        return self.filter(edition__work__audience__in=tokens, audience__in=tokens)

    def addressed(self) -> Self:
        """Return what people cite: all but lead-ins, tables and footnotes."""
        return self.exclude(kind__in=Provision.UNNUMBERED)

    def cited(self, work: str, *citations: str) -> Self:
        """Return the provisions of a work (its slug) that these keys name: `"7.VIII.3.A"`.

        In every edition: put `.in_force()` before it for the one that holds today.
        """
        return self.filter(edition__work__slug=work, citation__in=citations)

    def within(self, roots: Iterable["Provision"]) -> Self:
        """Return these provisions and all that stands below them, in reading order."""
        ranges = [
            models.Q(edition=root.edition_id, position__gte=root.position, position__lt=root.end)
            for root in roots
        ]
        if not ranges:
            return self.none()
        return self.filter(functools.reduce(operator.or_, ranges)).order_by("edition", "position")

    def with_below(self) -> list["Provision"]:
        """Return these provisions as a list, each with all that stands below it in `below`.

        Two queries, however many provisions and levels there are.
        """
        roots = list(self.select_related("edition__work"))
        flat = list(Provision.objects.within(roots).select_related("edition__work"))
        nest(flat)
        nodes = {provision.pk: provision for provision in flat}
        return [nodes[root.pk] for root in roots]


class Provision(models.Model):
    """One piece of an edition, from a chapter down to a sub-clause's letter.

    `position` counts from 0 in reading order and `end` is one more than the last position below it,
    so that a chapter or clause with all its content is one range. `lineage` is the permanent name
    of a provision, shared with the one it follows in the edition before (`predecessor`); no two of
    one edition have the same. A provision that only took over a part of an older one has that as
    its predecessor, and a lineage of its own.

    `audience` is the narrowest of its own and of those above it; the work has another. `page` is
    that of the source, counted from 1; `source_from` and `source_until` (not included) are the
    blocks of the source it was made of. `doubt` says what the librarian should look at.
    """

    class Kind(models.TextChoices):
        PART = "part", _("Part")
        CHAPTER = "chapter", _("Chapter")
        ARTICLE = "article", _("Article")
        SECTION = "section", _("Section")
        RULE = "rule", _("Rule")
        SCHEDULE = "schedule", _("Schedule")
        APPENDIX = "appendix", _("Appendix")
        CLAUSE = "clause", _("Clause")
        PROVISION = "provision", _("Provision")
        LEAD_IN = "lead_in", _("Lead-in")
        TABLE = "table", _("Table")
        FOOTNOTE = "footnote", _("Footnote")

    class Descent(models.TextChoices):
        """Whether what a provision follows in the edition before is known."""

        NEW = "new", _("Follows nothing")
        PROPOSED = "proposed", _("Proposed")
        CONFIRMED = "confirmed", _("Confirmed")

    UNNUMBERED = (Kind.LEAD_IN, Kind.TABLE, Kind.FOOTNOTE)

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="provisions", verbose_name=_("edition")
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, related_name="children", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    number = models.CharField(_("number"), max_length=20, blank=True)
    heading = models.CharField(_("heading"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    position = models.PositiveIntegerField(_("position"))
    end = models.PositiveIntegerField(_("end"))
    path = models.CharField(_("address"), max_length=200)
    citation = models.CharField(_("citation key"), max_length=200)
    cited_as = models.CharField(_("citation"), max_length=1000, blank=True)
    lineage = models.UUIDField(_("lineage"), default=uuid.uuid4, editable=False, db_index=True)
    predecessor = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="successors",
        null=True,
        blank=True,
        verbose_name=_("follows"),
    )
    descent = models.CharField(
        _("descent"), max_length=10, choices=Descent.choices, default=Descent.NEW
    )
    likeness = models.FloatField(_("likeness from 0 to 1"), null=True, blank=True)
    audience = models.CharField(
        _("who may read it"),
        max_length=20,
        choices=Work.Audience.choices,
        default=Work.Audience.MEMBERS,
    )
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    source_from = models.PositiveIntegerField(_("begins in the source"), null=True, blank=True)
    source_until = models.PositiveIntegerField(_("ends in the source"), null=True, blank=True)
    doubt = models.TextField(_("to be looked at"), blank=True)

    pieces: list[Piece]  # the text with its cross-references, filled by the page that shows it
    objects = ProvisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="provision_in_one_place"),
            models.UniqueConstraint(fields=["edition", "path"], name="provision_address_unique"),
            models.UniqueConstraint(fields=["edition", "lineage"], name="provision_lineage_once"),
        ]
        indexes = [models.Index(fields=["citation", "edition"], name="provision_citation")]

    def __str__(self) -> str:
        if not self.number:
            return self.heading or self.cited_as or str(_("Rules"))
        return f"{self.cited_as} — {self.heading}" if self.heading else self.cited_as

    def get_absolute_url(self) -> str:
        """Return where the provision is read: its chapter's page, at its place."""
        page = reverse("library:chapter", args=[self.edition.work.slug, self.top])
        return f"{page}#{self.anchor}" if self.anchor else page

    @property
    def label(self) -> str:
        """What the book itself calls it: "Clause VIII", "3."; empty for what has no number."""
        if not self.number:
            return ""
        if self.kind == self.Kind.PROVISION:
            return f"{self.number}."
        return f"{self.Kind(self.kind).label} {self.number}"

    @property
    def top(self) -> str:
        """The first part of the address: the chapter, appendix or part that is read as one page."""
        return self.path.partition("/")[0]

    @property
    def anchor(self) -> str:
        """The place on that page, such as "VIII.3.A"; empty for the chapter itself."""
        return self.path.partition("/")[2].replace("/", ".")

    def get_permanent_url(self) -> str:
        """Return the provision's own address, which leads to the place where it is read."""
        return reverse("library:provision", args=[self.edition.work.slug, self.path])

    @cached_property
    def below(self) -> list["Provision"]:
        """The provisions directly below; `nest` and `with_below` fill it for whole trees."""
        return list(self.children.order_by("position"))


def nest(flat: Iterable[Provision]) -> list[Provision]:
    """Hang provisions, given in reading order, below one another; return those on top."""
    nodes: dict[int, Provision] = {}
    tops = []
    for provision in flat:
        provision.below = []
        nodes[provision.pk] = provision
        parent = nodes.get(provision.parent_id or 0)
        if parent is None:
            tops.append(provision)
        else:
            parent.below.append(provision)
    return tops
