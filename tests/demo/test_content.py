"""The demonstration's texts agree with one another and with its films."""

import re

import av
import pytest

from demo.loader import CONTENT, DEMO, read

LESSONS = [read("lessons", path.name) for path in sorted((CONTENT / "lessons").glob("*.yaml"))]
WITH_FILM = [lesson for lesson in LESSONS if lesson["film"]]
MODEL = "Appendix 1 — Model house rules"


def numbered(text):
    """The lines of a text that begin with a number, in their order, without it."""
    return re.findall(r"^\s*\d+\. (.+)$", text, re.MULTILINE)


def test_the_course_the_procedure_and_the_rule_book_number_the_house_rules_alike():
    book = (CONTENT / "rulebook.md").read_text()
    model = numbered(book.partition(MODEL)[2])
    assert len(model) == 6
    lesson = next(
        block["value"]
        for block in read("lessons", "house-rules.yaml")["body"]
        if block.get("title") == "House rules to copy"
    )
    assert numbered(lesson) == model
    procedure = read("procedures", "moderation-rules-for-a-members-group.yaml")
    rules = next(block["numbered"] for block in procedure["body"] if "numbered" in block)
    assert rules[: len(model)] == model


@pytest.mark.parametrize("lesson", WITH_FILM, ids=lambda lesson: lesson["slug"])
def test_a_film_is_as_long_as_its_lesson_says(lesson):
    said = " ".join(str(block.get("value", "")) for block in lesson["body"])
    with av.open(DEMO / "films" / f"{lesson['film']}.mp4") as film:
        minutes = film.duration / av.time_base / 60
    claims = re.findall(r"(less than|under|about) two minutes", said)
    assert claims == [("less than" if minutes < 2 else "about")]
    assert 1.5 < minutes < 2.5
