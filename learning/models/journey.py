"""A learner's way through one course, gathered for the pages that show it."""

import dataclasses

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
    def percent(self) -> int:
        """The watched part of the lesson's film in whole per cent, rounded down."""
        if not self.progress or not self.lesson.film:
            return 0
        return int(self.progress.watched_share(self.lesson.film.duration or 0.0) * 100)


@dataclasses.dataclass(frozen=True)
class Journey:
    """Every step of a course for one person; made with a constant number of queries."""

    course: CoursePage
    enrolment: Enrolment | None
    steps: list[Step]
    quiz: QuizPage | None
    attempt: Attempt | None
    certificate: Certificate | None

    @classmethod
    def of(cls, course: CoursePage, user: Person) -> "Journey":
        """Gather a person's journey through a course; seven queries at most."""
        enrolment = Enrolment.objects.visible_to(user).filter(course=course).first()
        lessons = course.lessons().select_related("film")
        progress: dict[int, LessonProgress] = {}
        completions: dict[int, Completion] = {}
        attempt = None
        if enrolment:
            progress = {p.lesson_id: p for p in enrolment.progress.all()}
            completions = {c.lesson_id: c for c in enrolment.completions.all()}
            attempt = enrolment.attempts.first()
        return cls(
            course=course,
            enrolment=enrolment,
            steps=[Step.of(x, progress.get(x.pk), completions.get(x.pk)) for x in lessons],
            quiz=course.quiz(),
            attempt=attempt,
            certificate=Certificate.objects.visible_to(user)
            .filter(course=course)
            .order_by("-issued_at", "-pk")
            .first(),
        )

    @property
    def done(self) -> int:
        return sum(step.completion is not None for step in self.steps)

    @property
    def all_done(self) -> bool:
        return self.done == len(self.steps)

    @property
    def certificate_holds(self) -> bool:
        """Whether the certificate needs nothing from its holder now."""
        return bool(self.certificate and self.certificate.state() == Certificate.State.VALID)

    @property
    def certificate_revoked(self) -> bool:
        """Whether the last certificate was taken back, which its holder is told with the reason."""
        return bool(self.certificate and self.certificate.revoked_at)

    @property
    def next_step(self) -> Step | None:
        """The first lesson not yet done."""
        return next((step for step in self.steps if step.completion is None), None)

    @property
    def next_address(self) -> str | None:
        """Where to go on: the next lesson, then the quiz, then nowhere."""
        if self.next_step:
            return self.next_step.lesson.get_url()
        if self.quiz and not self.certificate_holds:
            return self.quiz.get_url()
        return None

    def step_of(self, lesson: LessonPage) -> Step | None:
        """Return a lesson's step, or None for a draft that an editor looks at."""
        return next((step for step in self.steps if step.lesson.pk == lesson.pk), None)

    def next_after(self, lesson: LessonPage) -> str | None:
        """Return the address of what follows a lesson: the next in order, then the quiz."""
        order = [step.lesson.pk for step in self.steps]
        place = order.index(lesson.pk) if lesson.pk in order else -1
        if 0 <= place < len(order) - 1:
            return self.steps[place + 1].lesson.get_url()
        return self.quiz.get_url() if self.quiz else None
