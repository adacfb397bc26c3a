"""Two editions compared: what is new, gone, moved or renumbered, and which words differ."""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from library.rules.rulebooks.lineage import Passage, below, plainly

Kind = Literal["new", "removed", "moved", "renumbered", "reworded"]
KINDS: tuple[Kind, ...] = ("new", "removed", "moved", "renumbered", "reworded")
Op = Literal["same", "removed", "added"]

TOO_DIFFERENT = 0.3  # share of words in common, below which two texts are set against each other
LONG = 4_000_000  # product of two texts' pieces, above which frequent ones no longer guide
SHORTEST_ISLAND = 2  # words between two changes that stay apart from them

_PIECE = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_WORD = re.compile(r"\w")


class Stretch(NamedTuple):
    """Words that are in both texts, or only in the old ("removed") or the new one ("added").

    What is the same may be written with other quotes, dashes or spaces; `old` is then how the old
    text has it, else it is empty.
    """

    op: Op
    text: str
    old: str = ""

    @property
    def before(self) -> str:
        """The words as the old text has them."""
        return self.old or self.text


class Pair(NamedTuple):
    """A provision of two editions, by its index in each; None where it is not in one of them.

    `kinds` is empty where nothing changed. The stretches are those of heading and text, where
    one of the two is different; together they are the whole of both.
    """

    old: int | None
    new: int | None
    kinds: tuple[Kind, ...] = ()
    heading: tuple[Stretch, ...] = ()
    text: tuple[Stretch, ...] = ()


def compare(old: Sequence[Passage], new: Sequence[Passage]) -> list[Pair]:
    """Return every provision of both editions once, in reading order.

    Both are given in reading order, with their lineages. What was removed stands where it would
    follow what it followed before.
    """
    counterparts = _Counterparts(old, new)
    return [_pair(old, new, one, other, counterparts) for one, other in _merged(counterparts)]


