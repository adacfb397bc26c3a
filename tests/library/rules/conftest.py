"""Two editions of the book, and what a reader is told of how they differ."""

import pytest
from django.core.cache import cache

from library.rules.models import Edition
from tests.factories.library import make_second


@pytest.fixture
def second(book) -> Edition:
    """The edition after the book's, of which nothing that was found before is kept."""
    cache.clear()
    return make_second(book)


def counts_told(chapters) -> dict[str, dict[str, int]]:
    """Return how many changes of each kind are told of each chapter, by its path."""
    return {each.chapter.path: dict(each.counts) for each in chapters}
