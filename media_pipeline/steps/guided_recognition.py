"""What is heard by somebody who knows the script: freely, but with the script's words in mind.

A long film is heard a minute of speech at a time, with a language model of the part of the script
that should be said there; where that part is not recognised, with a model of the whole script.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .anchors import Block, matching_blocks
from .ffmpeg import Progress
from .script_model import write_model
from .speech import SpeechSegment
from .transcribe.sphinx import decode, heard_words
from .words import Word

if TYPE_CHECKING:
    import numpy
    from pocketsphinx import Decoder

WINDOW = 60.0  # seconds of speech heard with one model
SHORT_SCRIPT = 500  # words: so few are one window
BEHIND, AHEAD = 60, 150  # words of the script kept in mind around what should be said
MOST_WORDS_A_SECOND = 4.0
PLACED = 0.3  # the share of the words heard that must agree with the script in a row of four
ROW = 4
LEAP, LONG_ROW = 40, 8  # words: a short row so far ahead of its neighbours is another's echo


class GuidedRecognition:
    """One decoder that listens to one sound with parts of one script in mind."""

    def __init__(
        self, decoder: "Decoder", samples: "numpy.ndarray", spoken: Sequence[str], folder: Path
    ) -> None:
        """``spoken`` are the script's words in lower case, all in the decoder's dictionary.

        ``folder`` takes language models while the decoder reads them.
        """
        self.decoder = decoder
        self.samples = samples
        self.spoken = spoken
        self.folder = folder
        self.place = 0  # in the script: how far it has been heard
        self.doubt = 0.0  # seconds since the place was last sure
        self.whole_is_known = False
        self.heard: list[Word] = []
        self.blocks: list[Block] = []  # where script and ``heard`` agree

    def run(self, speech: Sequence[SpeechSegment], progress: Progress) -> None:
        """Fill ``heard``, in lower case, and ``blocks``; sounds beyond the script begin with ~."""
        if len(self.spoken) <= SHORT_SCRIPT:
            self.heard = self._with_whole_script(speech, progress)
            self.blocks = _agreement(self.spoken, self.heard, least=1)
            return
        for window in _windows(speech):
            self._window(window, progress)

    def _window(self, window: Sequence[SpeechSegment], progress: Progress) -> None:
        seconds = sum(stretch.end - stretch.start for stretch in window)
        begin = max(0, self.place - BEHIND)
        ahead = AHEAD + int((seconds + self.doubt) * MOST_WORDS_A_SECOND)
        self._use_model("part", self.spoken[begin : self.place + ahead])
        heard = self._decode(window, progress)
        blocks = _agreement(self.spoken[begin : self.place + ahead], heard)
        if not _is_placed(blocks, heard):
            reheard = self._with_whole_script(window, progress)
            elsewhere = _agreement(self.spoken, reheard)
            if _size(elsewhere) > _size(blocks):
                heard, blocks, begin = reheard, elsewhere, 0
        if _is_placed(blocks, heard):
            self.place, self.doubt = begin + blocks[-1][0] + blocks[-1][2], 0.0
        else:
            self.doubt += seconds
        self._keep(heard, [(begin + a, b, count) for a, b, count in blocks])

    def _keep(self, heard: list[Word], blocks: list[Block]) -> None:
        """Add a window's words, and its agreements as far as they lead on in the script."""
        before = len(self.heard)
        self.heard += heard
        for a, b, count in blocks:
            reached = self.blocks[-1][0] + self.blocks[-1][2] if self.blocks else 0
            already = max(0, reached - a)
            if already < count:
                self.blocks.append((a + already, before + b + already, count - already))

    def _with_whole_script(self, window: Sequence[SpeechSegment], progress: Progress) -> list[Word]:
        if self.whole_is_known:
            self.decoder.activate_search("whole")
        else:
            self._use_model("whole", self.spoken)
            self.whole_is_known = True
        return self._decode(window, progress)

    def _use_model(self, name: str, words: Sequence[str]) -> None:
        """Have the decoder search with a model of ``words`` from now on."""
        path = self.folder / f"{name}.lm"
        write_model(words, path)
        self.decoder.add_lm_file(name, str(path))
        self.decoder.activate_search(name)

    def _decode(self, window: Sequence[SpeechSegment], progress: Progress) -> list[Word]:
        heard: list[Word] = []
        length = max(1, len(self.samples))
        for stretch in window:
            decode(self.decoder, self.samples, stretch)
            heard += heard_words(self.decoder, stretch.start)
            progress(min(1.0, stretch.end * 16_000 / length))
        return [replace(word, text=word.text.lower()) for word in heard]


def _windows(speech: Sequence[SpeechSegment]) -> Iterator[list[SpeechSegment]]:
    window: list[SpeechSegment] = []
    for stretch in speech:
        window.append(stretch)
        if sum(stretch.end - stretch.start for stretch in window) >= WINDOW:
            yield window
            window = []
    if window:
        yield window


def _is_placed(blocks: Sequence[Block], heard: Sequence[Word]) -> bool:
    """Whether enough of what was heard stands in the script to say where in it we are."""
    of_script = sum(not word.text.startswith("~") for word in heard)
    return _size(blocks) >= max(ROW, PLACED * of_script)


def _size(blocks: Sequence[Block]) -> int:
    return sum(count for _a, _b, count in blocks)


def _agreement(script: Sequence[str], heard: Sequence[Word], least: int = ROW) -> list[Block]:
    """Where script and heard agree in order, without short rows that leap ahead."""
    agreement: list[Block] = []
    for a, b, count in matching_blocks(script, [word.text for word in heard], least=least):
        before = agreement[-1][0] + agreement[-1][2] if agreement else a
        since = agreement[-1][1] + agreement[-1][2] if agreement else b
        if count >= LONG_ROW or least < ROW or a - before <= LEAP + 3 * (b - since):
            agreement.append((a, b, count))
    return agreement
