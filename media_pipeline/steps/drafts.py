"""Reads the cues that an editor sends, and holds them to what a track can keep.

The caption editor sends JSON (`cues_from_json`), the plain form WebVTT; `validated` judges both.
What breaks a rule of readability is a person's own affair; what no caption file can hold is refused
with a sentence that names the cue.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from ground.refusals import Refused

from .formats.vtt import stamp
from .word_times import retimed
from .words import Cue, Word, clean_lines, clean_name

MOST_CUES = 10_000  # three hours at more than three a second of speech
MOST_CHARACTERS = 600  # of a cue: seven times what two lines hold
MOST_LINES = 6
MOST_NAME = 80  # characters of a speaker's name
MOST_WORDS = 150
AFTER_THE_END = 10.0  # seconds: the last cue may stay on the screen after the film's last sound
LATEST = 24 * 3600.0  # seconds: no time lies after that


def cues_from_json(data: Any) -> list[Cue]:
    """Cues of JSON: a list of {start, end, text, speaker, words: [[text, start, end, confidence]]}.

    Raises Refused where the shape is another; the values are judged by `validated`.
    """
    if not isinstance(data, list):
        raise Refused("What was sent is no list of cues. Nothing was saved. Load the page again.")
    return [_cue(cue, number) for number, cue in enumerate(data, start=1)]


def validated(cues: Sequence[Cue]) -> list[Cue]:
    """The cues as a track keeps them: tidy text, times in whole milliseconds, words to match.

    Raises Refused, naming the cue, where there are too many, times are impossible, end before they
    begin or run backwards, or a text is too long. A cue without text is kept, and one after the
    end of the film: somebody may still be working on it.
    """
    if len(cues) > MOST_CUES:
        raise Refused(f"There are {len(cues)} cues; a film can have {MOST_CUES} at most.")
    valid: list[Cue] = []
    clock = 0.0
    for number, cue in enumerate(cues, start=1):
        tidy = _tidied(cue, number)
        if tidy.start < clock:
            raise Refused(
                f"Cue {number} begins at {stamp(tidy.start)}, before cue {number - 1} does. Put "
                "the cues in the order in which they are spoken."
            )
        clock = tidy.start
        valid.append(tidy)
    return valid


def refuse_unpublishable(cues: Sequence[Cue], *, duration: float | None) -> None:
    """Raise Refused where viewers would be shown nothing, or two cues at once.

    ``duration`` is the film's, in seconds; None where nobody knows it.
    """
    if not cues:
        raise Refused("There are no cues yet. Write at least one, then publish.")
    for number, cue in enumerate(cues, start=1):
        if not cue.lines:
            raise Refused(f"Cue {number} has no words. Write them or delete the cue, then publish.")
        if duration and cue.start >= duration + AFTER_THE_END:
            raise Refused(
                f"Cue {number} begins at {stamp(cue.start)}, after the end of the film. Delete it "
                "or put its time right, then publish."
            )
        if number < len(cues) and cues[number].start < cue.end:
            raise Refused(
                f"Cue {number} is still shown when cue {number + 1} begins, at "
                f"{stamp(cues[number].start)}. Let it end before, then publish."
            )


def with_word_times(cues: Iterable[Cue], before: Sequence[Cue]) -> list[Cue]:
    """The cues of a caption file with the word times of the cues they were written from.

    A cue takes the words that were spoken while it is shown.
    """
    spoken = [word for cue in before for word in cue.words]
    timed, at = [], 0
    for cue in cues:
        while at < len(spoken) and _middle(spoken[at]) < cue.start:
            at += 1
        until = at
        while until < len(spoken) and _middle(spoken[until]) < cue.end:
            until += 1
        words = retimed(spoken[at:until], " ".join(cue.lines), cue.start, cue.end)
        timed.append(Cue(cue.start, cue.end, cue.lines, words, cue.speaker))
        at = until
    return timed


def _middle(word: Word) -> float:
    return (word.start + word.end) / 2


def _cue(data: Any, number: int) -> Cue:
    unreadable = Refused(f"Cue {number} could not be read. Nothing was saved. Load the page again.")
    if not isinstance(data, dict):
        raise unreadable
    text, speaker, words = data.get("text", ""), data.get("speaker", ""), data.get("words", [])
    if not (isinstance(text, str) and isinstance(speaker, str) and isinstance(words, list)):
        raise unreadable
    if len(text) > 10 * MOST_CHARACTERS or len(words) > MOST_WORDS:
        raise Refused(f"Cue {number} is too long: split it. Nothing was saved.")
    try:
        read = tuple(_word(word) for word in words)
        start, end = _number(data.get("start")), _number(data.get("end"))
    except (TypeError, ValueError, OverflowError):
        raise unreadable from None
    return Cue(start, end, tuple(text.split("\n")), read, speaker)


def _word(data: Any) -> Word:
    text, start, end, confidence = data
    if not isinstance(text, str):
        raise TypeError
    return Word(text, _number(start), _number(end), min(1.0, max(0.0, _number(confidence))))


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number


def _tidied(cue: Cue, number: int) -> Cue:
    lines, name = clean_lines(cue.lines), clean_name(cue.speaker)
    start, end = round(cue.start, 3), round(cue.end, 3)
    if not 0 <= start <= LATEST or end > LATEST:
        raise Refused(f"Cue {number} has a time that no film has.")
    if end <= start:
        raise Refused(f"Cue {number} ends at {stamp(end)}, but begins at {stamp(start)} only.")
    length = sum(len(line) for line in lines)
    if length > MOST_CHARACTERS or len(lines) > MOST_LINES:
        raise Refused(
            f"Cue {number} has {length} characters in {len(lines)} lines; the most is "
            f"{MOST_CHARACTERS} in {MOST_LINES}. Split it."
        )
    if len(name) > MOST_NAME:
        raise Refused(
            f"The speaker of cue {number} has a name of more than {MOST_NAME} characters."
        )
    return Cue(start, end, lines, _matching(cue.words, lines, start, end), name)


def _matching(
    words: tuple[Word, ...], lines: tuple[str, ...], start: float, end: float
) -> tuple[Word, ...]:
    """The words if they are the text's own and run forwards, otherwise words made to match."""
    text = " ".join(lines)
    same = [word.text for word in words] == text.split()
    clock, forwards = 0.0, True
    for word in words:
        forwards = forwards and clock <= word.start <= word.end <= LATEST
        clock = word.start
    return words if same and forwards else retimed(words, text, start, end) if forwards else ()
