"""What of a source is not in a draft any more, found by comparing their words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from library.rules.rulebooks.tree import Block, ExcludedText, Node, every

GONE = "Not in the draft any more."
RUN = 3  # words that must stand together to be the same words
SHARE = 0.5  # of a block's words that must stand in what was made of it
ELSEWHERE = 0.8  # … of its runs that must stand somewhere, where nothing was made of it
_WORD = re.compile(r"\w+")


def omissions(
    source: Sequence[Block],
    left_out: Iterable[ExcludedText],
    tree: Sequence[Node],
    introduction: str,
) -> list[ExcludedText]:
    """Return what of a source stands neither in a tree nor above it, each with the reason.

    That is what a reader left out, unless it was put back, and what was taken out since. A block
    of which half of the words stand in what was made of it is there: it was only put right. Titles
    before the first provision are passed over, since the work has its own.
    """
    draft = _Draft(tree, introduction)
    listed: dict[tuple[int, int | None], list[ExcludedText]] = defaultdict(list)
    for left in left_out:
        listed[left.line, left.page].append(left)
    gone = {
        index
        for index, block in enumerate(source)
        if (block.line, block.page) not in listed and not draft.has(index, block)
    }
    for place, lefts in listed.items():
        listed[place] = [left for left in lefts if not draft.has_text(left.text)]
    found: list[ExcludedText] = []
    for index, block in enumerate(source):
        found += listed.pop((block.line, block.page), ())
        if index in gone:
            found.append(ExcludedText(block.line, block.text, GONE, block.page))
    return [*found, *(left for lefts in listed.values() for left in lefts)]


class _Draft:
    """The words of a draft: by the block they were made of, in runs, and as a whole."""

    def __init__(self, tree: Sequence[Node], introduction: str) -> None:
        self.made: dict[int, Counter[str]] = defaultdict(Counter)
        texts = [_words(introduction)]
        for node in every(tree):
            texts.append(_words(f"{node.kind} {node.number} {node.heading} {node.text}"))
            for index in range(node.source_from or 0, node.source_until or 0):
                self.made[index].update(texts[-1])
        self.first = min(self.made, default=0)
        self.runs = Counter(run for words in texts for run in _runs(words))
        self.whole = f" {' '.join(' '.join(words) for words in texts)} "

    def has(self, index: int, block: Block) -> bool:
        """Return whether a block of the source stands here."""
        words = Counter(_words(f"{block.label} {block.text}"))
        if index < self.first and block.style in ("title", "heading"):
            return True
        if (words & self.made.get(index, Counter())).total() >= SHARE * words.total():
            self.runs.subtract(Counter(_runs(_words(block.text))) & self.runs)
            return True
        return self.has_text(block.text, short=True)

    def has_text(self, text: str, *, short: bool = False) -> bool:
        """Return whether a text stands anywhere, and where nothing else was found to stand.

        What has too few words for that may stand anywhere, if `short` says that it counts.
        """
        words = _words(text)
        if len(words) < RUN:
            return short and f" {' '.join(words)} " in self.whole
        runs = Counter(_runs(words))
        shared = runs & self.runs
        if shared.total() < ELSEWHERE * runs.total():
            return False
        self.runs.subtract(shared)
        return True


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return each word with those after it."""
    return [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]
