"""Which of the caption rules a set of cues breaks, and how well it keeps them altogether.

The rules are those that `captions.compose_cues` composes by. The score: each cue begins with one
point and loses for each rule it breaks what `WEIGHTS` says, down to none; the score is the mean of
the points, times a hundred. No cues score 100.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .breaks import AFTER_LEANING, INSIDE_NAME, LONG_PAUSE, NO_NAMES, Names, price
from .captions import RULES
from .formats.vtt import stamp
from .words import Cue, Word

WEIGHTS = {
    "order": 1.0,  # ends before it begins, or begins before the cue in front of it
    "overlap": 1.0,  # is shown together with the cue in front of it
    "empty": 1.0,  # has no text
    "lines": 0.5,  # has too many lines
    "line_length": 0.5,  # has a line that is too long
    "too_short": 0.5,  # is shown for too short a time
    "too_long": 0.25,  # is shown for too long a time
    "reading_speed": 0.5,  # asks for faster reading than people can do
    "gap": 0.25,  # leaves a gap to the next cue that flickers
    "name": 0.25,  # parts a name or a number, between its lines or from the next cue
    "break": 0.1,  # parts words that lean on each other, likewise
    "balance": 0.1,  # has one long and one short line, and could do better
}
FAULTS = frozenset({"order", "overlap", "empty"})  # players go wrong; the others are for readers
TOLERANCE = 0.0015  # seconds: times are kept to the millisecond, at both ends
UNBALANCED = 20  # characters between the lengths of two lines


@dataclass(frozen=True)
class BrokenRule:
    """One rule (a key of WEIGHTS) that the ``cue`` (counted from 1) breaks; how, in a sentence."""

    rule: str
    cue: int
    sentence: str


@dataclass(frozen=True)
class Check:
    """The ``score`` from 0 to 100 of so many ``cues``, and every rule broken in their order."""

    score: float
    broken: tuple[BrokenRule, ...]
    cues: int

    @property
    def faults(self) -> tuple[BrokenRule, ...]:
        """What a player cannot show rightly, beside what is only hard to read."""
        return tuple(broken for broken in self.broken if broken.rule in FAULTS)


def check_cues(cues: list[Cue], *, names: Names = NO_NAMES) -> Check:
    """Hold ``cues`` (in the order of the file) against the rules; times in seconds.

    ``names`` holds a glossary's terms of several words, which must not be parted either.
    """
    broken: list[BrokenRule] = []
    for number, cue in enumerate(cues, start=1):
        following = cues[number] if number < len(cues) else None
        before = cues[number - 2] if number > 1 else None
        faults = [*_of_times(cue, before, following), *_of_text(cue)]
        faults += _of_breaks(cue, following, names)
        broken += [BrokenRule(rule, number, sentence) for rule, sentence in faults]
    return Check(_score(broken, len(cues)), tuple(broken), len(cues))


def _score(broken: Iterable[BrokenRule], cues: int) -> float:
    if not cues:
        return 100.0
    lost = [0.0] * cues
    for rule, number in {(fault.rule, fault.cue) for fault in broken}:
        lost[number - 1] += WEIGHTS[rule]
    return round(100 * sum(max(0.0, 1 - points) for points in lost) / cues, 1)


def _of_times(cue: Cue, before: Cue | None, following: Cue | None) -> Iterator[tuple[str, str]]:
    seconds = cue.end - cue.start
    if cue.start < 0 or seconds <= 0:
        yield "order", f"It does not end after it begins ({stamp(cue.start)})."
        return
    if before and cue.start < before.start:
        yield "order", f"It begins at {stamp(cue.start)}, before the caption in front of it."
    elif before and cue.start < before.end - TOLERANCE / 3:
        overlap = before.end - cue.start
        yield "overlap", f"It begins {overlap:.2f} s before the caption in front of it has ended."
    if seconds < RULES.least_seconds - TOLERANCE:
        yield "too_short", f"It is shown for {seconds:.2f} s; at least {RULES.least_seconds:.2f}."
    if seconds > RULES.most_seconds + TOLERANCE:
        yield "too_long", f"It is shown for {seconds:.2f} s; at most {RULES.most_seconds:g}."
    gap = following.start - cue.end if following else 0.0
    if TOLERANCE / 3 < gap < RULES.least_gap - TOLERANCE:
        yield (
            "gap",
            f"A gap of {gap:.3f} s to the next caption flickers: close it, or leave "
            f"{RULES.least_gap:g} s.",
        )


def _of_text(cue: Cue) -> Iterator[tuple[str, str]]:
    lines = [line for line in cue.lines if line.strip()]
    if not lines:
        yield "empty", "It has no text."
        return
    if len(lines) > RULES.most_lines:
        yield "lines", f"It has {len(lines)} lines; at most {RULES.most_lines}."
    for line in lines:
        if len(line) > RULES.line_length:
            yield (
                "line_length",
                f"A line has {len(line)} characters; at most {RULES.line_length}: “{line[:60]}”.",
            )
    seconds, characters = cue.end - cue.start, sum(len(line) for line in lines)
    if seconds > 0 and characters / (seconds + TOLERANCE) > RULES.reading_speed:
        speed = characters / seconds
        yield (
            "reading_speed",
            f"It asks for {speed:.1f} characters a second; at most {RULES.reading_speed:g}.",
        )


def _of_breaks(cue: Cue, following: Cue | None, names: Names) -> Iterator[tuple[str, str]]:
    """Breaks in the wrong place: between the lines of the cue, and between it and the next one.

    Where the next cue comes after a pause, nothing is parted.
    """
    lines = [tokens for line in cue.lines if (tokens := line.split())]
    for first, second in pairwise(lines):
        yield from _of_break(first, second, names)
    if len(lines) == 2 and _could_balance(lines[0], lines[1], names):
        yield "balance", "One line is much longer than the other; break it nearer to the middle."
    if lines and following and following.start - cue.end < LONG_PAUSE:
        if cue.speaker != following.speaker:
            return
        opening = " ".join(following.lines).split()
        if opening:
            yield from _of_break(lines[-1], opening, names)


def _of_break(first: list[str], second: list[str], names: Names) -> Iterator[tuple[str, str]]:
    cost = _price_of(first, second, names)
    place = f"“{first[-1]} | {second[0]}”"
    if cost >= INSIDE_NAME:
        yield "name", f"A name or a number is parted: {place}."
    elif cost >= AFTER_LEANING:
        yield "break", f"Words that belong together are parted: {place}."


def _could_balance(first: list[str], second: list[str], names: Names) -> bool:
    """Whether two very unequal lines could be broken more evenly and no worse."""
    tokens, split = [*first, *second], len(first)
    distance = abs(_width(first) - _width(second))
    if distance < UNBALANCED or second[0][:1] in "-–—":
        return False
    now = _price_of(first, second, names)
    for at in range(1, len(tokens)):
        above, below = tokens[:at], tokens[at:]
        fits = max(_width(above), _width(below)) <= RULES.line_length
        evener = abs(_width(above) - _width(below)) < distance / 2
        if at != split and fits and evener and _price_of(above, below, names) <= now:
            return True
    return False


def _price_of(first: list[str], second: list[str], names: Names) -> float:
    words = [Word(text, 0.0, 0.0) for text in (*first, *second)]
    return price(words, len(first) - 1, names)


def _width(tokens: list[str]) -> int:
    return sum(len(token) for token in tokens) + len(tokens) - 1
