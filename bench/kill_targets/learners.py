"""A quiz is handed in; what was watched of a film is reported."""

import itertools
import json
from functools import cache
from urllib.parse import parse_qs, urlencode, urlsplit

from bench.kill_targets.target import Acknowledged, Client, Sent

WATCHED = "A film to be watched"
COURSE, HOURS = "killed", 24  # the film is as long, so that each second is reported once
ANSWERS = 10  # wrong ones, so that by which are chosen a thousand attempts can be told apart
_numbers = itertools.count(1)


def make_course() -> None:
    """Make a course with a quiz and a film, once for both targets."""
    from courses.models import CoursePage, QuizPage
    from tests.factories import courses
    from tests.factories.media_pipeline import ReadyFilmFactory

    if CoursePage.objects.filter(slug=COURSE).exists():
        return
    course = courses.make_course(COURSE, lessons=0)
    lesson = courses.make_lesson(course, 1)
    lesson.film = ReadyFilmFactory(title=WATCHED, duration=HOURS * 3600.0)
    lesson.save_revision().publish()
    answers = [
        {"text": f"Answer {n}", "correct": not n, "feedback": "So."} for n in range(ANSWERS + 1)
    ]
    quiz = QuizPage.objects.child_of(course).get()
    question = {"text": "Which are wrong?", "kind": "many", "answers": answers}
    quiz.questions = [("question", question)]
    quiz.save_revision().publish()


@cache
def _question() -> tuple[str, list[str]]:
    """Return the quiz's question and its wrong answers, by their names in the form."""
    from courses.models import CoursePage, QuizPage

    (question,) = QuizPage.objects.child_of(CoursePage.objects.get(slug=COURSE)).get().questions
    answers = question.value["answers"].bound_blocks
    return question.id, [answer.id for answer in answers if not answer.value["correct"]]


def hand_in(client: Client, token: str) -> int:
    """Hand a quiz in and return the attempt's number; no two in a row have the same answers."""
    question, wrong = _question()
    number = next(_numbers) % 2**ANSWERS or 1
    chosen = [answer for bit, answer in enumerate(wrong) if number >> bit & 1]
    sent = urlencode({question: chosen}, doseq=True).encode()
    answer = client.send(f"/courses/{COURSE}/quiz/", sent)
    return int(parse_qs(urlsplit(answer.location).query)["attempt"][0])


def account_for_attempts(done: Acknowledged) -> list[str]:
    from learning.models import Attempt

    kept = set(Attempt.objects.values_list("pk", flat=True))
    lost = [f"attempt {token} is not there" for token, pk in done.items() if pk not in kept]
    if len(kept) != len(done):
        lost.append(f"there are {len(kept)} attempts, and {len(done)} were handed in")
    return lost


def watch(client: Client, token: str) -> int:
    """Report a second of the film as watched, and return which."""
    second = 2 * next(_numbers)
    sent = {"segments": json.dumps([[second, second + 1]]), "position": second}
    answer = client.send(f"/courses/{COURSE}/lesson-1/progress/", urlencode(sent).encode())
    if answer.status != 200:
        raise SystemExit(f"A report of what was watched was answered with {answer.status}.")
    return second


def account_for_watched(done: Acknowledged) -> list[str]:
    from learning.models import LessonProgress

    segments = LessonProgress.objects.get().segments
    missing = [s for s in done.values() if not any(a <= s and s + 1 <= b for a, b in segments)]
    seconds = sum(end - start for start, end in segments)
    more = seconds - len(done)
    return ([f"{len(missing)} seconds are missing"] if missing else []) + (
        [f"{more:g} seconds more than were reported"] if more > 0 else []
    )


QUIZZES = Sent("quizzes handed in", make_course, account_for_attempts, hand_in)
PROGRESS = Sent("progress", make_course, account_for_watched, watch)
