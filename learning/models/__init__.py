"""Who has learnt what: enrolment, progress, certification, and coverage by post."""

from learning.models.certification import Certificate, Requirement
from learning.models.coverage import Coverage, Post, PostState, posts_of
from learning.models.progress import (
    Attempt,
    Completion,
    Enrolment,
    LessonProgress,
    Response,
    union_of,
)

__all__ = [
    "Attempt",
    "Certificate",
    "Completion",
    "Coverage",
    "Enrolment",
    "LessonProgress",
    "Post",
    "PostState",
    "Requirement",
    "Response",
    "posts_of",
    "union_of",
]
