"""The provisions of an edition, each in its place and with its descent."""

import datetime
import functools
import operator
import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from library.rules.models.works import Edition, Work, in_force
from library.rules.rulebooks import tree
from party.models.audiences import audience_tokens
from party.permissions import Person


class ProvisionQuerySet(models.QuerySet["Provision"]):
    def published(self) -> Self:
        """Return the provisions of published editions, in force or not."""
        return self.filter(edition__status=Edition.Status.PUBLISHED)

    def in_force(self, on: datetime.date | None = None) -> Self:
        """Return the provisions of the editions in force on a day (default: today)."""
        return self.filter(in_force("edition__", on or timezone.localdate()))

    def visible_to(self, user: Person) -> Self:
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

    def waiting(self) -> Self:
        """Return those of which it is only proposed what they follow in the edition before."""
        return self.filter(descent=Provision.Descent.PROPOSED)

    def within(self, roots: Iterable["Provision"]) -> Self:
        """Return these provisions and all that stands below them, in reading order."""
        ranges = [
            models.Q(edition=root.edition_id, position__gte=root.position, position__lt=root.end)
            for root in roots
        ]
        if not ranges:
            return self.none()
        return self.filter(functools.reduce(operator.or_, ranges)).order_by("edition", "position")

    def with_below(self, audience: Iterable[str]) -> list["Provision"]:
        """Return those open to one of these audiences, each with all such below it in `below`.

        Two queries, however many provisions and levels there are.
        """
        roots = list(self.readable_by(audience).select_related("edition__work"))
        below = Provision.objects.within(roots).readable_by(audience)
        flat = list(below.select_related("edition__work"))
        nest(flat)
        nodes = {provision.pk: provision for provision in flat}
        return [nodes[root.pk] for root in roots]


class Provision(models.Model):
    """One piece of an edition, from a chapter down to a sub-clause's letter.

    `position` counts from 0 in reading order and `end` is one more than the last position below it,
    so that a chapter or clause with all its content is one range. `lineage` is the permanent name
    of a provision, shared with the one it follows in the edition before (`predecessor`); no two of
    one edition have the same. A provision that only took over a part of an older one has that as
    its predecessor, and a lineage of its own. `absorbs` are those of the edition before that went
    on in it besides its predecessor, so that their lineage ends.

    `audience` is what a librarian said of the part at the top of the edition in which it stands, a
    chapter or an appendix (`actions.access.restrict_part`); the work has another. The first
    `page_steps` of its address are that of the page on which it is read: the chapter's or clause's
    nearest above it. `page` is that of the source, counted from 1; `source_from` and `source_until`
    (not included) are the blocks of the source it was made of. `doubt` says what the librarian
    should look at.
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

    UNNUMBERED = tuple(map(Kind, tree.UNNUMBERED))
    DIVISIONS = tuple(map(Kind, tree.DIVISIONS))  # what is a page of its own

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
    absorbs: Any = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="absorbed_by",
        blank=True,
        verbose_name=_("took in too"),
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
    page_steps = models.PositiveSmallIntegerField(_("steps to its page"), default=1)
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    source_from = models.PositiveIntegerField(_("begins in the source"), null=True, blank=True)
    source_until = models.PositiveIntegerField(_("ends in the source"), null=True, blank=True)
    doubt = models.TextField(_("to be looked at"), blank=True)

    doubts: int  # below it, filled by the page of an edition
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
        """Return where the provision is read: its clause's or chapter's page, at its place."""
        return self.read_below(self.edition.get_absolute_url())

    def read_below(self, home: str) -> str:
        """Return where it is read, below the address of its edition's contents."""
        page = f"{home}{self.page_path}/"
        return page if self.path == self.page_path else f"{page}#{self.anchor}"

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
    def page_path(self) -> str:
        """The address of the page on which it is read: "7/VIII" for "7/VIII/3/A"."""
        return "/".join(self.path.split("/")[: self.page_steps])

    @property
    def anchor(self) -> str:
        """The place on that page, such as "VIII.3.A"; empty for the chapter itself."""
        return self.path.partition("/")[2].replace("/", ".")

    def get_permanent_url(self) -> str:
        """Return the address that follows it through every edition and renumbering."""
        return reverse("rules:lineage", args=[self.lineage])

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
