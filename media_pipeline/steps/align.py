"""From a given script and the sound to words with their true times, in the script's own spelling.

The sound is first heard with language models of the script alone. Where what was heard and what
was written agree, they anchor each other; between anchors the script is laid over the sound by
forced alignment. A passage that the sound does not hold is reported and given no times; what is
said beyond the script is passed over, and reported as well.
"""

import time
from bisect import bisect_right
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ground.refusals import Refused

from .anchors import Block, filled, matching_blocks
from .ffmpeg import Progress
from .guided_recognition import GuidedRecognition
from .pronunciation import Token, pronunciations, tokens, write_dictionary
from .script_model import STRAYS, write_model
from .sound import SAMPLE_RATE, read_wav
from .speech import SpeechSegment, speech_segments
from .transcribe.sphinx import PocketSphinx, decode, heard_words, new_decoder
from .words import Word

if TYPE_CHECKING:
    import numpy
    from pocketsphinx import Decoder

LEAST_SOUND = 0.03  # seconds: no sound of English is shorter, so a passage needs this for each
LEAST_LIKENESS = 0.6  # of the sounds of what is written and what was heard, between anchors
ANCHOR = 3  # words in a row that must agree to be an anchor
FIRST_WORDS = 50  # of the script: the model a decoder begins with, until it is given another
FEW, ROOM_FOR_FEW = 2, 1.2  # words, seconds: so small a gap is a slip of the recognition, no more
LEAST_LIKENESS_OF_FEW = 0.3
MOST_UNANCHORED = 150  # words: of so long a passage some would have been heard, were it said
LEAST_UNSCRIPTED, NEAR = 3.0, 0.5  # seconds of speech without a word; of a word's own edges
UNIT_SECONDS, SHORT_PAUSE, LONG_PAUSE, EDGE = 6.0, 0.12, 0.8, 0.15


