"""Sets three versions of a film's captions side by side: what an edit started from, the edit, and
what a re-run heard since.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from .words import Cue

NEAR = 0.4  # seconds by which two versions may differ and still begin at the same place
MOVED = 0.3  # seconds by which cues with the same words must differ to be worth a choice
MOST_CHOICES = 400  # of a page: more passages than that are put together


@dataclass(frozen=True)
class WordRun:
    """A run of words. ``change`` is "" (in both), "added" or "removed"."""

    text: str
    change: str = ""


@dataclass(frozen=True)
class ComparedPassage:
    """A stretch of the film, in seconds, that no version’s cue crosses, with their cues in it."""

    start: float
    end: float
    base: tuple[Cue, ...]
    mine: tuple[Cue, ...]
    new: tuple[Cue, ...]

    @cached_property
    def change(self) -> str:
        """Who changed it: "none", "mine", "new", "both", or "times" where only times differ."""
        mine, new, base = (
            _spoken_words(self.mine),
            _spoken_words(self.new),
            _spoken_words(self.base),
        )
        if mine == new:
            return "times" if _times_differ(self.mine, self.new) else "none"
        if mine == base:
            return "new"
        return "mine" if new == base else "both"


def passages(
    base: Sequence[Cue], mine: Sequence[Cue], new: Sequence[Cue], *, most: int = MOST_CHOICES
) -> list[ComparedPassage]:
    """The film in passages, in order; every cue of every version is in exactly one.

    Passages end where all three have a pause or the end of a cue, give or take 0.4 s. With more
    than ``most`` passages that differ, neighbours are put together.
    """
    versions = (base, mine, new)
    edges = [0.0, *_edges(versions), float("inf")]
    parts = [_parted(version, edges) for version in versions]
    compared = [_passage(*cues) for cues in zip(*parts, strict=True) if any(cues)]
    while sum(passage.change != "none" for passage in compared) > most:
        compared = [_joined(compared[at : at + 2]) for at in range(0, len(compared), 2)]
    return compared


def merged(compared: Iterable[ComparedPassage], choices: Mapping[int, str]) -> list[Cue]:
    """The cues of ``mine``, but of ``new`` in the passages whose number ``choices`` gives as "new".

    Where cues from two versions meet and overlap a little, the earlier one ends sooner.
    """
    cues: list[Cue] = []
    for number, passage in enumerate(compared):
        cues += passage.new if choices.get(number) == "new" else passage.mine
    cues.sort(key=lambda cue: cue.start)
    for at in range(len(cues) - 1):
        cue, following = cues[at], cues[at + 1]
        if cue.start < following.start < cue.end and cue.end - following.start <= 2 * NEAR:
            cues[at] = Cue(cue.start, following.start, cue.lines, cue.words, cue.speaker)
    return cues


def word_runs(before: str, after: str) -> list[WordRun]:
    """What became of a text, word by word: runs that stayed, were removed, were added."""
    old, new = before.split(), after.split()
    runs: list[WordRun] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            runs.append(WordRun(" ".join(new[j1:j2])))
            continue
        if i1 < i2:
            runs.append(WordRun(" ".join(old[i1:i2]), "removed"))
        if j1 < j2:
            runs.append(WordRun(" ".join(new[j1:j2]), "added"))
    return runs


def spoken_text(cues: Iterable[Cue]) -> str:
    """What is said in some cues, in one line, each speaker's name before the first words."""
    return " ".join(_spoken_words(cues))


def _spoken_words(cues: Iterable[Cue]) -> list[str]:
    words, speaker = [], ""
    for cue in cues:
        if cue.speaker and cue.speaker != speaker:
            words += f"{cue.speaker}:".split()
        speaker = cue.speaker
        words += " ".join(cue.lines).split()
    return words


def _times_differ(mine: Sequence[Cue], new: Sequence[Cue]) -> bool:
    if len(mine) != len(new):
        return True
    return any(
        abs(ours.start - theirs.start) > MOVED or abs(ours.end - theirs.end) > MOVED
        for ours, theirs in zip(mine, new, strict=True)
    )


def _edges(versions: Iterable[Sequence[Cue]]) -> list[float]:
    """The places where no version is in the middle of a cue, in order, each at a cue's start."""
    filled = [version for version in versions if version]
    starts = [[cue.start for cue in version] for version in filled]
    edges: list[float] = []
    for at in sorted({start for version_starts in starts for start in version_starts}):
        if edges and at - edges[-1] <= NEAR:
            continue
        if all(
            _free(version, version_starts, at)
            for version, version_starts in zip(filled, starts, strict=True)
        ):
            edges.append(at)
    return edges


def _free(version: Sequence[Cue], starts: Sequence[float], at: float) -> bool:
    """Whether no cue is shown at a second, but for its first or last moments."""
    before = bisect_left(starts, at - NEAR) - 1
    return before < 0 or version[before].end - NEAR <= at


def _parted(version: Sequence[Cue], edges: Sequence[float]) -> list[tuple[Cue, ...]]:
    parts: list[list[Cue]] = [[] for _ in edges]
    for cue in version:
        inside = min(cue.start + NEAR, (cue.start + cue.end) / 2)
        parts[bisect_left(edges, inside) - 1 if inside > 0 else 0].append(cue)
    return [tuple(part) for part in parts]


def _passage(base: tuple[Cue, ...], mine: tuple[Cue, ...], new: tuple[Cue, ...]) -> ComparedPassage:
    cues = [*base, *mine, *new]
    start, end = min(cue.start for cue in cues), max(cue.end for cue in cues)
    return ComparedPassage(start, end, base, mine, new)


def _joined(compared: Sequence[ComparedPassage]) -> ComparedPassage:
    parts = zip(*((passage.base, passage.mine, passage.new) for passage in compared), strict=True)
    return _passage(*(tuple(cue for part in version for cue in part) for version in parts))
