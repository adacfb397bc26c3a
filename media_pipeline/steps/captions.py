"""From spoken words to cues that can be read.

The rules are the broadcasters': two balanced lines of 42 characters at most, 5/6 s to 7 s a cue,
20 characters a second where the speech allows, breaks where the language has them.
"""

from dataclasses import dataclass
from itertools import pairwise

from .breaks import NO_NAMES, Names, ends_sentence, price
from .words import Cue, Word

IMPOSSIBLE = float("inf")
CUE_PRICE = 8.0  # each further cue: many small ones flicker
SHORTAGE_PRICE = 12.0  # each second that readers lack
ENDED_PRICE = 6.0  # each sentence that ends inside a cue
PAUSE_PRICE = 30.0  # each second of pause inside a cue beyond a breath


@dataclass(frozen=True)
class Rules:
    """Measures of a cue: lines, characters, seconds, characters a second, seconds of two frames."""

    most_lines: int = 2
    line_length: int = 42
    least_seconds: float = 5 / 6
    most_seconds: float = 7.0
    reading_speed: float = 20.0
    least_gap: float = 0.08
    closed_gap: float = 0.5
    linger: float = 0.4
    longest_pause: float = 1.5


RULES = Rules()


@dataclass(frozen=True)
class _Plan:
    price: float
    begin: int
    lines: tuple[int, ...]


def compose_cues(words: list[Word], *, names: Names = NO_NAMES) -> list[Cue]:
    """Group ``words`` (in the order spoken) into cues; each word appears once and in order.

    The cheapest grouping by the prices of breaks, reading time and pauses is found over the whole
    film. ``names`` (``breaks.names_in``) are kept together beside those that capitals show. Words
    without any text are left out. No words give no cues.
    """
    words = _tidied(words)
    breaks = [price(words, at, names) for at in range(len(words))]
    best = [_Plan(0.0, 0, ())]
    for end in range(1, len(words) + 1):
        best.append(_cheapest(words, breaks, best, end))
    groups, end = [], len(words)
    while end:
        plan = best[end]
        groups.append((words[plan.begin : end], plan.lines))
        end = plan.begin
    return _timed([_drawn(group, lines) for group, lines in reversed(groups)])


def _tidied(words: list[Word]) -> list[Word]:
    """The words with single spaces, none empty, and times that never run backwards."""
    tidied: list[Word] = []
    clock = 0.0
    for word in words:
        text = " ".join(word.text.split())
        if text:
            start = max(clock, word.start)
            tidied.append(Word(text, start, max(start, word.end), word.confidence))
            clock = start
    return tidied


def _cheapest(words: list[Word], breaks: list[float], best: list[_Plan], end: int) -> _Plan:
    """The cheapest way to say ``words[:end]`` in whole cues."""
    cheapest: _Plan | None = None
    for begin in range(end - 1, -1, -1):
        lines = _lines(words, breaks, begin, end)
        if lines is None:
            break
        cost = best[begin].price + lines[0] + breaks[end - 1]
        cost += _cue_price(words, begin, end)
        if cheapest is None or cost < cheapest.price:
            cheapest = _Plan(cost, begin, lines[1])
    if cheapest is None:
        raise AssertionError("a single word always fits")
    return cheapest


def _lines(
    words: list[Word], breaks: list[float], begin: int, end: int
) -> tuple[float, tuple[int, ...]] | None:
    """(price, words in each line) of the best layout; None if two lines do not hold the words."""
    lengths = [len(word.text) for word in words[begin:end]]
    count, whole = len(lengths), sum(lengths) + len(lengths) - 1
    if whole <= RULES.line_length or count == 1:
        return 0.0, (count,)
    best: tuple[float, tuple[int, ...]] | None = None
    first = -1
    for split in range(1, count):
        first += lengths[split - 1] + 1
        second = whole - first - 1
        if _too_long(first, split) or _too_long(second, count - split):
            continue
        cost = 1.0 + 0.5 * breaks[begin + split - 1] + 0.12 * abs(first - second)
        if best is None or cost < best[0]:
            best = (cost, (split, count - split))
    return best


def _too_long(characters: int, words: int) -> bool:
    return characters > RULES.line_length and words > 1


def _cue_price(words: list[Word], begin: int, end: int) -> float:
    """What a cue of ``words[begin:end]`` costs beyond its layout and its last break."""
    group = words[begin:end]
    span = group[-1].end - group[0].start
    pauses = [later.start - earlier.end for earlier, later in pairwise(group)]
    if len(group) > 1 and (span > RULES.most_seconds or max(pauses) > RULES.longest_pause):
        return IMPOSSIBLE
    room = RULES.most_seconds
    if end < len(words):
        room = min(room, words[end].start - group[0].start)
    characters = sum(len(word.text) for word in group) + len(group) - 1
    shortage = max(0.0, characters / RULES.reading_speed - room)
    shortage += 2 * max(0.0, RULES.least_seconds - room)
    cost = CUE_PRICE + SHORTAGE_PRICE * shortage
    cost += PAUSE_PRICE * sum(max(0.0, pause - RULES.linger) for pause in pauses)
    return cost + ENDED_PRICE * sum(ends_sentence(word.text) for word in group[:-1])


def _drawn(group: list[Word], lines: tuple[int, ...]) -> Cue:
    texts, at = [], 0
    for count in lines:
        texts.append(" ".join(word.text for word in group[at : at + count]))
        at += count
    return Cue(group[0].start, group[-1].end, tuple(texts), tuple(group))


def _timed(cues: list[Cue]) -> list[Cue]:
    """The cues with the times they are shown: long enough to read, never two at once."""
    timed: list[Cue] = []
    clock = 0.0
    starts = [*(cue.start for cue in cues[1:]), None]
    for cue, limit in zip(cues, starts, strict=False):
        start = round(max(clock, cue.start), 3)
        end = round(_shown_until(cue, start, limit), 3)
        clock = max(end, start + 0.001)
        timed.append(Cue(start, round(clock, 3), cue.lines, cue.words))
    return timed


def _shown_until(cue: Cue, start: float, limit: float | None) -> float:
    """When a cue leaves the screen; ``limit`` is the start of the next one, if there is one."""
    characters = sum(len(line) for line in cue.lines)
    reading_seconds = max(RULES.least_seconds, characters / RULES.reading_speed)
    latest = start + RULES.most_seconds
    end = min(latest, max(cue.end + RULES.linger, start + reading_seconds))
    if limit is None:
        return end
    if limit - end < RULES.closed_gap:  # close the gap, also where the cue would have run over
        end = min(latest, limit)
    if 0 < limit - end < RULES.least_gap:
        end = limit - RULES.least_gap
    return end
