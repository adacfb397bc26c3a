"""Which provision of one edition follows which of the edition before: proposed from their texts."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

LIKE = 0.5  # from here on two texts may be the same provision
LIKE_IN_PLACE = 0.3  # … where number and place speak for it too
PART = 0.75  # share of a text that must be found in another to be a part of it
SHORTEST_PART = 8  # words; shorter texts occur by chance
RARE = 12  # a word in more provisions than this does not lead from one to another
MOST_CANDIDATES = 12
ROUNDS = 3  # each uses what the one before found out about parents

_WORD = re.compile(r"\w+")
_MARKS = {"'": "‘’‚‛", '"': "“”„‟", "-": "‐‑‒–—―−", " ": "\u00a0\u2007\u2009\u202f"}
_PLAIN = {ord(mark): plain for plain, marks in _MARKS.items() for mark in marks}


def plainly(text: str) -> str:
    """Return a text as it is compared, as long as it was: marks as a keyboard writes them."""
    return text.translate(_PLAIN)


class Passage(NamedTuple):
    """One provision as it is compared: `parent` is its parent's index in the same sequence.

    `lineage` is needed where two editions are compared, not where their lineage is proposed.
    """

    kind: str
    number: str
    heading: str
    text: str
    parent: int | None = None
    lineage: Hashable = None

    @property
    def words(self) -> list[str]:
        return _WORD.findall(f"{self.heading} {self.text}".casefold())

    @property
    def content(self) -> tuple[str, str]:
        """Heading and text as they are compared: other quotes or dashes are no other words."""
        return plainly(self.heading), plainly(self.text)


class Match(NamedTuple):
    """That a provision of the new edition (its index) follows one of the old edition.

    `likeness` is that of their words, from 0 to 1. `sure` needs nobody's confirmation. The one that
    `keeps` goes on with the old one's lineage; any other took over a part of it (a split). An old
    one that is only `absorbed` went on in a new one that keeps another's lineage (a join).
    """

    old: int
    new: int
    likeness: float
    sure: bool = False
    keeps: bool = True
    absorbed: bool = False


def propose(old: Sequence[Passage], new: Sequence[Passage]) -> list[Match]:
    """Return what follows what, in the new edition's order; what is not named follows nothing.

    No two that keep have the same old one or the same new one: lineage never forks.
    """
    return _Proposal(old, new).matches()


class _Proposal:
    """The state of one proposal: what has been found so far, in both directions."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]) -> None:
        self.old, self.new = old, new
        self.old_words = [Counter(passage.words) for passage in old]
        self.new_words = [Counter(passage.words) for passage in new]
        self.old_contents = Counter(each.content for each in old)
        self.new_contents = Counter(each.content for each in new)
        self.followed_by: dict[int, int] = {}
        self.follows: dict[int, int] = {}
        self.old_below = below(old)
        self.new_below = below(new)

    def matches(self) -> list[Match]:
        self._same_in_the_same_place()
        self._same_once()
        for _round in range(ROUNDS):
            found = len(self.follows)
            self._containers()
            self._beside_one_another()
            self._by_rare_words()
            if found == len(self.follows):
                break
        kept = [self._match(old, new) for new, old in self.follows.items()]
        return sorted([*kept, *self._splits(), *self._joins()], key=lambda each: each.new)

    # --- what is certain ---------------------------------------------------------------------
    def _same_in_the_same_place(self) -> None:
        """Match what has the same words under the same chain of numbers."""
        places: dict[Hashable, list[int]] = defaultdict(list)
        for index, chain in enumerate(_chains(self.old)):
            places[chain, self.old[index].content].append(index)
        for index, chain in enumerate(_chains(self.new)):
            alike = places.get((chain, self.new[index].content))
            if alike and self.new_words[index]:
                self._pair(alike.pop(0), index)

    def _same_once(self) -> None:
        """Match what has the same words, where only one on each side has them."""
        before = _once(self.old, self.followed_by)
        for content, index in _once(self.new, self.follows).items():
            if content in before and len(self.new_words[index]) > 1:
                self._pair(before[content], index)

    # --- what is likely ----------------------------------------------------------------------
    def _containers(self) -> None:
        """Match what stands above matched ones: from the lowest up, by the words below them."""
        for index in range(len(self.new) - 1, -1, -1):
            if index in self.follows or not self.new_below.get(index):
                continue
            votes: Counter[int] = Counter()
            for child in self.new_below[index]:
                above = self._old_parent(child)
                if above is not None and above not in self.followed_by:
                    votes[above] += self.new_words[child].total() + 1
            best = max(votes, key=lambda each: (votes[each], -each), default=None)
            if best is not None and self._may_follow(best, index):
                self._pair(best, index)

    def _old_parent(self, child: int) -> int | None:
        before = self.follows.get(child)
        return None if before is None else self.old[before].parent

    def _may_follow(self, old: int, new: int) -> bool:
        """Say whether what holds matched ones may follow another: not if its own words deny it."""
        if not self.old_words[old] or not self.new_words[new]:
            return True
        return self._likeness(old, new) >= LIKE_IN_PLACE or bool(
            self.old[old].number and self.old[old].number == self.new[new].number
        )

    def _beside_one_another(self) -> None:
        """Match what stands below matched ones, from the top down."""
        pairs = [(None, None), *((old, new) for new, old in sorted(self.follows.items()))]
        for above_old, above_new in pairs:
            self._among(
                [
                    each
                    for each in self.old_below.get(above_old, ())
                    if each not in self.followed_by
                ],
                [each for each in self.new_below.get(above_new, ()) if each not in self.follows],
            )

    def _among(self, olds: Sequence[int], news: Sequence[int]) -> None:
        """Match children of the same parent, the most alike first."""
        places_old = {each: place for place, each in enumerate(olds)}
        places_new = {each: place for place, each in enumerate(news)}
        wanted = _limited(olds, news)
        scored = []
        for old, new in wanted:
            alike = self._likeness(old, new)
            same_number = self.old[old].number == self.new[new].number
            same_kind = self.old[old].kind == self.new[new].kind
            needed = LIKE_IN_PLACE if same_number and same_kind else LIKE
            if alike >= needed:
                apart = abs(places_old[old] - places_new[new])
                scored.append((alike + 0.15 * same_number + 0.1 * same_kind, -apart, old, new))
        for _score, _apart, old, new in sorted(scored, key=lambda each: (-each[0], -each[1])):
            self._pair(old, new)

    def _by_rare_words(self) -> None:
        """Match what has moved elsewhere and changed: by words that few provisions share."""
        holding = _rare(self.old_words, self.followed_by)
        scored = []
        for new, words in enumerate(self.new_words):
            if new in self.follows:
                continue
            shared = Counter(old for word in words for old in holding.get(word, ()))
            for old, _count in shared.most_common(MOST_CANDIDATES):
                alike = self._likeness(old, new)
                if alike >= LIKE and words.total() >= 4:
                    same_number = self.old[old].number == self.new[new].number
                    scored.append((alike + 0.05 * same_number, -old, -new))
        for _score, old, new in sorted(scored, reverse=True):
            self._pair(-old, -new)

    def _likeness(self, old: int, new: int) -> float:
        before, after = self.old_words[old], self.new_words[new]
        both = before.total() + after.total()
        return 2 * (before & after).total() / both if both else 1.0

    def _pair(self, old: int, new: int) -> None:
        if old not in self.followed_by and new not in self.follows:
            self.followed_by[old], self.follows[new] = new, old

    # --- what was cut apart or put together --------------------------------------------------
    def _splits(self) -> Iterator[Match]:
        """Yield what took over a part of an old text whose rest goes on elsewhere."""
        free = (index for index in range(len(self.new)) if index not in self.follows)
        for new, old, share in _parts(self.new_words, free, self.old_words, self.followed_by):
            if self._gives_room(old, self.followed_by[old], new):
                yield Match(old, new, share, keeps=False)

    def _gives_room(self, old: int, heir: int, new: int) -> bool:
        """Say whether the one that goes on left out what the other took over."""
        left = self.old_words[old] - self.new_words[heir]
        part = self.new_words[new]
        return (left & part).total() >= PART / 2 * part.total()

    def _joins(self) -> Iterator[Match]:
        """Yield what went on in a new text that keeps another's lineage."""
        free = (index for index in range(len(self.old)) if index not in self.followed_by)
        for old, new, share in _parts(self.old_words, free, self.new_words, self.follows):
            gained = self.new_words[new] - self.old_words[self.follows[new]]
            part = self.old_words[old]
            if (gained & part).total() >= PART / 2 * part.total():
                yield Match(old, new, share, keeps=False, absorbed=True)

    def _match(self, old: int, new: int) -> Match:
        before, after = self.old[old], self.new[new]
        same = before.content == after.content
        numbered_alike = (before.kind, before.number) == (after.kind, after.number)
        certain = self._same_parent(old, new) or self._is_once(old, new)
        sure = same and numbered_alike and certain and self._holds_the_same(old, new)
        alike = 1.0 if same else min(self._likeness(old, new), 0.99)
        return Match(old, new, round(alike, 3), sure=sure)

    def _same_parent(self, old: int, new: int) -> bool:
        above_old, above_new = self.old[old].parent, self.new[new].parent
        if above_new is None:
            return above_old is None
        return self.follows.get(above_new) == above_old is not None

    def _is_once(self, old: int, new: int) -> bool:
        content = self.new[new].content
        return self.old_contents[content] == 1 == self.new_contents[content]

    def _holds_the_same(self, old: int, new: int) -> bool:
        """Say of what has no words whether something below it went on below the other."""
        if self.new_words[new]:
            return True
        return any(self._old_parent(child) == old for child in self.new_below.get(new, ()))


