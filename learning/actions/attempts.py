"""A learner's attempts at a quiz."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from courses.models import QuizPage
from courses.questions.kinds import KINDS
from learning.actions.certificates import certify_if_earned
from learning.actions.enrolments import locked
from learning.models import Attempt, Enrolment, Response
from party.permissions import Person

SENT_TWICE = datetime.timedelta(seconds=10)  # the same answers within so long are one attempt


@dataclasses.dataclass(frozen=True)
class MarkedQuestion:
    """One question with what was chosen and whether that is right."""

    question: str
    chosen: tuple[str, ...]
    correct: bool


def mark_responses(quiz: QuizPage, chosen: Mapping[str, Sequence[str]]) -> list[MarkedQuestion]:
    """Mark a quiz, each question as its kind says; answers that were not offered are dropped."""
    marked = []
    for question in quiz.questions:
        answers = question.value["answers"].bound_blocks
        correct = frozenset(answer.id for answer in answers if answer.value["correct"])
        offered = {answer.id for answer in answers}
        picked = tuple(answer for answer in chosen.get(question.id, ()) if answer in offered)
        right = KINDS[question.value["kind"]].is_right(correct, frozenset(picked))
        marked.append(MarkedQuestion(question.id, picked, right))
    return marked


@transaction.atomic
def submit_attempt(
    enrolment: Enrolment,
    quiz: QuizPage,
    *,
    chosen: Mapping[str, Sequence[str]],
    by: Person,
    now: datetime.datetime,
) -> Attempt:
    """Mark and keep an attempt at a quiz; passing may earn the certificate.

    `chosen` maps a question's id to the ids of the answers chosen. The mark is the share of right
    questions in whole per cent, rounded down. The same answers sent twice within `SENT_TWICE`, as
    by a double click, are one attempt: the first is returned.
    """
    locked(enrolment)
    marked = mark_responses(quiz, chosen)
    if sent := _sent_before(enrolment, quiz, marked, now=now):
        return sent
    right = sum(question.correct for question in marked)
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        quiz=quiz,
        submitted_at=now,
        mark=100 * right // len(marked) if marked else 0,
        pass_mark=quiz.pass_mark,
    )
    Response.objects.bulk_create(
        Response(
            attempt=attempt, question=each.question, chosen=list(each.chosen), correct=each.correct
        )
        for each in marked
    )
    Enrolment.objects.filter(pk=enrolment.pk).update(active_at=now)
    certify_if_earned(enrolment, by=by, now=now)
    return attempt


def _sent_before(
    enrolment: Enrolment,
    quiz: QuizPage,
    marked: Sequence[MarkedQuestion],
    *,
    now: datetime.datetime,
) -> Attempt | None:
    """Return the learner's last attempt where it is this very one, sent a moment ago."""
    last = enrolment.attempts.filter(quiz=quiz).first()
    if last is None or not abs(now - last.submitted_at) <= SENT_TWICE:
        return None
    answers = {each.question: sorted(each.chosen) for each in marked}
    before = {each.question: sorted(each.chosen) for each in last.responses.all()}
    return last if before == answers else None
