"""Makes a catalogue with courses, lessons and quizzes, published."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page, Site
from wagtail.signals import page_published

from courses.models import CataloguePage, CoursePage, HubPage, LessonPage, QuizPage

QUESTIONS = [
    {
        "text": "May a moderator remove a comment without a record?",
        "kind": "one",
        "answers": [
            {"text": "Yes", "correct": False, "feedback": "A record protects everyone."},
            {"text": "No", "correct": True, "feedback": "Right: write it down first."},
        ],
    },
    {
        "text": "Which of these are special-category data?",
        "kind": "many",
        "answers": [
            {"text": "Party membership", "correct": True, "feedback": "Yes, it shows opinion."},
            {"text": "A favourite biscuit", "correct": False, "feedback": "Not even in Leeds."},
            {"text": "Health", "correct": True, "feedback": "Yes."},
        ],
    },
]


def publish(parent: Page, page: Page) -> Any:
    """Add a page that was published a moment ago, and tell whoever listens to Wagtail's signal.

    It has no revision, as none has that a migration made: a revision would be written, read and
    saved again, which takes twice as long as the page. What a test promises of revisions, it makes.
    """
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    page_published.send(sender=type(page), instance=page, revision=None)
    return page


def make_catalogue() -> CataloguePage:
    existing = CataloguePage.objects.first()
    if existing:
        return existing
    root = Page.objects.get(depth=1)
    hub = publish(root, HubPage(title="Hub", slug="hub"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=hub, is_default_site=True)
    return publish(hub, CataloguePage(title="Courses", slug="courses"))


def make_course(slug: str = "moderating", *, lessons: int = 2, **fields: Any) -> CoursePage:
    """Return a published course with that many lessons and a quiz of two questions."""
    course = publish(
        make_catalogue(),
        CoursePage(
            **{
                "title": f"Course {slug}",
                "slug": slug,
                "summary": "A short course.",
                "introduction": "<p>Welcome.</p>",
                "minutes": 45,
                "certificate_months": 12,
                **fields,
            }
        ),
    )
    for number in range(1, lessons + 1):
        make_lesson(course, number)
    make_quiz(course)
    return course


def make_lesson(course: CoursePage, number: int = 1, **fields: Any) -> LessonPage:
    return publish(
        course,
        LessonPage(
            **{
                "title": f"Lesson {number}",
                "slug": f"lesson-{number}",
                "summary": f"What lesson {number} is about.",
                "body": [("text", f"<p>The words of lesson {number}.</p>")],
                **fields,
            }
        ),
    )


def make_quiz(course: CoursePage, *, pass_mark: int = 80) -> QuizPage:
    return publish(
        course,
        QuizPage(
            title="Quiz",
            slug="quiz",
            introduction="Two questions.",
            pass_mark=pass_mark,
            questions=[("question", question) for question in QUESTIONS],
        ),
    )


def right_answers(quiz: QuizPage) -> dict[str, list[str]]:
    """Return the correct answers' ids by question id."""
    return {
        question.id: [
            answer.id
            for answer in question.value["answers"].bound_blocks
            if answer.value["correct"]
        ]
        for question in quiz.questions
    }


def wrong_answers(quiz: QuizPage) -> dict[str, list[str]]:
    """Return one wrong answer's id by question id."""
    return {
        question.id: [
            next(a.id for a in question.value["answers"].bound_blocks if not a.value["correct"])
        ]
        for question in quiz.questions
    }
