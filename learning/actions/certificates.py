"""Certificates: earned, renewed and revoked."""

import calendar
import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from learning.criteria.certificates import certificate_is_earned, unmet_criteria
from learning.criteria.unmet import CriteriaNotMet
from learning.models import Certificate, Enrolment
from learning.models.certification import window_opening
from learning.models.course_progress import CourseProgress
from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion
from party.permissions import Person

MOST_REASON = 250  # characters


def progress_of(enrolment: Enrolment, *, on: datetime.date) -> CourseProgress:
    """Return how far an enrolment's learner is on a day."""
    return CourseProgress.of(enrolment.course, enrolment.member, on=on)


@transaction.atomic
def certify_if_earned(
    enrolment: Enrolment, *, by: Person, now: datetime.datetime
) -> Certificate | None:
    """Issue a certificate where nothing is missing for it; otherwise do nothing."""
    progress = progress_of(enrolment, on=timezone.localdate(now))
    return _issue(enrolment, progress, by=by, now=now) if certificate_is_earned(progress) else None


@transaction.atomic
def issue_certificate(enrolment: Enrolment, *, by: Person, now: datetime.datetime) -> Certificate:
    """Issue the certificate of an enrolment's course, or renew the one that is running out.

    Raises CriteriaNotMet with what is missing.
    """
    progress = progress_of(enrolment, on=timezone.localdate(now))
    if progress.has_valid_certificate and progress.certificate:
        day = date_format(progress.certificate.window_opens)
        sentence = _("You hold this certificate. You can renew it from %(day)s.")
        raise CriteriaNotMet(sentence % {"day": day})
    if unmet := unmet_criteria(progress):
        raise CriteriaNotMet(" ".join(str(criterion.sentence) for criterion in unmet))
    return _issue(enrolment, progress, by=by, now=now)


def _issue(
    enrolment: Enrolment, progress: CourseProgress, *, by: Person, now: datetime.datetime
) -> Certificate:
    """Issue a certificate and tell its holder; a renewal keeps the days that the old one has."""
    today = timezone.localdate(now)
    last = (
        Certificate.objects.valid(today)
        .filter(member=enrolment.member, course=enrolment.course_id)
        .first()
    )
    until = add_months(last.valid_until if last else today, enrolment.course.certificate_months)
    marks = [attempt.mark for attempt in progress.passed_attempts_since_renewal]
    certificate = Certificate.objects.create(
        member=enrolment.member,
        course=enrolment.course,
        holder_name=enrolment.member.get_full_name() or _("A member"),
        course_title=enrolment.course.title,
        mark=max(marks, default=None),
        issued_at=now,
        valid_from=today,
        window_opens=window_opening(until),
        valid_until=until,
    )
    log(
        certificate,
        "learning.certify",
        user=by,
        data={"code": certificate.code, "valid_until": until.isoformat()},
    )
    notify(
        [enrolment.member],
        occasion=Occasion.CERTIFICATE_ISSUED,
        about=certificate.pk,
        subject=_("Congratulations: you have earned a certificate"),
        message=_("“%(course)s”. Its last day is %(day)s.")
        % {"course": certificate.course_title, "day": date_format(until)},
        url=certificate.get_absolute_url(),
        now=now,
    )
    return certificate


@transaction.atomic
def revoke_certificate(
    certificate: Certificate, *, reason: str, by: Person | None, now: datetime.datetime
) -> None:
    """Revoke a certificate; its public check says so. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Enter a reason. The holder will see it."))
    if certificate.revoked_at is not None:
        raise Refused(_("This certificate was already revoked. The first reason was kept."))
    if len(reason.strip()) > MOST_REASON:
        raise Refused(
            _("The reason is too long, so nothing was changed. Shorten it to one sentence.")
        )
    certificate.revoked_at, certificate.revoked_reason = now, reason.strip()
    certificate.save(update_fields=["revoked_at", "revoked_reason"])
    log(
        certificate,
        "learning.revoke",
        user=by,
        data={"code": certificate.code, "reason": reason.strip()},
    )


def add_months(day: datetime.date, months: int) -> datetime.date:
    """Return the same day some months later, or that month's last day (31 March + 1 = 30 April)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return day.replace(year, month, min(day.day, calendar.monthrange(year, month)[1]))
