"""How a draft edition read after each time it was saved."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.rules.models.works import Edition


class DraftVersionQuerySet(models.QuerySet["DraftVersion"]):
    def without_text(self) -> Self:
        """Return the versions as a list names them."""
        return self.defer("outline").select_related("by").order_by("-number")


class DraftVersion(models.Model):
    """A draft's text, as an outline, at one time: the first is what was read from the file.

    The newest version's `number` names the state a draft is in, and a form made for another state
    is refused. `description` says in a sentence what was changed.
    """

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="versions", verbose_name=_("edition")
    )
    number = models.PositiveIntegerField(_("number"))
    outline = models.TextField(_("text"))
    description = models.CharField(_("what was changed"), max_length=300)
    made_at = models.DateTimeField(_("saved"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("saved by"),
    )

    objects = DraftVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a draft")
        verbose_name_plural = _("versions of a draft")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="draft_version_once")
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)d") % {"number": self.number})
