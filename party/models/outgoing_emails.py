"""What the admin wants to send, for instance about a workflow: it waits here for a worker."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.utils.translation import gettext_lazy as _

from ground.jobs.models import AbstractJob, JobQuerySet
from party.models.account_emails import AccountEmail


class OutgoingEmailQuerySet(JobQuerySet["OutgoingEmail"]):
    pass


class OutgoingEmail(AbstractJob):
    """The sending of an e-mail that was handed to Django: Wagtail's, about workflows and comments.

    `message` is what its `EmailMultiAlternatives` is made of, by name. A row that is over is
    deleted, as it holds who wrote what to whom.
    """

    RETRY_DELAYS = AccountEmail.RETRY_DELAYS

    message: "models.JSONField[dict[str, Any]]" = models.JSONField(_("message"))

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta(AbstractJob.Meta):
        verbose_name = _("e-mail from the admin")
        verbose_name_plural = _("e-mails from the admin")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.message["subject"])

    def written(self) -> EmailMultiAlternatives:
        """Return the e-mail as it was handed over."""
        return EmailMultiAlternatives(**self.message)
