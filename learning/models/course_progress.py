"""How far a learner is in one course: for the pages that show it, and the criteria."""

import dataclasses
import datetime

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from courses.models import HERE, CoursePage, LessonPage, QuizPage, below
from ground.prepared import Prepared, key
from learning.models.certification import Certificate
from learning.models.progress import Attempt, Completion, Enrolment, LessonProgress
from party.permissions import Person

# What pages ask at every view.
COMPLETED = Exists(Completion.objects.filter(enrolment=key("enrolment"), lesson=OuterRef("pk")))
PROGRESS: Prepared[LessonProgress] = Prepared(
    lambda: LessonProgress.objects.filter(enrolment=key("enrolment"))
)
PROGRESS_IN: Prepared[LessonProgress] = Prepared(
    lambda: LessonProgress.objects.filter(enrolment=key("enrolment"), lesson=key("lesson"))
)
COMPLETIONS: Prepared[Completion] = Prepared(
    lambda: Completion.objects.filter(enrolment=key("enrolment"))
)
COMPLETION_OF: Prepared[Completion] = Prepared(
    lambda: Completion.objects.filter(enrolment=key("enrolment"), lesson=key("lesson"))
)
ATTEMPTS: Prepared[Attempt] = Prepared(lambda: Attempt.objects.filter(enrolment=key("enrolment")))
ENROLMENT: Prepared[Enrolment] = Prepared(
    lambda: Enrolment.objects.filter(member=key("member"), course=key("course"))
)
LAST_CERTIFICATE: Prepared[Certificate] = Prepared(
    lambda: Certificate.objects.filter(member=key("member"), course=key("course")).order_by(
        "-issued_at", "-pk"
    )[:1]
)
LESSONS: Prepared[LessonPage] = Prepared(
    lambda: (
        LessonPage.objects.live()
        .filter(**HERE)
        .order_by("path")
        .select_related("film")
        .defer("body")
    )
)
NEXT_LESSON: Prepared[LessonPage] = Prepared(
    lambda: (
        LessonPage.objects.live()
        .filter(**HERE)
        .exclude(COMPLETED)
        .order_by("path")
        .defer("body")[:1]
    )
)
COUNTS: Prepared[tuple[int, int]] = Prepared(
    lambda: (
        LessonPage.objects.live()
        .filter(**HERE)
        .order_by()
        .values("live")
        .annotate(all=Count("pk"), done=Count("pk", filter=COMPLETED))
        .values_list("all", "done")
    )
)


def enrolment_of(person: Person, course: CoursePage) -> Enrolment | None:
    """Return a person's own enrolment in a course."""
    return ENROLMENT.first(member=person.pk or 0, course=course.pk)


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


def steps_of(course: CoursePage, enrolment: Enrolment | None) -> list[Step]:
    """Return every lesson of a course with what a learner did in it; three queries at most."""
    progress: dict[int, LessonProgress] = {}
    completions: dict[int, Completion] = {}
    if enrolment:
        progress = {p.lesson_id: p for p in PROGRESS(enrolment=enrolment.pk)}
        completions = {c.lesson_id: c for c in COMPLETIONS(enrolment=enrolment.pk)}
    lessons = LESSONS(**below(course))
    return [Step.of(x, progress.get(x.pk), completions.get(x.pk)) for x in lessons]


def step_of(lesson: LessonPage, enrolment: Enrolment | None) -> Step:
    """Return one lesson with what a learner did in it; two queries at most."""
    if enrolment is None:
        return Step(lesson, None, None)
    own = {"enrolment": enrolment.pk, "lesson": lesson.pk}
    return Step.of(lesson, PROGRESS_IN.first(**own), COMPLETION_OF.first(**own))


@dataclasses.dataclass(frozen=True)
class CourseProgress:
    """How far a person is in a course on a day; as many queries and rows for any length of it."""

    course: CoursePage
    on: datetime.date
    enrolment: Enrolment | None
    lessons: int
    lessons_done: int
    next_lesson: LessonPage | None  # the first not yet done
    quiz: QuizPage | None  # the live one
    quiz_withdrawn: bool  # there is one, but it is not live
    attempts: list[Attempt]
    certificate: Certificate | None

    @classmethod
    def of(
        cls, course: CoursePage, person: Person, *, on: datetime.date | None = None
    ) -> "CourseProgress":
        """Gather a person's progress in a course (default: today); six queries at most."""
        enrolment = enrolment_of(person, course)
        return cls.in_enrolment(enrolment, course, person, on=on)

    @classmethod
    def in_enrolment(
        cls,
        enrolment: Enrolment | None,
        course: CoursePage,
        person: Person,
        *,
        on: datetime.date | None = None,
    ) -> "CourseProgress":
        """Gather the same where the enrolment is known; five queries at most."""
        own = {"enrolment": enrolment.pk if enrolment else 0, **below(course)}
        every, done = COUNTS.first(**own) or (0, 0)
        quiz = course.newest_quiz()
        return cls(
            course=course,
            on=on or timezone.localdate(),
            enrolment=enrolment,
            lessons=every,
            lessons_done=done,
            next_lesson=NEXT_LESSON.first(**own) if done < every else None,
            quiz=quiz if quiz and quiz.live else None,
            quiz_withdrawn=bool(quiz and not quiz.live),
            attempts=ATTEMPTS(enrolment=enrolment.pk) if enrolment else [],
            certificate=LAST_CERTIFICATE.first(member=person.pk or 0, course=course.pk),
        )

    @property
    def attempt(self) -> Attempt | None:
        """The last attempt at the quiz."""
        return self.attempts[0] if self.attempts else None

    @property
    def passed_attempts_since_renewal(self) -> list[Attempt]:
        """The passed attempts that count towards the next certificate.

        For a renewal the quiz must be passed again since the last certificate's window opened;
        after a revocation, since that moment.
        """
        passed = [attempt for attempt in self.attempts if attempt.passed]
        last = self.certificate
        if last is None:
            return passed
        if last.revoked_at:
            return [attempt for attempt in passed if attempt.submitted_at > last.revoked_at]
        return [
            attempt
            for attempt in passed
            if timezone.localdate(attempt.submitted_at) >= last.window_opens
            and attempt.submitted_at > last.issued_at
        ]

    @property
    def all_lessons_done(self) -> bool:
        return self.lessons_done == self.lessons

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
    def renewed_without_quiz(self) -> bool:
        """Whether there is no quiz to pass: the lessons alone earn the certificate again."""
        return self.quiz is None and not self.quiz_withdrawn

    @property
    def next_address(self) -> str | None:
        """Where to carry on: the next lesson, the quiz, the renewal, then nowhere."""
        if self.next_lesson:
            return self.next_lesson.get_url()
        if self.has_valid_certificate:
            return None
        if self.quiz:
            return self.quiz.get_url()
        renewable = self.certificate and self.renewed_without_quiz and not self.certificate_revoked
        return self.course.get_url() if renewable else None
