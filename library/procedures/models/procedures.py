"""Procedures, standing orders and policies as pages, and the versions that were issued of them."""

import re
from collections.abc import Iterator
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager, Revision
from wagtail.query import PageQuerySet
from wagtail.rich_text import expand_db_html

from ground.pages import EditedPage, preview_only
from library.procedures.blocks import BodyField, FieldsBody, ProcedureBody
from library.procedures.outline import (
    OutlineLine,
    Quotation,
    blanks,
    outline,
    quoted,
    runs,
    text_of,
)
from library.rules.models.provisions import Provision
from party.forms import OwnedForm
from party.models import Region, Role
from party.models.audiences import audience_tokens
from party.permissions import EDITORS, MEMBERS, Person, tokens_of


class ProceduresPage(EditedPage):
    """All procedures, standing orders and policies; its address is `/procedures/`."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*EditedPage.content_panels, FieldPanel("introduction")]
    parent_page_types = ["courses.HubPage"]
    subpage_types = ["procedures.ProcedurePage"]
    max_count = 1
    serve = preview_only
    template = "procedures/procedures_page.html"
    reorder_label = _("Reorder procedures")

    class Meta:
        verbose_name = _("procedures")


class ProcedureQuerySet(PageQuerySet):
    def visible_to(self, user: Person) -> Self:
        """Return what a person may read: live pages for their audience, all for editors."""
        return self.readable_by(audience_tokens(user))

    def readable_by(self, tokens: frozenset[str]) -> Self:
        """Return what whoever has these `audience_tokens` may read."""
        if MEMBERS not in tokens:
            return self.none()
        if EDITORS in tokens:
            return self
        return self.live().for_audience(tokens)

    def for_audience(self, tokens: frozenset[str]) -> Self:
        """Return the pages whose roles and regions one of these `audience_tokens` matches.

        Agrees with `party.permissions.tokens_of`.
        """
        pairs = [token.removeprefix("role:") for token in tokens if token.startswith("role:")]
        roles = [pair for pair in pairs if "@" not in pair]
        regions = [token.removeprefix("in:") for token in tokens if token.startswith("in:")]
        any_role, any_region = models.Q(roles=None), models.Q(regions=None)
        both = models.Q(pk__in=[])
        for role, _at, region in (pair.partition("@") for pair in pairs if "@" in pair):
            both |= models.Q(roles__slug=role, regions__slug=region)
        return self.filter(
            any_role & any_region
            | any_region & models.Q(roles__slug__in=roles)
            | any_role & models.Q(regions__slug__in=regions)
            | both
        ).distinct()


class ProcedureForm(OwnedForm, WagtailAdminPageForm):
    """A procedure in the admin; whoever keeps it is one of the editors."""

    owner_field = "responsible"


class ProcedurePage(EditedPage):
    """A procedure, standing orders or a policy, perhaps with blanks that a local party fills in."""

    class Kind(models.TextChoices):
        PROCEDURE = "procedure", _("Procedure")
        STANDING_ORDERS = "standing_orders", _("Standing orders")
        POLICY = "policy", _("Policy")

    kind = models.CharField(_("type"), max_length=20, choices=Kind.choices, default=Kind.PROCEDURE)
    summary = models.CharField(_("summary"), max_length=250)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("owner"),
        help_text=_("Keeps it up to date and is told when a rule it cites changes."),
    )
    roles: Any = ParentalManyToManyField(
        Role,
        blank=True,
        verbose_name=_("for these roles"),
        help_text=_("Leave empty for every role."),
    )
    regions: Any = ParentalManyToManyField(
        Region,
        blank=True,
        verbose_name=_("in these regions"),
        help_text=_("Leave empty for everywhere."),
    )
    review_by = models.DateField(_("review by"))
    sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Marks the text as not binding.")
    )
    fields = BodyField(FieldsBody(), blank=True, verbose_name=_("what a local party fills in"))
    body = BodyField(ProcedureBody(), blank=True, verbose_name=_("content"))

    content_panels = [
        *EditedPage.content_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("responsible"), FieldPanel("review_by"), FieldPanel("sample")],
            heading=_("Owner and review"),
        ),
        MultiFieldPanel([FieldPanel("roles"), FieldPanel("regions")], heading=_("Who may read it")),
        FieldPanel("fields"),
        FieldPanel("body"),
    ]
    base_form_class = ProcedureForm
    parent_page_types = ["procedures.ProceduresPage"]
    subpage_types: list[str] = []
    serve = preview_only
    template = "procedures/procedure_page.html"

    objects = PageManager.from_queryset(ProcedureQuerySet)()

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def get_absolute_url(self) -> str:
        return reverse("procedures:procedure", args=[self.slug])

    def get_edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.pk])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return what the author's preview is drawn with."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "runs": runs(quoted(self.lines(), self.quotations(request.user)))}

    def clean(self) -> None:
        """Refuse blanks that nobody would be asked to fill in, and two under one key."""
        super().clean()
        keys = [block.value["key"] for block in self.fields]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValidationError(
                {"fields": _("Two fields have the key “%(key)s”.") % {"key": twice[0]}}
            )
        if unknown := [key for key in blanks(self.lines()) if key not in keys]:
            sentence = _("The text says [[%(key)s]]. Add a field with that key, or remove it.")
            raise ValidationError({"body": sentence % {"key": unknown[0]}})

    def lines(self) -> list[OutlineLine]:
        """Return the paragraphs with their numbers, blanks empty and rules not yet quoted."""
        return outline(
            (
                block.block_type,
                expand_db_html(block.value.source) if block.block_type == "text" else block.value,
            )
            for block in self.body
        )

    def readers(self) -> tuple[str, ...]:
        """Return who may read it, as words of `audience_tokens`; agrees with `for_audience`."""
        return tokens_of(
            self.roles.values_list("slug", flat=True), self.regions.values_list("slug", flat=True)
        )

    def changed_since(self, version: "ProcedureVersion") -> bool:
        """Say whether what is published reads otherwise than a version of it."""
        if self.live_revision_id == version.revision_id:
            return False
        return (version.title, version.text) != (self.title, text_of(self.lines()))

    def standing(self, version: "ProcedureVersion | None") -> str:
        """Say which version this is, given the last that was issued."""
        if version is None:
            return gettext("Not yet issued as a version")
        issued = date_format(timezone.localtime(version.issued_at))
        named = {"number": version.number, "date": issued}
        if self.changed_since(version):
            return gettext("Changed since version %(number)s of %(date)s") % named
        return gettext("Version %(number)s, issued %(date)s") % named

    def citations(self) -> list[tuple[str, str]]:
        """Return the rules that the text rests on: a work's slug and a citation each."""
        rules = (block.value for block in self.body if block.block_type == "rule")
        return list(dict.fromkeys((rule["work"], rule["citation"]) for rule in rules))

    def quotations(self, user: Person) -> dict[tuple[str, str], Quotation]:
        """Return the rules it rests on as they hold today, those that a person may read.

        Two queries for each work, and one.
        """
        wanted: dict[str, list[str]] = {}
        for work, citation in self.citations():
            wanted.setdefault(work, []).append(citation)
        tokens = audience_tokens(user) if wanted else frozenset()
        in_force = Provision.objects.in_force()
        return {
            (work, provision.citation): Quotation(
                cited=f"{provision.edition.work.title}, {provision}",
                text="\n".join(_words(provision)),
                url=provision.get_absolute_url(),
            )
            for work, citations in wanted.items()
            for provision in in_force.cited(work, *citations).with_below(tokens)
        }


