"""Where two rows of words agree: as the close comparison finds it, and quickly in long ones."""

import random
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_pipeline.steps import anchors
from media_pipeline.steps.anchors import CLOSELY, Block, filled, matching_blocks

ROWS = st.lists(st.sampled_from("abcdefg"), max_size=40)


@given(ROWS, ROWS)
@settings(max_examples=100, deadline=None)
def test_blocks_agree_and_rise(one: list[str], other: list[str]) -> None:
    blocks = matching_blocks(one, other, least=2)
    for a, b, count in blocks:
        assert count >= 2
        assert one[a : a + count] == other[b : b + count]
    for (a, b, count), (later_a, later_b, _count) in pairwise(blocks):
        assert later_a >= a + count
        assert later_b >= b + count


def test_long_rows_are_not_compared_word_with_every_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 9,000 words and 7,200, a hundredth of all pairs is compared closely, piece by piece."""
    pieces: list[int] = []
    closely = anchors._close

    def counted(*rows: Any) -> list[Block]:
        a, a_end, b, b_end = rows[2]
        pieces.append((a_end - a) * (b_end - b))
        return closely(*rows)

    monkeypatch.setattr(anchors, "_close", counted)
    chance = random.Random(1)
    script = [f"w{chance.randint(0, 1500)}" for _ in range(9000)]
    heard = [word for word in script if chance.random() > 0.2]
    found = sum(count for _a, _b, count in matching_blocks(script, heard, least=3))
    assert found > 0.65 * len(heard)
    assert max(pieces) <= CLOSELY
    assert sum(pieces) < 0.01 * len(script) * len(heard)


def test_a_passage_missing_or_moved_does_not_break_the_chain() -> None:
    script = [f"w{n}" for n in range(3000)]
    heard = script[:1000] + script[2000:2200] + script[1300:]
    blocks = matching_blocks(script, heard, least=3)
    assert sum(count for _a, _b, count in blocks) >= 2700
    assert (0, 0, 1000) in blocks


def test_gaps_between_blocks_are_looked_at_again() -> None:
    one, other = list("abcxyzdef"), list("abcyzdef")
    assert filled(one, other, [(0, 0, 3), (6, 5, 3), (9, 8, 0)], least=2) == [
        (0, 0, 3), (4, 3, 2), (6, 5, 3), (9, 8, 0),
    ]  # fmt: skip
