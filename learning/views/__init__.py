"""The pages of a learner and of a region."""

from learning.views.certificates import certificate, check, verify
from learning.views.courses import certify, complete, course, enrol, lesson_or_quiz, progress
from learning.views.home import home
from learning.views.regions import region, regions, unit

__all__ = [
    "certificate",
    "certify",
    "check",
    "complete",
    "course",
    "enrol",
    "home",
    "lesson_or_quiz",
    "progress",
    "region",
    "regions",
    "unit",
    "verify",
]
