"""Where two long rows of words agree, in order, without comparing everything with everything.

Phrases that stand once in each row are matched first, and the longest rising chain of them is kept
(“patience”); what lies between is compared closely. Time grows with the rows' length, not with its
square.
"""

from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher

Block = tuple[int, int, int]  # place in the one row, place in the other, words that agree
CLOSELY = 160_000  # words of the one row times words of the other: so much is compared closely
PHRASES = (6, 4, 3)  # words


def matching_blocks(left: Sequence[str], right: Sequence[str], *, least: int) -> list[Block]:
    """The blocks of at least ``least`` words that agree, rising in both rows, none overlapping."""
    blocks: list[Block] = []
    waiting = [(0, len(left), 0, len(right))]
    while waiting:
        a, a_end, b, b_end = waiting.pop()
        if a == a_end or b == b_end:
            continue
        if (a_end - a) * (b_end - b) <= CLOSELY:
            blocks += _close(left, right, (a, a_end, b, b_end), least)
            continue
        chain = _chain(left, right, (a, a_end, b, b_end))
        blocks += chain
        for first, second, count in [*chain, (a_end, b_end, 0)] if chain else []:
            waiting.append((a, first, b, second))
            a, b = first + count, second + count
    return sorted(block for block in blocks if block[2] >= least)


def filled(
    left: Sequence[str], right: Sequence[str], blocks: Sequence[Block], *, least: int
) -> list[Block]:
    """The blocks with those that can be found between them; the last block ends both rows."""
    filled_blocks: list[Block] = []
    a = b = 0
    for first, second, count in blocks:
        inside = matching_blocks(left[a:first], right[b:second], least=least)
        filled_blocks += [(a + x, b + y, size) for x, y, size in inside]
        filled_blocks.append((first, second, count))
        a, b = first + count, second + count
    return filled_blocks


def _close(
    left: Sequence[str], right: Sequence[str], bounds: tuple[int, int, int, int], least: int
) -> list[Block]:
    a, a_end, b, b_end = bounds
    matcher = SequenceMatcher(None, left[a:a_end], right[b:b_end], autojunk=False)
    blocks = matcher.get_matching_blocks()
    return [(a + m.a, b + m.b, m.size) for m in blocks if m.size >= least]


def _chain(
    left: Sequence[str], right: Sequence[str], bounds: tuple[int, int, int, int]
) -> list[Block]:
    """The longest rising chain of phrases that stand once on either side, each as long as it is.

    The longest phrases are tried first; shorter ones only where those give nothing.
    """
    a, a_end, b, b_end = bounds
    for size in PHRASES:
        left_places, right_places = _once(left, a, a_end, size), _once(right, b, b_end, size)
        pairs = sorted(
            (place, right_places[phrase])
            for phrase, place in left_places.items()
            if phrase in right_places
        )
        if pairs:
            return _extended(left, right, _rising(pairs), bounds)
    return []


def _once(row: Sequence[str], begin: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    """The phrases of ``size`` words that stand exactly once from ``begin`` to ``end``."""
    places: dict[tuple[str, ...], int] = {}
    for at in range(begin, end - size + 1):
        phrase = tuple(row[at : at + size])
        places[phrase] = -1 if phrase in places else at
    return {phrase: at for phrase, at in places.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs (sorted by their first) whose seconds rise as well."""
    ends: list[int] = []  # of the runs of each length, the smallest last second
    owners: list[int] = []
    before: list[int] = []
    for number, (_a, b) in enumerate(pairs):
        length = bisect_left(ends, b)
        before.append(owners[length - 1] if length else -1)
        if length == len(ends):
            ends.append(b)
            owners.append(number)
        else:
            ends[length], owners[length] = b, number
    run, number = [], owners[-1]
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _extended(
    left: Sequence[str],
    right: Sequence[str],
    chain: list[tuple[int, int]],
    bounds: tuple[int, int, int, int],
) -> list[Block]:
    """Each pair grown forwards and backwards as far as the words agree, without overlaps."""
    a_low, a_end, b_low, b_end = bounds
    blocks: list[Block] = []
    for a, b in chain:
        if a < a_low or b < b_low:
            continue
        first, second = a, b
        while first > a_low and second > b_low and left[first - 1] == right[second - 1]:
            first, second = first - 1, second - 1
        last, final = a, b
        while last < a_end and final < b_end and left[last] == right[final]:
            last, final = last + 1, final + 1
        blocks.append((first, second, last - first))
        a_low, b_low = last, final
    return blocks