def _words(provision: Provision, level: int = 0) -> Iterator[str]:
    """Yield the words of a provision and of all below it, a line each, set in by their level."""
    own = [provision.label, provision.heading] if level else []
    if words := " ".join(filter(None, [*own, provision.text])):
        yield "\u2003" * (level - 1) + words
    for below in provision.below:
        yield from _words(below, level + 1)


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    def visible_to(self, user: Person) -> Self:
        """Return the versions that were for a person, of what they may read, and those they got.

        A version keeps the audience for which it was issued, however wide its page is opened later.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        tokens = audience_tokens(user)
        pages = ProcedurePage.objects.readable_by(tokens).values("pk")
        words = "|".join(map(re.escape, sorted(tokens)))
        sent = ProcedureVersion.objects.filter(circulations__recipients__member=user).values("pk")
        return self.filter(
            models.Q(page__in=pages, audience__regex=f'"({words})"') | models.Q(pk__in=sent)
        )


class ProcedureVersion(models.Model):
    """A procedure's text as it was issued on a day; never changed afterwards.

    `revision` is Wagtail's, from which it is drawn; `text` its words, a line for each paragraph,
    from which differences are shown; `audience` for whom it was issued, as words of
    `audience_tokens`.
    """

    page = models.ForeignKey(
        ProcedurePage, models.CASCADE, related_name="versions", verbose_name=_("procedure")
    )
    number = models.PositiveIntegerField(_("version"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("text"))
    note = models.TextField(_("what changed"), blank=True)
    audience = models.JSONField(_("who may read it"), default=list)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("issued by"),
    )

    objects = ProcedureVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["page", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="procedure_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {_('version')} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("procedures:version", args=[self.page.slug, self.number])
