"""The course that `bench/pages.py` has both sides teach: the same titles, texts and progress."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from bench.answering import Page

SENTENCE = (
    "A moderator who takes a comment down writes in the log which rule it broke, who took it down"
    " and when, and tells the person who wrote it what they may do about it. "
)
PARAGRAPHS = 6  # of a lesson, each of SENTENCES
SENTENCES = 3
QUESTION = "moderating"  # what search is asked: every title has the word
CUES = 60  # of the film: what is said in some three minutes


@dataclass(frozen=True)
class Course:
    """A course of lessons with the same text; its learner has done the first half of them."""

    slug: str
    lessons: int

    @classmethod
    def of(cls, lessons: int) -> "Course":
        return cls(f"course-{lessons}", lessons)

    @property
    def title(self) -> str:
        return f"Moderating {self.slug}"

    @property
    def done(self) -> int:
        return self.lessons // 2

    @property
    def next(self) -> int:
        """The number of the lesson that comes next; it is of words alone."""
        return self.done + 1

    @property
    def with_film(self) -> int:
        """The number of the one lesson that has a film (in wagtail-lms: an H5P activity)."""
        return self.done

    def lesson_slug(self, number: int) -> str:
        return f"lesson-{number}"

    def lesson_title(self, number: int) -> str:
        return f"Lesson {number} of moderating {self.slug}"

    def pages(self, top: str, session: str, *, search: str, film: str) -> dict[str, Page]:
        """Return the pages to ask for, by name. `film` stands wherever the film is shown."""

        def lesson(number: int, *shown: str) -> Page:
            address = f"{top}{self.slug}/{self.lesson_slug(number)}/"
            return Page(address, session, (self.lesson_title(number), SENTENCE.strip(), *shown))

        following = self.lesson_title(self.next)
        progress = f"{self.done} of {self.lessons} lessons done"
        found = {
            "home": Page("/", session, (progress, f"Continue: {following}")),
            "course": Page(f"{top}{self.slug}/", session, (SENTENCE.strip(), following)),
            "lesson": lesson(self.next),
            "lesson with a film": lesson(self.with_film, film),
            "search": Page(search, session, (" course-",)),
        }
        return {self.page(name): page for name, page in found.items()}

    def page(self, name: str) -> str:
        """Return what a page of this course is called beside those of others."""
        return f"{name}, {self.slug}"


INTRODUCTION = f"<p>{SENTENCE}</p>"
SUMMARY = SENTENCE[:120]


def paragraphs() -> list[str]:
    """Return the text of a lesson as rich text, block by block."""
    return [f"<p><b>{n}.</b> {SENTENCE * SENTENCES}</p>" for n in range(1, PARAGRAPHS + 1)]


def arguments(about: str) -> argparse.Namespace:
    """Read what each side is told: a folder, how many lessons its courses have, units."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lessons", type=int, nargs="+", required=True)
    parser.add_argument("--units", type=int, default=0)
    given = parser.parse_args()
    given.courses = [Course.of(lessons) for lessons in given.lessons]
    return given
