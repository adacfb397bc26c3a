"""Measures what the pipeline adds to the bare engine, and a worker's memory with Whisper's “base”.

    python bench/captioning.py [--minutes 5] [--engine pocketsphinx] [--model MODEL]
                               [--memory-minutes 10]

Overhead: one film is captioned as the pipeline does it (sound out of the film, speech, guards,
corrections, captions, check, WebVTT), and the bare engine hears the same sound, one after the other
in one run, each in a process of its own, five times in turn; the quickest of each are compared.
Memory: the peak of a process that captions a film with a Whisper model of the size of “base”
(random weights, built here; its words mean nothing, its memory does).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.alignment import (  # noqa: E402 - the path is set above
    SHARED,
    clips,
    make_film,
    peak_megabytes,
    write_wav,
)
from media_pipeline.steps.caption_check import check_cues  # noqa: E402 - as above
from media_pipeline.steps.captions import compose_cues  # noqa: E402 - as above
from media_pipeline.steps.corrections import correct  # noqa: E402 - as above
from media_pipeline.steps.formats.vtt import to_vtt  # noqa: E402 - as above
from media_pipeline.steps.sound import SAMPLE_RATE, extract_sound, read_wav  # noqa: E402 - as above
from media_pipeline.steps.speech import speech_segments  # noqa: E402 - as above
from media_pipeline.steps.transcribe import sphinx, whisper  # noqa: E402 - as above
from media_pipeline.steps.transcribe.choice import choose_transcriber  # noqa: E402 - as above
from tests.media_pipeline.steps import tiny_whisper  # noqa: E402 - as above

ROUNDS = 5
CORRECTIONS = [("member's net", "Membersnet"), ("kier starmer", "Keir Starmer")]


def caption(film: Path, engine: str, model: str) -> None:
    """Caption a film as the pipeline does."""
    with TemporaryDirectory() as folder:
        wav = extract_sound(film, Path(folder) / "sound.wav")
        choice = choose_transcriber(engine, model=model, cache=ROOT / "var" / "models")
        heard = choice.transcriber.transcribe(wav, language="en", glossary=["Membersnet"])
        words, _uses = correct(heard.words, CORRECTIONS)
        cues = compose_cues(words)
        check_cues(cues)
        (Path(folder) / "captions.vtt").write_text(to_vtt(cues), encoding="utf-8")


def bare(wav: Path, engine: str, model: str) -> None:
    """Have the engine alone hear the sound: what anybody would write first."""
    if engine == "pocketsphinx":
        samples = read_wav(wav)
        decoder = sphinx.new_decoder()
        for stretch in speech_segments(samples):
            sphinx.decode(decoder, samples, stretch)
            list(sphinx.heard_words(decoder, stretch.start))
        return
    loaded = whisper.Whisper(Path(model), "bare").load()
    segments, _info = loaded.transcribe(
        str(wav),
        language="en",
        word_timestamps=True,
        vad_filter=True,
        condition_on_previous_text=False,
        hotwords="Membersnet",
    )
    list(segments)


def run(how: str, file: Path, engine: str, model: str) -> dict[str, float]:
    """The cost of a process of its own: seconds, seconds of processor, peak megabytes."""
    command = [sys.executable, __file__, "--run", how, str(file), engine, model]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(found.stdout.splitlines()[-1])


def run_here(how: str, file: str, engine: str, model: str) -> None:
    begun = time.perf_counter()
    (caption if how == "caption" else bare)(Path(file), engine, model)
    seconds = time.perf_counter() - begun
    own = resource.getrusage(resource.RUSAGE_SELF)
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = own.ru_utime + own.ru_stime + helpers.ru_utime + helpers.ru_stime
    cost = {"seconds": seconds, "processor": processor, "megabytes": peak_megabytes()}
    print(json.dumps(cost))


def film_of(folder: Path, minutes: float) -> tuple[Path, float]:
    """(a film of the clips, one after the other, so long; its length in seconds)."""
    parts: list[numpy.ndarray] = []
    found = clips(folder)
    while sum(map(len, parts)) < minutes * 60 * SAMPLE_RATE:
        parts += [found[len(parts) // 2 % len(found)].samples, numpy.zeros(SAMPLE_RATE)]
    samples = numpy.concatenate(parts)[: int(minutes * 60 * SAMPLE_RATE)]
    film = make_film(folder / "film.mp4", write_wav(folder / "film.wav", samples))
    return film, len(samples) / SAMPLE_RATE


def overhead(folder: Path, minutes: float, engine: str, model: str) -> None:
    film, length = film_of(folder, minutes)
    wav = extract_sound(film, folder / "sound.wav")
    whole, alone = [], []
    for _round in range(ROUNDS):
        whole.append(run("caption", film, engine, model))
        alone.append(run("bare", wav, engine, model))
    for what, name in (("seconds", "wall time"), ("processor", "processor time")):
        ours = min(cost[what] for cost in whole)
        theirs = min(cost[what] for cost in alone)
        print(
            f"{engine}, film of {length / 60:.1f} minutes, {name}: captioned {ours:.1f} s, bare "
            f"engine {theirs:.1f} s: {ours / theirs:.3f} ×"
        )


def memory(folder: Path, minutes: float, model: str) -> None:
    film, length = film_of(folder, minutes)
    cost = run("caption", film, "whisper", model)
    print(
        f"whisper of base’s size, film of {length / 60:.1f} minutes: {cost['seconds']:.0f} s, "
        f"peak memory {cost['megabytes']:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--memory-minutes", type=float, default=10)
    parser.add_argument("--engine", choices=["pocketsphinx", "whisper"], default="pocketsphinx")
    parser.add_argument("--model", help="a folder with a Whisper model; without it one is built")
    parser.add_argument("--run", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        return run_here(*options.run)
    if not SHARED.is_dir():
        sys.exit(f"No speech clips at {SHARED}; set MEMBERSNET_SHARED.")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    with TemporaryDirectory() as name:
        folder = Path(name)
        model = options.model or str(tiny_whisper.build(folder / "base", tiny_whisper.BASE))
        if options.minutes:
            overhead(folder, options.minutes, options.engine, model)
        if options.memory_minutes:
            memory(folder, options.memory_minutes, model)
    return None


if __name__ == "__main__":
    main()
