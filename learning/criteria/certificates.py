"""What a certificate needs. A new rule is one more criterion in this file's list."""

import dataclasses
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learning.models.course_progress import CourseProgress


@dataclasses.dataclass(frozen=True)
class Criterion:
    """One thing that a certificate needs, and the sentence for who lacks it."""

    met: Callable[[CourseProgress], bool]
    sentence: str | Promise


def has_something_to_do(progress: CourseProgress) -> bool:
    """Say whether the course asks for anything: an empty one certifies nobody."""
    return bool(progress.lessons or progress.quiz or progress.quiz_withdrawn)


def all_lessons_done(progress: CourseProgress) -> bool:
    return progress.all_lessons_done


def quiz_passed(progress: CourseProgress) -> bool:
    """Say whether the quiz was passed, for a renewal since the window opened; or there is none."""
    return progress.quiz is None or bool(progress.passed_attempts_since_renewal)


def quiz_is_live(progress: CourseProgress) -> bool:
    """Say whether the quiz can be taken: one that is being revised is missing, not passed."""
    return not progress.quiz_withdrawn or bool(progress.passed_attempts_since_renewal)


def revoked_earned_by_quiz(progress: CourseProgress) -> bool:
    """Say whether a revoked certificate can be earned again: lessons done before do not count."""
    return not (progress.certificate_revoked and progress.renewed_without_quiz)


CERTIFICATE_CRITERIA = (
    Criterion(has_something_to_do, _("This course has no lesson and no quiz yet.")),
    Criterion(all_lessons_done, _("The certificate needs every lesson done.")),
    Criterion(quiz_passed, _("The certificate needs the quiz passed.")),
    Criterion(
        quiz_is_live,
        _("The quiz is being revised. You get the certificate when you have passed the new one."),
    ),
    Criterion(
        revoked_earned_by_quiz,
        _("Your certificate was revoked, and this course has no quiz by which to earn it again."),
    ),
)


def unmet_criteria(progress: CourseProgress) -> list[Criterion]:
    """Return what is missing for a certificate."""
    return [criterion for criterion in CERTIFICATE_CRITERIA if not criterion.met(progress)]


def certificate_is_earned(progress: CourseProgress) -> bool:
    """Say whether nothing is missing for a certificate that the learner does not hold yet."""
    return not progress.has_valid_certificate and not unmet_criteria(progress)
