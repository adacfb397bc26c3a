"""Measures alignment: when captions begin, and what an hour of sound costs.

    python bench/alignment.py [--minutes 60] [--films 12] [--only starts|hour]

Starts: films (MP4, AAC, half of them over a bed of music) are made of the clips in ../shared/speech
(or where MEMBERSNET_SHARED points) whose word times are known, in a shuffled order with pauses;
each goes through the pipeline's own steps, and the start of every caption is compared with the
known start of its first word. Hour: the clips are joined at random to so much sound, with two
passages of the script left out and one said that the script lacks.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import time
import wave
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from media_pipeline.steps import ffmpeg  # noqa: E402 - the path is set above
from media_pipeline.steps.align import align  # noqa: E402 - as above
from media_pipeline.steps.captions import compose_cues  # noqa: E402 - as above
from media_pipeline.steps.sound import SAMPLE_RATE, extract_sound, read_wav  # noqa: E402 - as above

SHARED = Path(os.environ.get("MEMBERSNET_SHARED", ROOT.parent / "shared")) / "speech"


@dataclass
class Clip:
    """One clip: its sound, its words, and the start of each in seconds where it is known."""

    samples: numpy.ndarray
    words: list[str]
    starts: list[float]


def clips(folder: Path) -> list[Clip]:
    """Every clip that has a text; the sound as the recognisers want it."""
    found = []
    for text in sorted(SHARED.glob("*.txt")):
        ends = (".wav", ".flac", ".mp3")
        source = next(p for end in ends if (p := text.with_suffix(end)).exists())
        samples = numpy.array(read_wav(extract_sound(source, folder / "clip.wav")))
        reference = text.with_name(f"{text.stem}.words.json")
        starts = []
        if reference.exists():
            heard = json.loads(reference.read_text())["w"]
            starts = [word["b"] for word in heard if word["t"][0] not in "<["]
        found.append(Clip(samples, text.read_text(encoding="utf-8").split(), starts))
    return found


def music(length: int, loudness: float) -> numpy.ndarray:
    """Soft chords that change every two seconds."""
    clock = numpy.arange(length) / SAMPLE_RATE
    chords = [(220, 277, 330), (196, 247, 294), (174, 220, 262)]
    bed = numpy.zeros(length)
    for number, chord in enumerate(chords):
        heard = (clock // 2).astype(int) % len(chords) == number
        for hertz in chord:
            bed += heard * numpy.sin(2 * numpy.pi * hertz * clock)
    return loudness * bed


def write_wav(target: Path, samples: numpy.ndarray) -> Path:
    with wave.open(str(target), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE)
        sound.writeframes(numpy.clip(samples, -32768, 32767).astype("<i2").tobytes())
    return target


def make_film(target: Path, sound: Path) -> Path:
    """A film of a test picture with this sound, as a phone would store it."""
    command = [ffmpeg.executable(), "-loglevel", "error", "-y", "-i", str(sound)]
    command += ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10", "-map", "1:v", "-map", "0:a"]
    command += ["-shortest", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", str(target)]
    subprocess.run(command, check=True, timeout=120)
    return target


def measure_starts(found: list[Clip], folder: Path, count: int) -> None:
    """Print the errors of the starts of captions, over ``count`` films."""
    chance = random.Random(3)
    timed = [clip for clip in found if clip.starts]
    errors: dict[str, list[float]] = {"speech": [], "speech over music": []}
    placed = written = 0
    for number in range(count):
        parts, starts, words = [numpy.zeros(SAMPLE_RATE)], [], []
        for clip in chance.sample(timed, len(timed)):
            begin = sum(map(len, parts)) / SAMPLE_RATE
            starts += [begin + start for start in clip.starts]
            words += clip.words
            pause = chance.uniform(0.2, 2.5)
            parts += [clip.samples, numpy.zeros(int(pause * SAMPLE_RATE))]
        samples = numpy.concatenate(parts)
        kind = list(errors)[number % 2]
        if kind != "speech":
            samples = samples + music(len(samples), 150)
        film = make_film(folder / "film.mp4", write_wav(folder / "film.wav", samples))
        aligned = align(extract_sound(film, folder / "sound.wav"), " ".join(words))
        placed, written = placed + len(aligned.words), written + len(words)
        errors[kind] += caption_errors(compose_cues(list(aligned.words)), words, starts)
    for kind, seconds in errors.items():
        median, high = numpy.percentile(seconds, [50, 95])
        print(
            f"start of captions, {kind:18} {len(seconds):4} captions: median {median:.3f} s, "
            f"95th percentile {high:.3f} s, most {max(seconds):.3f} s"
        )
    print(f"words placed: {placed} of {written}")


def caption_errors(cues: list, words: list[str], starts: list[float]) -> list[float]:
    """For each caption, how far its start is from that of its first word."""
    errors, at = [], 0
    for cue in cues:
        first = " ".join(cue.lines).split()[0]
        at = words.index(first, at)
        errors.append(abs(cue.start - starts[at]))
        at += len(cue.words)
    return errors


def measure_hour(found: list[Clip], folder: Path, minutes: float) -> None:
    """Print what it costs to align so much sound, and how much of the script is placed."""
    chance = random.Random(5)
    parts: list[numpy.ndarray] = []
    script: list[str] = []
    extra: list[str] = []
    length = 0
    while length < minutes * 60 * SAMPLE_RATE:
        clip = chance.choice(found)
        number = len(parts)
        if number % 120 != 50:  # now and then somebody speaks beyond the script
            script += clip.words
        parts += [clip.samples, numpy.zeros(int(chance.uniform(0.3, 1.5) * SAMPLE_RATE))]
        length += len(parts[-1]) + len(parts[-2])
        if number % 120 == 100:  # and now and then the script holds what nobody says
            unsaid = "Membership subscriptions fall due on the ninth of October in leap years."
            script += unsaid.split()
            extra += unsaid.split()
    wav = write_wav(folder / "hour.wav", numpy.concatenate(parts))
    parts.clear()
    text = folder / "script.txt"
    text.write_text(" ".join(script), encoding="utf-8")
    command = [sys.executable, __file__, "--align", str(wav), str(text)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    cost = json.loads(run.stdout)
    sound, said = length / SAMPLE_RATE, len(script) - len(extra)
    print(
        f"{sound / 60:.1f} minutes, {len(script)} words: {cost['seconds']:.0f} s "
        f"({cost['seconds'] / sound:.3f} × real time), peak memory {cost['megabytes']:.0f} MB"
    )
    print(
        f"words placed: {cost['placed']} of {said} said ({cost['placed'] / said:.3f}); "
        f"reported: {cost['unmatched']} passages not in the sound ({cost['unmatched_words']} "
        f"words, {len(extra)} of them not said), {cost['unscripted']} stretches not in the script"
    )


def align_once(wav: Path, script: Path) -> None:
    """Align in a process of its own, so that its memory is its own, and print what it took."""
    begun = time.perf_counter()
    aligned = align(wav, script.read_text(encoding="utf-8"))
    cost = {
        "seconds": time.perf_counter() - begun,
        "megabytes": peak_megabytes(),
        "placed": len(aligned.words),
        "unmatched": len(aligned.unmatched),
        "unmatched_words": sum(len(passage.text.split()) for passage in aligned.unmatched),
        "unscripted": len(aligned.unscripted),
    }
    print(json.dumps(cost))


def peak_megabytes() -> float:
    """The most memory this process has held. Of getrusage a child inherits its parent's peak."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--films", type=int, default=12)
    parser.add_argument("--only", choices=["starts", "hour"])
    parser.add_argument("--align", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.align:
        return align_once(*options.align)
    if not SHARED.is_dir():
        sys.exit(f"No speech clips at {SHARED}; set MEMBERSNET_SHARED.")
    with TemporaryDirectory() as name:
        found = clips(Path(name))
        if options.only != "hour":
            measure_starts(found, Path(name), options.films)
        if options.only != "starts":
            measure_hour(found, Path(name), options.minutes)
    return None


if __name__ == "__main__":
    main()
