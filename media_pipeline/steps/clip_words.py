"""Which words a clip holds, and the captions that show them."""

from collections.abc import Iterator
from dataclasses import dataclass

from . import clip_text
from .breaks import price
from .word_times import retimed
from .words import Cue, Word, spread

LEAD, TAIL = 0.15, 0.25  # seconds kept before the first word and after the last, where free
CARD_PRICE = 14.0  # each further caption: many small ones flicker
SHORT_PRICE = 0.5  # each sign that a caption has less than SHORT
SHORT = 16
CLOSED_GAP = 0.4  # seconds: a shorter pause between captions is not shown as one
LEAST_SECONDS = 0.7  # a caption stays at least so long, where the next leaves room
FLASH = 0.1  # seconds that each gets even where the words' times leave none
MOST_LINES = 2
STRAYS = 0.5  # seconds that a word's own time may lie outside its cue's


@dataclass(frozen=True)
class Caption:
    """One caption in the picture; times in seconds from the clip's beginning."""

    start: float
    end: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Face:
    """How captions are set: the weight and size of the type, and pixels that a line may take."""

    weight: str
    size: int
    limit: float


def timed_words(cue: Cue) -> list[Word]:
    """The words of a cue as it reads now, with their times in seconds of the film.

    Times heard are kept where they still belong to the text; where a person changed the words or
    the cue's times, its words share its length by their own.
    """
    words = retimed(cue.words, cue.text, cue.start, cue.end)
    if words and cue.start - STRAYS <= words[0].start and words[-1].end <= cue.end + STRAYS:
        return list(words)
    return spread(cue.text.split(), cue.start, cue.end)


def snap(cues: list[Cue], start: float, end: float, *, duration: float) -> tuple[float, float]:
    """A selection's start and end in seconds, moved so that it cuts no word.

    A word more than half inside belongs to it, and a little room before and after, where nobody
    speaks. Where nothing is said between the two they stay, kept inside the film.
    """
    words = [word for cue in cues for word in timed_words(cue)]
    inside = [at for at, word in enumerate(words) if _belongs(word, start, end)]
    if inside:
        first, last = words[inside[0]], words[inside[-1]]
        before = words[inside[0] - 1].end if inside[0] else 0.0
        after = words[inside[-1] + 1].start if inside[-1] + 1 < len(words) else duration
        start = max(first.start - LEAD, min(before, first.start))
        end = min(last.end + TAIL, max(after, last.end))
    return round(max(0.0, start), 3), round(min(duration, end), 3)


def transcript_of(cues: list[Cue], start: float, end: float) -> str:
    """What is said in a selection, as running text; a new line where the speaker changes."""
    text = ""
    for cue, words, speaker in _spoken(cues, start, end):
        text += "\n" if text and (speaker or cue.lines[0].startswith(("-", "–"))) else " "
        text += " ".join([*([f"{speaker}:"] if speaker else []), *(word.text for word in words)])
    return text.strip()


def compose_captions(cues: list[Cue], start: float, end: float, face: Face) -> tuple[Caption, ...]:
    """The captions of a selection: at most two lines each, broken where the language is.

    Each shows words of one cue, from the first of them on. Signs that the typeface lacks are
    replaced as `clip_text.drawn` says.
    """
    captions: list[Caption] = []
    for cue, spoken, speaker in _spoken(cues, start, end):
        name = [Word(f"{speaker}:", spoken[0].start, spoken[0].start)] if speaker else []
        words = list(_parts([*name, *spoken], face))
        groups = _grouped(words, face)
        last = max(spoken[-1].end, min(cue.end, end))
        ends = [*(group[0].start for group in groups[1:]), last]
        for group, until in zip(groups, ends, strict=False):
            lines = clip_text.wrap(_text(group), face.weight, face.size, limit=face.limit)
            captions.append(Caption(group[0].start - start, until - start, tuple(lines)))
    return tuple(_paced(captions, end - start))


def _belongs(word: Word, start: float, end: float) -> bool:
    return start <= (word.start + word.end) / 2 <= end


def _spoken(cues: list[Cue], start: float, end: float) -> Iterator[tuple[Cue, list[Word], str]]:
    """Each cue with its words inside the selection, and its speaker where it is another."""
    speaker = ""
    for cue in cues:
        words = [word for word in timed_words(cue) if _belongs(word, start, end)]
        if words:
            yield cue, words, cue.speaker if cue.speaker != speaker else ""
            speaker = cue.speaker


def _parts(words: list[Word], face: Face) -> Iterator[Word]:
    """The words as drawn; one that is too long for a line in several parts, with their times."""
    for word in words:
        text = clip_text.drawn(word.text)
        parts = clip_text.split_word(text, face.weight, face.size, limit=face.limit)
        step = (word.end - word.start) / len(parts)
        for number, part in enumerate(parts):
            if part:
                begin = word.start + number * step
                yield Word(part, begin, begin + step)


def _grouped(words: list[Word], face: Face) -> list[list[Word]]:
    """The words of a cue in captions: the cheapest grouping whose every caption fits."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        offers = []
        for begin in range(end - 1, -1, -1):
            text = _text(words[begin:end])
            if not _fits(text, face) and begin < end - 1:
                break
            lacking = max(0, SHORT - len(text))
            cost = CARD_PRICE + price(words, end - 1) + SHORT_PRICE * lacking
            offers.append((best[begin][0] + cost, begin))
        best.append(min(offers))
    groups, end = [], len(words)
    while end:
        begin = best[end][1]
        groups.append(words[begin:end])
        end = begin
    return groups[::-1]


def _fits(text: str, face: Face) -> bool:
    lines = clip_text.wrap(text, face.weight, face.size, limit=face.limit)
    return len(lines) <= MOST_LINES


def _text(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def _paced(captions: list[Caption], seconds: float) -> list[Caption]:
    """The captions with times that leave time to read, never two at once, none beyond the end.

    The first is there from the first picture on, which stands for the clip until it is played.
    """
    paced: list[Caption] = []
    clock = 0.0
    limits = [*(caption.start for caption in captions[1:]), seconds]
    for caption, latest in zip(captions, limits, strict=False):
        start = max(clock, caption.start if paced or caption.start > CLOSED_GAP else 0.0)
        limit = max(start + FLASH, latest)
        end = min(limit, max(caption.end, start + LEAST_SECONDS))
        clock = limit if limit - end < CLOSED_GAP else end
        if clock > start:
            paced.append(Caption(round(start, 3), round(min(clock, seconds), 3), caption.lines))
    return paced