def words(old: str, new: str) -> tuple[Stretch, ...]:
    """Return two texts as one sequence of stretches, word by word.

    The same and removed ones together are the old text, the same and added ones the new text, to
    the last character. Typographic quotes, dashes and spaces are the same as plain ones.
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    one, other = _PIECE.findall(plainly(old)), _PIECE.findall(plainly(new))
    matcher = SequenceMatcher(None, one, other, autojunk=len(one) * len(other) > LONG)
    steps = list(matcher.get_opcodes())
    shared = 2 * sum(i2 - i1 for tag, i1, i2, _j1, _j2 in steps if tag == "equal")
    if before and after and shared < TOO_DIFFERENT * (len(before) + len(after)):
        return (Stretch("removed", old), Stretch("added", new))
    runs = [
        (tag == "equal", "".join(before[i1:i2]), "".join(after[j1:j2]))
        for tag, i1, i2, j1, j2 in steps
    ]
    return tuple(_stretches(_without_islands(runs)))


Run = tuple[bool, str, str]  # whether it is the same in both, the old and the new text of it


def _without_islands(runs: Sequence[Run]) -> Iterator[Run]:
    """Take the lone short words between two changes into them: they hinder reading."""
    held: Run | None = None  # the change that may still grow
    for place, (same, before, after) in enumerate(runs):
        island = (
            same
            and held is not None
            and place + 1 < len(runs)
            and len(_PIECE.findall(before)) < SHORTEST_ISLAND
            and not (_WORD.search(before) and len(before) > 4)
        )
        if not same or island:
            held = (False, held[1] + before, held[2] + after) if held else (False, before, after)
            continue
        if held:
            yield held
            held = None
        yield (same, before, after)
    if held:
        yield held


def _stretches(runs: Iterator[Run]) -> Iterator[Stretch]:
    for same, before, after in runs:
        if same:
            yield Stretch("same", after, before if before != after else "")
            continue
        if before:
            yield Stretch("removed", before)
        if after:
            yield Stretch("added", after)


class _Counterparts:
    """Who is whose counterpart in two editions, and what stands below what."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]) -> None:
        places = {passage.lineage: index for index, passage in enumerate(old)}
        self.old_of = [places.get(passage.lineage) for passage in new]
        self.new_of: list[int | None] = [None] * len(old)
        for index, before in enumerate(self.old_of):
            if before is not None:
                self.new_of[before] = index
        self.old_parent = [passage.parent for passage in old]
        self.new_parent = [passage.parent for passage in new]
        self.old_below = below(old)
        self.new_below = below(new)
        self.moved = set(self._moved())

    def stays_below(self, new: int) -> bool:
        """Say whether a provision that was there before stands below the same one as before."""
        before, parent = self.old_of[new], self.new_parent[new]
        if before is None:
            return False
        return self.old_parent[before] == (None if parent is None else self.old_of[parent]) and (
            parent is None or self.old_of[parent] is not None
        )

    def _moved(self) -> Iterator[int]:
        """Yield, by new index, what stands below another or in another order than before."""
        for children in self.new_below.values():
            staying = [child for child in children if self.stays_below(child)]
            stay = set(staying)
            yield from (c for c in children if self.old_of[c] is not None and c not in stay)
            in_order = _longest_rising([self.old_of[child] or 0 for child in staying])
            yield from (child for place, child in enumerate(staying) if place not in in_order)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the places of a longest rising run of numbers that are all different."""
    ends: list[int] = []  # the lowest number that a run of each length can end with
    at: list[int] = []  # … its place
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect.bisect_left(ends, number)
        before.append(at[length - 1] if length else None)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [place]
    found: set[int] = set()
    place_or_none = at[-1] if at else None
    while place_or_none is not None:
        found.add(place_or_none)
        place_or_none = before[place_or_none]
    return found


def _merged(parts: _Counterparts) -> Iterator[tuple[int | None, int | None]]:
    """Yield old and new indexes in reading order, each once; depth first, without recursion."""
    todo: list[tuple[int | None, int | None]] = list(reversed(_children(parts, None, None)))
    while todo:
        old, new = todo.pop()
        yield old, new
        todo.extend(reversed(_children(parts, old, new)))


def _children(
    parts: _Counterparts, old: int | None, new: int | None
) -> list[tuple[int | None, int | None]]:
    """Return what stands below a provision in either edition; below nothing: what is on top.

    What was removed comes after the sibling that it came after before.
    """
    top = old is None and new is None
    news = parts.new_below.get(new, []) if top or new is not None else []
    olds = parts.old_below.get(old, []) if top or old is not None else []
    removed: dict[int | None, list[int]] = defaultdict(list)
    last: int | None = None
    for child in olds:
        counterpart = parts.new_of[child]
        if counterpart is None:
            removed[last].append(child)
        elif news and parts.new_parent[counterpart] == new and counterpart not in parts.moved:
            last = counterpart
    found: list[tuple[int | None, int | None]] = [(each, None) for each in removed[None]]
    for child in news:
        found.append((parts.old_of[child], child))
        found += [(each, None) for each in removed[child]]
    return found


def _pair(
    old: Sequence[Passage],
    new: Sequence[Passage],
    one: int | None,
    other: int | None,
    counterparts: _Counterparts,
) -> Pair:
    if one is None or other is None:
        return Pair(one, other, ("removed",) if other is None else ("new",))
    before, after = old[one], new[other]
    reworded = before.content != after.content
    kinds: list[Kind] = []
    if other in counterparts.moved:
        kinds.append("moved")
    if (before.kind, before.number) != (after.kind, after.number):
        kinds.append("renumbered")
    if reworded:
        kinds.append("reworded")
    return Pair(
        one,
        other,
        tuple(kinds),
        words(before.heading, after.heading) if reworded else (),
        words(before.text, after.text) if reworded else (),
    )