@dataclass(frozen=True)
class Unmatched:
    """A passage of the script that was not found; it would lie from ``start`` to ``end`` (s)."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Unscripted:
    """Speech from ``start`` to ``end`` (s) in which nothing of the script was found."""

    start: float
    end: float


@dataclass(frozen=True)
class Alignment:
    """The script's words in order, without those of ``unmatched``. ``seconds`` is the time taken.

    A word's confidence is 1 where it was also heard freely, 0.5 where it was only laid over.
    """

    words: tuple[Word, ...]
    unmatched: tuple[Unmatched, ...]
    unscripted: tuple[Unscripted, ...]
    engine: str
    version: str
    seconds: float


@dataclass(frozen=True)
class _ScriptPassage:
    """Spoken words ``first`` to ``last`` (exclusive) of the script, said from ``start`` to ``end``.

    ``heard`` holds the words freely heard, one for each of the script's, or nothing.
    """

    first: int
    last: int
    start: float
    end: float
    heard: tuple[Word, ...] = ()


def align(wav: Path, script: str, *, progress: Progress | None = None) -> Alignment:
    """Find when each word of ``script`` is said in ``wav`` (mono, 16 kHz, 16 bit).

    English only: the sounds are a US English model's. Raises Refused for a script without words.
    """
    begun = time.monotonic()
    written = tokens(script)
    if not written:
        raise Refused("The script has no words in it. Give the words that are said in the film.")
    samples = read_wav(wav)
    spoken = [word for token in written for word in token.spoken]
    speech = speech_segments(samples)
    with TemporaryDirectory() as folder:
        aligner = _Aligner(samples, spoken, Path(folder), progress or (lambda _done: None))
        placed, unplaced = aligner.run(speech)
    engine = PocketSphinx()
    return Alignment(
        words=tuple(_written_words(written, placed)),
        unmatched=tuple(_reports(written, unplaced)),
        unscripted=tuple(_unscripted(list(placed.values()), speech)),
        engine=engine.name,
        version=engine.version,
        seconds=time.monotonic() - begun,
    )


class _Aligner:
    """One decoder, one sound and one script, while they are brought together."""

    def __init__(
        self, samples: "numpy.ndarray", spoken: list[str], folder: Path, progress: Progress
    ) -> None:
        self.samples = samples
        self.length = len(samples) / SAMPLE_RATE
        self.folder = folder
        self.progress = progress
        self.spoken = [word.lower() for word in spoken]
        self.sounds = pronunciations(spoken) | {word: [heard] for word, heard in STRAYS.items()}
        words, model = folder / "script.dict", folder / "first.lm"
        write_dictionary(self.sounds, words)
        write_model(self.spoken[:FIRST_WORDS], model)
        self.decoder: Decoder = new_decoder(words=words, model=model)

    def run(self, speech: list[SpeechSegment]) -> tuple[dict[int, Word], list[_ScriptPassage]]:
        """(times of the spoken words that were found, passages that were not)."""
        recognition = GuidedRecognition(self.decoder, self.samples, self.spoken, self.folder)
        recognition.run(speech, part_of(self.progress, 0.6))
        passages, unplaced = self._passages(recognition.heard, self._anchors(recognition))
        placed: dict[int, Word] = {}
        for unit in _units(passages):
            words = self._laid_over(unit)
            placed.update(words)
            unplaced += [p for p in unit if p.first not in words]
            self.progress(0.6 + 0.4 * min(1.0, unit[-1].end / max(self.length, 0.01)))
        self.progress(1.0)
        return placed, sorted(unplaced, key=lambda passage: passage.first)

    def _passages(
        self, heard: list[Word], anchors: list[Block]
    ) -> tuple[list[_ScriptPassage], list[_ScriptPassage]]:
        """(passages to lay over the sound, in order; passages that the sound does not hold)."""
        matched: list[_ScriptPassage] = []
        unplaced: list[_ScriptPassage] = []
        done, reached = 0, 0  # how far the script and what was heard have been dealt with
        for first, begin, count in anchors:
            start = heard[reached - 1].end if reached else 0.0
            stop = heard[begin].start if begin < len(heard) else self.length
            if first > done:
                between = _ScriptPassage(done, first, start, stop)
                is_said = self._is_said(between, heard[reached:begin])
                (matched if is_said else unplaced).append(between)
            for number, word in enumerate(heard[begin : begin + count], start=first):
                matched.append(_ScriptPassage(number, number + 1, word.start, word.end, (word,)))
            done, reached = first + count, begin + count
        return matched, unplaced

    def _anchors(self, recognition: GuidedRecognition) -> list[Block]:
        """(place in the script, place in what was heard, number of words) of each agreement.

        What the hearing kept track of counts, unless the whole script and all that was heard,
        laid side by side, agree in more; then its gaps are looked at once more. The last anchor
        is empty and stands at the end of both.
        """
        texts = [word.text for word in recognition.heard]
        least = min(ANCHOR, len(self.spoken))
        whole = matching_blocks(self.spoken, texts, least=least)
        tracked = [block for block in recognition.blocks if block[2] >= least]
        anchors = max(whole, tracked, key=lambda blocks: sum(count for _a, _b, count in blocks))
        anchors = [*anchors, (len(self.spoken), len(texts), 0)]
        return filled(self.spoken, texts, anchors, least=least)

    def _is_said(self, passage: _ScriptPassage, heard: list[Word]) -> bool:
        """Whether a passage between two anchors may be what is said there."""
        room = passage.end - passage.start
        if passage.last - passage.first > MOST_UNANCHORED:
            return False
        few = passage.last - passage.first <= FEW
        if few and room < ROOM_FOR_FEW:
            return True
        written_sounds = self._sounds_of(self.spoken[passage.first : passage.last])
        if room < LEAST_SOUND * len(written_sounds):
            return False
        heard_sounds = self._sounds_of([word.text for word in heard])
        likeness = SequenceMatcher(None, written_sounds, heard_sounds, autojunk=False).ratio()
        return likeness >= (LEAST_LIKENESS_OF_FEW if few else LEAST_LIKENESS)

    def _sounds_of(self, words: list[str]) -> list[str]:
        return [sound for word in words for sound in self.sounds[word][0].split()]

    def _laid_over(self, unit: list[_ScriptPassage]) -> dict[int, Word]:
        """The words of a unit by forced alignment; if that fails, those heard freely."""
        numbers = [number for passage in unit for number in range(passage.first, passage.last)]
        heard = {p.first: word for p in unit for word in p.heard}
        start, end = max(0.0, unit[0].start), min(self.length, unit[-1].end)
        self.decoder.set_align_text(" ".join(self.spoken[number] for number in numbers))
        decode(self.decoder, self.samples, SpeechSegment(start, end))
        words = [] if self.decoder.hyp() is None else list(heard_words(self.decoder, start))
        if [word.text.lower() for word in words] != [self.spoken[number] for number in numbers]:
            return heard
        return {
            number: replace(word, confidence=1.0 if number in heard else 0.5)
            for number, word in zip(numbers, words, strict=True)
        }


def part_of(progress: Progress, share: float) -> Progress:
    """Report a part of the work, the first ``share`` of it, as that of the whole.

    What is heard twice does not run backwards.
    """
    furthest = 0.0

    def report(done: float) -> None:
        nonlocal furthest
        furthest = max(furthest, done)
        progress(share * furthest)

    return report


def _units(passages: list[_ScriptPassage]) -> list[list[_ScriptPassage]]:
    """The passages in runs to be aligned together, each run cut off at a pause where it can be.

    A run ends where the script goes on elsewhere, and between two words that were both heard if
    the sound goes on later; once it is long enough, any pause will do. Its ends reach a little into
    the quiet around.
    """
    units: list[list[_ScriptPassage]] = []
    for passage in passages:
        if units and not _parts(units[-1], passage):
            units[-1].append(passage)
        else:
            units.append([passage])
    return [_widened(unit, units, number) for number, unit in enumerate(units)]


def _parts(unit: list[_ScriptPassage], following: _ScriptPassage) -> bool:
    last = unit[-1]
    if following.first != last.last:
        return True
    if not (last.heard and following.heard):
        return False
    long_enough = last.end - unit[0].start >= UNIT_SECONDS
    return following.start - last.end >= (SHORT_PAUSE if long_enough else LONG_PAUSE)


def _widened(
    unit: list[_ScriptPassage], units: list[list[_ScriptPassage]], number: int
) -> list[_ScriptPassage]:
    before = units[number - 1][-1].end if number else 0.0
    after = units[number + 1][0].start if number + 1 < len(units) else float("inf")
    start = max(unit[0].start - EDGE, min(unit[0].start, (before + unit[0].start) / 2))
    end = min(unit[-1].end + EDGE, max(unit[-1].end, (unit[-1].end + after) / 2))
    widened = [*unit]
    widened[0] = replace(widened[0], start=start)
    widened[-1] = replace(widened[-1], end=end)
    return widened


def _written_words(written: list[Token], placed: dict[int, Word]) -> list[Word]:
    """The script's written words whose spoken words were all found, with their times."""
    words, number = [], 0
    for token in written:
        numbers = range(number, number + len(token.spoken))
        number += len(token.spoken)
        parts = [placed[n] for n in numbers if n in placed]
        if len(parts) == len(numbers):
            confidence = min(part.confidence for part in parts)
            words.append(Word(token.text, parts[0].start, parts[-1].end, confidence))
    return words


