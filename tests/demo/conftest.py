"""The demonstration, loaded once for all tests of a file."""

import pytest

from demo.loader import courses, library, people, training


@pytest.fixture(scope="module")
def loaded_once(once):
    """The demonstration without its films, which the browser stories prepare for real."""
    lesson_page = courses.lesson_page
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            courses,
            "lesson_page",
            lambda given, titles: lesson_page({**given, "film": None}, titles),
        )
        people.load()
        library.load()
        courses.load()
        training.load()
        yield


@pytest.fixture
def loaded(loaded_once, db):
    """What was loaded once, as each test finds it."""
