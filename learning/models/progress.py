"""A learner's way through a course: enrolment, watched segments, completions and attempts."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage, LessonPage, QuizPage
from media_pipeline.models import Film
from party.permissions import Person

Segment = tuple[float, float]  # start and end, in seconds of the film


def union_of(segments: Iterable[Segment], *, gap: float = 0.5) -> list[Segment]:
    """Return the union of segments in order of time, joining those at most `gap` seconds apart.

    The union, not the furthest position (which would count a skip as watching) nor the time played
    (which would count a replay twice). Segments that end before they begin count for nothing.
    """
    joined: list[Segment] = []
    for start, end in sorted((float(s), float(e)) for s, e in segments if e > s):
        if joined and start <= joined[-1][1] + gap:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, person: Person) -> Self:
        """Return a person's own enrolments: a lead sees states by post, not another's lessons."""
        return self.filter(member_id=person.pk) if person.is_authenticated else self.none()


class Enrolment(models.Model):
    """A member takes a course."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="enrolments",
        verbose_name=_("member"),
    )
    course = models.ForeignKey(
        CoursePage, models.PROTECT, related_name="enrolments", verbose_name=_("course")
    )
    enrolled_at = models.DateTimeField(_("enrolled"), default=timezone.now)
    active_at = models.DateTimeField(_("last active"), default=timezone.now)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["member", "course"], name="enrolment_once_per_course")
        ]
        ordering = ["-active_at"]

    def __str__(self) -> str:
        return f"{self.member}: {self.course}"


class LessonProgress(models.Model):
    """How far a learner is in a lesson: the watched segments of its film and where they left."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="progress")
    lesson = models.ForeignKey(LessonPage, models.CASCADE, related_name="progress")
    film = models.ForeignKey(
        Film, models.CASCADE, related_name="+", null=True, verbose_name=_("film")
    )
    segments = models.JSONField(_("watched segments"), default=list)
    position = models.FloatField(_("left at (seconds)"), default=0.0)
    position_at = models.DateTimeField(_("when they were there"), null=True)

    class Meta:
        verbose_name = _("progress in a lesson")
        verbose_name_plural = _("progress in lessons")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="progress_once_per_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}, {self.lesson}"

    @property
    def watched_seconds(self) -> float:
        """The watched seconds: the length of the union of the segments."""
        return sum(end - start for start, end in self.segments)

    def watched_share(self, duration: float) -> float:
        """Return what part of a film of `duration` seconds was watched, from 0 to 1."""
        return min(1.0, self.watched_seconds / duration) if duration > 0 else 0.0


class Completion(models.Model):
    """A lesson is done; it keeps a copy of the criteria it met."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="completions")
    lesson = models.ForeignKey(LessonPage, models.PROTECT, related_name="completions")
    completed_at = models.DateTimeField(_("completed"), default=timezone.now)
    criteria = models.JSONField(_("criteria met"))

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson"], name="completion_once_per_lesson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}, {self.lesson}"


class Attempt(models.Model):
    """One try at a quiz, with the mark and the pass mark of that day."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attempts")
    quiz = models.ForeignKey(QuizPage, models.PROTECT, related_name="attempts")
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    mark = models.PositiveSmallIntegerField(_("mark (per cent)"))
    pass_mark = models.PositiveSmallIntegerField(_("pass mark (per cent)"))

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-submitted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.mark} %"

    @property
    def passed(self) -> bool:
        return self.mark >= self.pass_mark


class Response(models.Model):
    """What was answered to one question of an attempt; ids are those of the quiz's blocks."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="responses")
    question = models.CharField(_("question"), max_length=40)
    chosen = models.JSONField(_("chosen answers"), default=list)
    correct = models.BooleanField(_("correct"))

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "question"], name="response_once_per_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt}, {self.question}"
