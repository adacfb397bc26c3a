"""What a member is told: in the hub, and by e-mail where she wants that."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> Self:
        """Return a person's own notices; nobody reads another's."""
        return self.filter(member=user) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        """Return the notices that have not been opened or set aside."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing that one member is told. `url` leads to what it is about, within the hub.

    `key` names the occasion, so that the same thing is never told twice to the same person.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notices",
        verbose_name=_("member"),
    )
    key = models.CharField(_("occasion"), max_length=120)
    subject = models.CharField(_("subject"), max_length=200)
    message = models.TextField(_("message"), blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    emailed_at = models.DateTimeField(_("sent by e-mail"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="notice_told_once"),
        ]

    def __str__(self) -> str:
        return self.subject
