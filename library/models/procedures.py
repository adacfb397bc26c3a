"""Procedures, standing orders and policies as pages, and the versions that were issued of them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, Revision
from wagtail.query import PageQuerySet

from library.blocks import BodyField, FieldsBody, ProcedureBody
from party.models import Region, Role
from party.permissions import EDITORS, MEMBERS, audience_tokens


def preview_only(page: Page, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    """Serve an author's preview, and nothing else: `library.views` draws what a member sees."""
    if not getattr(request, "is_preview", False):
        raise Http404
    return Page.serve(page, request, *args, **kwargs)


class ProceduresPage(Page):
    """All procedures, standing orders and policies; its address is `/procedures/`."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["courses.HubPage"]
    subpage_types = ["library.ProcedurePage"]
    max_count = 1
    serve = preview_only
    private_page_options: list[str] = []
    template = "library/procedures_page.html"

    class Meta:
        verbose_name = _("procedures")


class ProcedureQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Return what a person may read: live pages for their audience, all for editors."""
        tokens = audience_tokens(user)
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


class ProcedurePage(Page):
    """A procedure, standing orders or a policy, perhaps with blanks that a local party fills in."""

    class Kind(models.TextChoices):
        PROCEDURE = "procedure", _("Procedure")
        STANDING_ORDERS = "standing_orders", _("Standing orders")
        POLICY = "policy", _("Policy")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.PROCEDURE)
    summary = models.CharField(_("summary"), max_length=250)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("owner"),
        help_text=_("Who keeps it up to date, and is told when a rule it cites changes."),
    )
    roles: Any = ParentalManyToManyField(
        Role, blank=True, verbose_name=_("for these roles"), help_text=_("None: for every role.")
    )
    regions: Any = ParentalManyToManyField(
        Region, blank=True, verbose_name=_("in these regions"), help_text=_("None: everywhere.")
    )
    review_by = models.DateField(_("review by"))
    sample = models.BooleanField(
        _("sample"), default=False, help_text=_("It then says that it binds nobody.")
    )
    fields = BodyField(FieldsBody(), blank=True, verbose_name=_("what a local party fills in"))
    body = BodyField(ProcedureBody(), blank=True, verbose_name=_("content"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("responsible"), FieldPanel("review_by"), FieldPanel("sample")],
            heading=_("Who keeps it"),
        ),
        MultiFieldPanel([FieldPanel("roles"), FieldPanel("regions")], heading=_("Who may read it")),
        FieldPanel("fields"),
        FieldPanel("body"),
    ]
    parent_page_types = ["library.ProceduresPage"]
    subpage_types: list[str] = []
    serve = preview_only
    private_page_options: list[str] = []
    template = "library/procedure_page.html"

    objects = PageManager.from_queryset(ProcedureQuerySet)()

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def get_absolute_url(self) -> str:
        return reverse("library:procedure", args=[self.slug])


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    def visible_to(self, user: Any) -> Self:
        """Return the versions of what a person may read, and those that were sent to her."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        pages = ProcedurePage.objects.visible_to(user).values("pk")
        return self.filter(
            models.Q(page__in=pages) | models.Q(circulations__addressees__member=user)
        ).distinct()


class ProcedureVersion(models.Model):
    """A procedure's text as it was issued on a day; never changed afterwards.

    `revision` is Wagtail's, from which it is drawn; `text` its words, a line for each paragraph,
    from which differences are shown.
    """

    page = models.ForeignKey(
        ProcedurePage, models.CASCADE, related_name="versions", verbose_name=_("procedure")
    )
    number = models.PositiveIntegerField(_("version"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("text"))
    note = models.TextField(_("what changed"), blank=True)
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
        return reverse("library:version", args=[self.page.slug, self.number])
