"""What a member is told: in the hub, and by e-mail where they want that."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from ground.jobs.models import AbstractJob, JobQuerySet
from party.permissions import Person

RETRY_AFTER = datetime.timedelta(minutes=10)  # and then twice as long each time
KEPT_FOR = datetime.timedelta(days=365)  # after it was read


def within_the_hub(url: str) -> bool:
    """Say whether an address leads to a page of the hub, wherever that is served."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, person: Person) -> Self:
        """Return a person's own notices; nobody reads another's."""
        return self.filter(member=person) if person.is_authenticated else self.none()

    def unread(self) -> Self:
        """Return the notices that have not been opened or set aside."""
        return self.filter(read_at=None)

    def outdated(self, now: datetime.datetime) -> Self:
        """Return what was read longer ago than it is kept."""
        return self.filter(read_at__lt=now - KEPT_FOR)


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

    def get_absolute_url(self) -> str:
        return reverse("party:notice", args=[self.pk])


class NoticeEmailQuerySet(JobQuerySet["NoticeEmail"]):
    def in_full(self) -> Self:
        """Fetch along the notice and its member."""
        return self.select_related("notice__member")


class NoticeEmail(AbstractJob):
    """The sending of a notice by e-mail. An address that refuses is tried again for three days."""

    RETRY_DELAYS = tuple(RETRY_AFTER * 2**number for number in range(9))

    notice = models.OneToOneField(
        Notice, models.CASCADE, related_name="email", verbose_name=_("notice")
    )

    objects = NoticeEmailQuerySet.as_manager()

    class Meta(AbstractJob.Meta):
        verbose_name = _("e-mail about a notice")
        verbose_name_plural = _("e-mails about notices")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.notice.subject

    @property
    def is_wanted(self) -> bool:
        """Whether somebody still waits for it: not read in the hub, nor switched off since."""
        member = self.notice.member
        return self.notice.read_at is None and member.email_notices and member.is_active