def below(passages: Sequence[Passage]) -> dict[int | None, list[int]]:
    """Return by its parent’s index what stands directly below each; below None, what is on top."""
    found: dict[int | None, list[int]] = defaultdict(list)
    for index, passage in enumerate(passages):
        found[passage.parent].append(index)
    return found


def _chains(passages: Sequence[Passage]) -> list[tuple[Hashable, ...]]:
    """Return each one's kinds and numbers from the top down."""
    chains: list[tuple[Hashable, ...]] = []
    for passage in passages:
        above = chains[passage.parent] if passage.parent is not None else ()
        chains.append((*above, (passage.kind, passage.number)))
    return chains


def _once(passages: Sequence[Passage], taken: dict[int, int]) -> dict[Hashable, int]:
    """Return by content the index of each free one whose content no other free one has."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for index, passage in enumerate(passages):
        if index not in taken:
            found[passage.content].append(index)
    return {content: indexes[0] for content, indexes in found.items() if len(indexes) == 1}


def _limited(olds: Sequence[int], news: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs worth comparing: all of a few, of many those at about the same place."""
    width = 60 if len(olds) * len(news) <= 40_000 else 15
    for place, new in enumerate(news):
        middle = round(place * len(olds) / max(len(news), 1))
        for old in olds[max(0, middle - width) : middle + width + 1]:
            yield old, new


def _rare(words: Sequence[Counter[str]], taken: Iterable[int]) -> dict[str, list[int]]:
    """Return which of those that are not taken hold each word, for words that few of them hold."""
    taken = set(taken)
    holding: dict[str, list[int]] = defaultdict(list)
    for index, counted in enumerate(words):
        if index not in taken:
            for word in counted:
                holding[word].append(index)
    return {word: found for word, found in holding.items() if len(found) <= RARE}


def _parts(
    parts: Sequence[Counter[str]],
    free: Iterable[int],
    wholes: Sequence[Counter[str]],
    matched: dict[int, int],
) -> Iterator[tuple[int, int, float]]:
    """Yield each free part, the matched whole that holds most of it, and its share of 0 to 1."""
    holding = _rare(wholes, set(range(len(wholes))) - set(matched))
    for part in free:
        words = parts[part]
        if words.total() < SHORTEST_PART:
            continue
        shared = Counter(whole for word in words for whole in holding.get(word, ()))
        best, share = None, 0.0
        for whole, _count in shared.most_common(MOST_CANDIDATES):
            held = (words & wholes[whole]).total() / words.total()
            if held > share:
                best, share = whole, held
        if best is not None and share >= PART:
            yield part, best, round(min(share, 0.99), 3)
