"""Questions that nobody could answer rightly are refused, and blocks stay out of migrations."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from courses.blocks import BodyField, LessonBody, QuestionBlock


def question(kind, *correct):
    answers = [
        {"text": f"Answer {n}", "correct": right, "feedback": "Because."}
        for n, right in enumerate(correct)
    ]
    block = QuestionBlock()
    return block, block.to_python({"text": "What now?", "kind": kind, "answers": answers})


def test_a_question_with_one_right_answer_is_kept():
    block, value = question("one", True, False)
    assert block.clean(value)["text"] == "What now?"


def test_several_answers_may_be_right_where_the_question_says_so():
    block, value = question("many", True, True, False)
    assert block.clean(value)["kind"] == "many"


@pytest.mark.parametrize(
    ("kind", "correct"), [("one", (True, True)), ("one", (False, False)), ("many", (False, False))]
)
def test_a_question_that_nobody_could_answer_rightly_is_refused(kind, correct):
    block, value = question(kind, *correct)
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert "answers" in refused.value.block_errors


def test_blocks_stay_out_of_migrations():
    _name, path, arguments, keywords = BodyField(LessonBody()).deconstruct()
    assert (path, arguments) == ("library.procedures.blocks.BodyField", [[]])
    assert "block_lookup" not in keywords
    folder = Path(__file__).resolve().parents[2] / "courses" / "migrations"
    assert not any("Block(" in path.read_text() for path in folder.glob("*.py"))