def _reports(written: list[Token], unplaced: list[_ScriptPassage]) -> list[Unmatched]:
    """The lost passages in the script's own words; neighbours are put together."""
    owner = [number for number, token in enumerate(written) for _ in token.spoken]
    joined: list[_ScriptPassage] = []
    for passage in unplaced:
        if joined and passage.first <= joined[-1].last:
            joined[-1] = replace(joined[-1], last=passage.last, end=passage.end)
        else:
            joined.append(passage)
    reports = []
    for passage in joined:
        first, last = owner[passage.first], owner[passage.last - 1]
        text = " ".join(token.text for token in written[first : last + 1])
        reports.append(Unmatched(text, round(passage.start, 3), round(passage.end, 3)))
    return reports


def _unscripted(words: list[Word], speech: list[SpeechSegment]) -> list[Unscripted]:
    """Where somebody speaks for some seconds between two words that were found."""
    edges = [0.0, *(time for word in words for time in (word.start, word.end)), float("inf")]
    edges.sort()
    unscripted = []
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        if end - begin < LEAST_UNSCRIPTED:
            continue
        first = bisect_right(speech, begin + NEAR, key=lambda stretch: stretch.end)
        parts = [
            (max(stretch.start, begin + NEAR), min(stretch.end, end - NEAR))
            for stretch in islice(speech, first, None)
            if stretch.start < end - NEAR
        ]
        if sum(until - since for since, until in parts) >= LEAST_UNSCRIPTED:
            unscripted.append(Unscripted(round(parts[0][0], 3), round(parts[-1][1], 3)))
    return unscripted
