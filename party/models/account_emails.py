"""What waits to be sent about an account."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ground.jobs.models import AbstractJob, JobQuerySet


class AccountEmailQuerySet(JobQuerySet["AccountEmail"]):
    def in_full(self) -> Self:
        """Fetch along whose account it is."""
        return self.select_related("member")


class AccountEmail(AbstractJob):
    """The sending of an e-mail about an account (docs/accounts.md).

    `address` is where it goes. Asking for a new password has no `member`: only the worker looks
    whose address it is. No link stands here, it is made as the e-mail is sent; and a row that is
    over is deleted, as it says who is a member.
    """

    class Kind(models.TextChoices):
        PASSWORD_RESET = "password-reset", _("a new password was asked for")
        INVITATION = "invitation", _("an account was opened")
        ADDRESS_CONFIRMATION = "address-confirmation", _("a new e-mail address is to be confirmed")
        ADDRESS_CHANGED = "address-changed", _("the e-mail address was changed")
        PASSWORD_CHANGED = "password-changed", _("the password was changed")

    RETRY_DELAYS = tuple(datetime.timedelta(minutes=minutes) for minutes in (2, 10, 30, 120, 720))

    kind = models.CharField(_("occasion"), max_length=30, choices=Kind.choices)
    address = models.EmailField(_("e-mail address"), max_length=254)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("member"),
    )

    objects = AccountEmailQuerySet.as_manager()

    class Meta(AbstractJob.Meta):
        verbose_name = _("e-mail about an account")
        verbose_name_plural = _("e-mails about accounts")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.get_kind_display())
