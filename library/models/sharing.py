"""Versions of fact cards, and who passed which of them on."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.models.facts import FactCard


class FactVersion(models.Model):
    """A card as it was after a change; `data` holds its fields' values as text."""

    card = models.ForeignKey(
        FactCard, models.CASCADE, related_name="versions", verbose_name=_("fact card")
    )
    number = models.PositiveIntegerField(_("version"))
    data = models.JSONField(_("content"))
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("version of a fact card")
        verbose_name_plural = _("versions of fact cards")
        ordering = ["card", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="fact_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.card}, {_('version')} {self.number}"


class FactShareQuerySet(models.QuerySet["FactShare"]):
    def visible_to(self, user: Any) -> Self:
        """Return what a person herself shared; nobody sees who else did."""
        return self.filter(member=user) if user.is_authenticated else self.none()


class FactShare(models.Model):
    """That a member took a card's words or picture to share them, and where to.

    Kept so that she can be told when the card no longer holds; the latest for each network.
    """

    class Network(models.TextChoices):
        X = "x", "X"
        BLUESKY = "bluesky", "Bluesky"
        MASTODON = "mastodon", "Mastodon"
        FACEBOOK = "facebook", "Facebook"
        INSTAGRAM = "instagram", "Instagram"
        LINKEDIN = "linkedin", "LinkedIn"
        WHATSAPP = "whatsapp", "WhatsApp"
        ELSEWHERE = "elsewhere", _("Elsewhere")

    card = models.ForeignKey(
        FactCard, models.CASCADE, related_name="shares", verbose_name=_("fact card")
    )
    version = models.PositiveIntegerField(_("version"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="fact_shares",
        verbose_name=_("member"),
    )
    network = models.CharField(_("network"), max_length=12, choices=Network.choices)
    shared_at = models.DateTimeField(_("shared"), default=timezone.now)

    objects = FactShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("sharing of a fact card")
        verbose_name_plural = _("sharings of fact cards")
        ordering = ["-shared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["card", "member", "network"], name="fact_share_once"),
        ]

    def __str__(self) -> str:
        return f"{self.card} ({self.get_network_display()})"


class FactSheet(models.Model):
    """A spreadsheet of cards as it was read, kept from its preview until it is imported.

    `rows` is a list of `{"row", "values", "problems", "slug"}`: the row's number in the sheet, what
    its cells say by field, and a sentence for each problem.
    """

    file_name = models.CharField(_("file’s name"), max_length=255)
    rows = models.JSONField(_("rows"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="fact_sheets",
        verbose_name=_("given by"),
    )
    made_at = models.DateTimeField(_("given"), default=timezone.now)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)

    class Meta:
        verbose_name = _("spreadsheet of fact cards")
        verbose_name_plural = _("spreadsheets of fact cards")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
