"""An engine is asked as narrowly as finds something, and wider where that finds too few."""

from dataclasses import replace

import pytest

from search.engines.embedded import EmbeddedEngine
from search.engines.question import Query, Question, Reach
from search.engines.results import Results
from search.questions.parsing import parse

MEMBERS = frozenset({"members"})


class Counting(EmbeddedEngine):
    """An engine of which a test says how much each reach finds."""

    def __init__(self, folder, finds: dict[Reach, int]) -> None:
        super().__init__(folder)
        self.finds, self.asked = finds, []

    def match(self, query: Query, reach: Reach) -> Results:
        self.asked.append(reach)
        count = self.finds.get(reach, 0)
        return Results(total=count, counts={"rule": count} if count else {}, reach=reach)


WORDS, HALF, FORGIVING, SOME = Reach


@pytest.mark.parametrize(
    ("finds", "asked", "answers"),
    [
        ({WORDS: 3}, [WORDS], WORDS),
        ({WORDS: 1, HALF: 4}, [WORDS, HALF], HALF),
        ({WORDS: 2, HALF: 2, FORGIVING: 2}, [WORDS, HALF, FORGIVING], WORDS),
        ({FORGIVING: 1}, [WORDS, HALF, FORGIVING], FORGIVING),
        ({}, [WORDS, HALF, FORGIVING, SOME], SOME),
    ],
)
def test_the_reach_is_widened_only_while_too_little_is_found(tmp_path, finds, asked, answers):
    engine = Counting(tmp_path, finds)

    assert engine.search(Query(parse("quorum"), MEMBERS)).reach is answers
    assert engine.asked == asked


@pytest.mark.parametrize(
    "query", [Query(Question(text="?"), MEMBERS), Query(parse("quorum"), frozenset())]
)
def test_for_nothing_and_for_nobody_the_index_is_not_asked(tmp_path, query):
    engine = Counting(tmp_path, {WORDS: 9})

    assert replace(engine.search(query), took_ms=0.0) == Results()
    assert engine.asked == []
