"""Who passed on which fact card, so that they hear when it no longer holds."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.facts.models.facts import FactCard
from party.permissions import Person


class FactShareQuerySet(models.QuerySet["FactShare"]):
    def visible_to(self, user: Person) -> Self:
        """Return what a person shared themselves; nobody sees who else did."""
        return self.filter(member=user) if user.is_authenticated else self.none()


class FactShare(models.Model):
    """That a member took a card's words or picture to share them, and where to.

    Kept so that they can be told when the card no longer holds; the latest for each network.
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
