"""How far a learner is in one course: for the pages that show it, and the criteria."""

import dataclasses
import datetime

from django.utils import timezone

from courses.models import CoursePage, LessonPage, QuizPage
from learning.models.certification import Certificate
from learning.models.progress import Attempt, Completion, Enrolment, LessonProgress
from party.permissions import Person


@dataclasses.dataclass(frozen=True)
class Step:
    """One lesson with what the learner did in it."""

    lesson: LessonPage
    progress: LessonProgress | None
    completion: Completion | None

    @classmethod
    def of(
        cls, lesson: LessonPage, progress: LessonProgress | None, completion: Completion | None
    ) -> "Step":
        """Leave out what was watched of a film that the lesson no longer shows."""
        if progress and progress.film_id != lesson.film_id:
            progress = None
        return cls(lesson, progress, completion)

    @property
    def done(self) -> bool:
        """Whether the learner has completed the lesson."""
        return self.completion is not None

    @property
    def percent(self) -> int:
        """The watched part of the lesson's film in whole per cent, rounded down."""
        if not self.progress or not self.lesson.film:
            return 0
        return int(self.progress.watched_share(self.lesson.film.duration or 0.0) * 100)


@dataclasses.dataclass(frozen=True)
class CourseProgress:
    """Every step of a course for one person on a day; made with a constant number of queries."""

    course: CoursePage
    on: datetime.date
    enrolment: Enrolment | None
    steps: list[Step]
    quiz: QuizPage | None
    attempts: list[Attempt]
    certificate: Certificate | None

    @classmethod
    def of(
        cls, course: CoursePage, person: Person, *, on: datetime.date | None = None
    ) -> "CourseProgress":
        """Gather a person's progress in a course (default: today); seven queries at most."""
        enrolment = Enrolment.objects.visible_to(person).filter(course=course).first()
        lessons = course.lessons().select_related("film")
        progress: dict[int, LessonProgress] = {}
        completions: dict[int, Completion] = {}
        if enrolment:
            progress = {p.lesson_id: p for p in enrolment.progress.all()}
            completions = {c.lesson_id: c for c in enrolment.completions.all()}
        return cls(
            course=course,
            on=on or timezone.localdate(),
            enrolment=enrolment,
            steps=[Step.of(x, progress.get(x.pk), completions.get(x.pk)) for x in lessons],
            quiz=course.quiz(),
            attempts=list(enrolment.attempts.all()) if enrolment else [],
            certificate=Certificate.objects.visible_to(person)
            .filter(course=course)
            .order_by("-issued_at", "-pk")
            .first(),
        )

    @property
    def attempt(self) -> Attempt | None:
        """The last attempt at the quiz."""
        return self.attempts[0] if self.attempts else None

    @property
    def passed_attempts_since_renewal(self) -> list[Attempt]:
        """The passed attempts that count towards the next certificate.

        For a renewal the quiz must be passed again since the last certificate's window opened.
        """
        passed = [attempt for attempt in self.attempts if attempt.passed]
        last = self.certificate
        if last is None:
            return passed
        since = timezone.localdate(last.revoked_at) if last.revoked_at else last.window_opens
        return [
            attempt
            for attempt in passed
            if timezone.localdate(attempt.submitted_at) >= since
            and attempt.submitted_at > last.issued_at
        ]

    @property
    def lessons_done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def all_lessons_done(self) -> bool:
        return self.lessons_done == len(self.steps)

    @property
    def has_valid_certificate(self) -> bool:
        """Whether the certificate needs nothing from its holder now."""
        valid = Certificate.State.VALID
        return self.certificate is not None and self.certificate.state(self.on) == valid

    @property
    def certificate_revoked(self) -> bool:
        """Whether the last certificate was taken back, which its holder is told with the reason."""
        return bool(self.certificate and self.certificate.revoked_at)

    @property
    def next_step(self) -> Step | None:
        """The first lesson not yet done."""
        return next((step for step in self.steps if not step.done), None)

    @property
    def next_address(self) -> str | None:
        """Where to carry on: the next lesson, then the quiz, then nowhere."""
        if self.next_step:
            return self.next_step.lesson.get_url()
        if self.quiz and not self.has_valid_certificate:
            return self.quiz.get_url()
        return None

    def step_of(self, lesson: LessonPage) -> Step | None:
        """Return a lesson's step, or None for a draft that an editor looks at."""
        return next((step for step in self.steps if step.lesson.pk == lesson.pk), None)

    def next_after(self, lesson: LessonPage) -> LessonPage | QuizPage | None:
        """Return what follows a lesson: the next in order, then the quiz, then nothing."""
        order = [step.lesson.pk for step in self.steps]
        place = order.index(lesson.pk) if lesson.pk in order else -1
        if 0 <= place < len(order) - 1:
            return self.steps[place + 1].lesson
        return self.quiz
