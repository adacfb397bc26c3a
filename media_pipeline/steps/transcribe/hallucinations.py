"""What a recogniser may not say: words where nobody speaks, loops, and impossible haste.

Nothing is dropped in silence: each passage left out becomes a sentence with its time.
"""

import zlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..clock import spoken_time
from ..speech import SpeechSegment
from ..words import Word, bare

INSIDE = 0.25  # the share of a passage's time that must lie where our own detector hears speech
SURE = 0.8  # mean confidence at which a passage is believed against our own detector …
SPOKEN = 0.1  # … if the engine's own chance of “no speech” is below this as well
DOUBTFUL_SILENCE = 0.6  # an engine that says this itself, and is not sure of its words, is right
LONGEST_LOOP, LEAST_ROUNDS, LEAST_LOOP_WORDS = 8, 4, 8  # words, times, words altogether
TOO_REPETITIVE = 2.4  # text that deflate makes this much smaller: Whisper's own measure
LEAST_LETTERS = 100  # of text, for that measure to mean anything
MOST_WORDS_A_SECOND, LEAST_HURRIED = 9.0, 4  # the fastest speakers reach six
INVENTED = (  # what Whisper is known to write over silence and music
    "thank you", "thanks for watching", "thank you for watching", "thank you very much",
    "please subscribe", "subscribe", "bye", "bye bye", "you", "music", "applause", "okay",
    "thanks", "subtitles by the amara org community", "transcription by castingwords",
    "see you next time", "see you in the next video", "like and subscribe", "the end",
)  # fmt: skip


@dataclass(frozen=True)
class RecognisedPassage:
    """Words an engine gave together. ``no_speech`` is its own estimate, 0 to 1, of silence there.

    ``no_speech`` None stands for an engine that has none.
    """

    words: tuple[Word, ...]
    no_speech: float | None = None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        return sum(word.confidence for word in self.words) / max(1, len(self.words))


@dataclass(frozen=True)
class _Dropped:
    word: Word
    reason: str


def without_hallucinations(
    passages: Sequence[RecognisedPassage], speech: Sequence[SpeechSegment]
) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """(the words to be believed, a sentence for each run of words left out).

    ``speech`` is where our own detector hears somebody, in order.
    """
    believed: list[Word] = []
    dropped: list[_Dropped] = []
    for passage in passages:
        reason = _reason(passage, speech)
        if reason:
            dropped += [_Dropped(word, reason) for word in passage.words]
        else:
            believed += passage.words
    believed, looped = without_loops(believed)
    dropped += [_Dropped(word, "it repeats what stands before") for word in looped]
    return tuple(believed), _sentences(dropped)


def _reason(passage: RecognisedPassage, speech: Sequence[SpeechSegment]) -> str:
    """Why a passage is left out; empty where it is not."""
    return next(filter(None, (check(passage, speech) for check in CHECKS)), "")


def _nobody_speaks(passage: RecognisedPassage, speech: Sequence[SpeechSegment]) -> str:
    share = spoken_share(passage.words, speech)
    text = "".join(c for c in passage.text.lower() if c.isalnum() or c == " ").strip()
    believed = passage.confidence >= SURE and (passage.no_speech or 0.0) < SPOKEN
    if share < INSIDE and (text in INVENTED or passage.no_speech is None or not believed):
        return "nobody speaks there"
    doubtful = (passage.no_speech or 0.0) > DOUBTFUL_SILENCE and passage.confidence < 0.5
    return "nobody speaks there" if doubtful else ""


def _repeats_itself(passage: RecognisedPassage, _speech: Sequence[SpeechSegment]) -> str:
    words, _looped = without_loops(list(passage.words))
    data = " ".join(word.text for word in words).encode()
    if len(data) >= LEAST_LETTERS and len(data) / len(zlib.compress(data)) > TOO_REPETITIVE:
        return "it repeats itself"
    return ""


def _is_hurried(passage: RecognisedPassage, _speech: Sequence[SpeechSegment]) -> str:
    count = len(passage.words)
    seconds = max(0.001, passage.words[-1].end - passage.words[0].start) if count else 1.0
    if count >= LEAST_HURRIED and count / seconds > MOST_WORDS_A_SECOND:
        return "nobody speaks as fast as that"
    return ""


CHECKS: tuple[Callable[[RecognisedPassage, Sequence[SpeechSegment]], str], ...] = (
    _nobody_speaks,
    _repeats_itself,
    _is_hurried,
)


def spoken_share(words: Sequence[Word], speech: Sequence[SpeechSegment]) -> float:
    """The share, 0 to 1, of the words' own time in which somebody speaks."""
    inside = whole = 0.0
    for word in words:
        length = max(0.02, word.end - word.start)
        whole += length
        first = bisect_right(speech, word.start, key=lambda stretch: stretch.end)
        for stretch in speech[first:]:
            if stretch.start >= word.start + length:
                break
            inside += min(word.start + length, stretch.end) - max(word.start, stretch.start)
    return inside / whole if whole else 0.0


def without_loops(words: list[Word]) -> tuple[list[Word], list[Word]]:
    """(the words with each loop said once, the words left out).

    A loop is a phrase of up to eight words, said four times or more in a row without a stop and
    making eight words or more. People say “no, no, no”, and even choruses end.
    """
    plain = [bare(word.text) for word in words]
    words_once: list[Word] = []
    looped: list[Word] = []
    at = 0
    while at < len(words):
        size, rounds = _loop_at(plain, at)
        if size:
            words_once += words[at : at + size]
            looped += words[at + size : at + size * rounds]
            at += size * rounds
        else:
            words_once.append(words[at])
            at += 1
    return words_once, looped


def _loop_at(plain: list[str], at: int) -> tuple[int, int]:
    """(words in the phrase, times it is said in a row from ``at`` on); (0, 0) if it is no loop."""
    for size in range(1, LONGEST_LOOP + 1):
        phrase = plain[at : at + size]
        rounds = 1
        while plain[at + rounds * size : at + (rounds + 1) * size] == phrase:
            rounds += 1
        if rounds >= LEAST_ROUNDS and rounds * size >= LEAST_LOOP_WORDS:
            return size, rounds
    return 0, 0


def _sentences(dropped: list[_Dropped]) -> tuple[str, ...]:
    """One sentence for each run of words that were left out for one reason."""
    runs: list[list[_Dropped]] = []
    for drop in sorted(dropped, key=lambda drop: drop.word.start):
        last = runs[-1][-1] if runs else None
        if last and drop.reason == last.reason and drop.word.start - last.word.end <= 5:
            runs[-1].append(drop)
        else:
            runs.append([drop])
    return tuple(map(_sentence, runs))


def _sentence(run: list[_Dropped]) -> str:
    text = " ".join(drop.word.text for drop in run)
    short = text if len(text) <= 60 else f"{text[:59].rstrip()}…"
    return f"At {spoken_time(run[0].word.start)}, “{short}” was left out, for {run[0].reason}."
