"""Measures recognition and alignment: word errors, errors of time, and cost.

    python bench/transcription.py [--engine pocketsphinx|whisper] [--model MODEL] [--words]

Films: the demonstration's, whose narration is known. Clips: ../shared/speech (or where
MEMBERSNET_SHARED points), with reference texts and, for some, reference word times; left out where
they are absent. Cost is the engine's time over the sound's, on this machine, as it is now.
"""

import argparse
import json
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from media_pipeline.steps.align import align  # noqa: E402 - the path is set above
from media_pipeline.steps.sound import SAMPLE_RATE, extract_sound, read_wav  # noqa: E402 - as above
from media_pipeline.steps.transcribe import Transcriber, choose_transcriber  # noqa: E402 - as above

SHARED = Path(os.environ.get("MEMBERSNET_SHARED", ROOT.parent / "shared")) / "speech"


@dataclass
class Totals:
    """Sums over one group of recordings. Errors and words are counted, seconds added up."""

    errors: int = 0
    words: int = 0
    heard_seconds: float = 0.0
    sound_seconds: float = 0.0
    aligned_seconds: float = 0.0
    found: int = 0
    written: int = 0
    start_errors: list[float] = field(default_factory=list)


def plain(text: str) -> list[str]:
    """The words to be compared: lower case, no punctuation, hyphens as spaces."""
    return re.sub(r"[^a-z' ]+", " ", text.lower().replace("’", "'")).split()


def edits(wanted: list[str], got: list[str]) -> int:
    """How many words must be put in, taken out or changed."""
    row = list(range(len(got) + 1))
    for number, word in enumerate(wanted, start=1):
        diagonal, row[0] = row[0], number
        for at, other in enumerate(got, start=1):
            best = min(row[at] + 1, row[at - 1] + 1, diagonal + (word != other))
            diagonal, row[at] = row[at], best
    return row[-1]


def recordings() -> dict[str, list[tuple[Path, str]]]:
    """(sound or film, reference text) in groups."""
    films = []
    for path in sorted((ROOT / "demo" / "content" / "films").glob("*.yaml")):
        slides = yaml.safe_load(path.read_text(encoding="utf-8"))["slides"]
        script = "\n\n".join(slide["narration"].strip() for slide in slides)
        films.append((ROOT / "demo" / "films" / f"{path.stem}.mp4", script))
    groups = {"films": films}
    for text in sorted(SHARED.glob("*.txt")):
        sounds = [text.with_suffix(end) for end in (".wav", ".flac", ".mp3")]
        group = re.split(r"[\d_-]", text.stem)[0]
        sound = next(path for path in sounds if path.exists())
        groups.setdefault(group, []).append((sound, text.read_text(encoding="utf-8")))
    return groups


def measure(engine: Transcriber, source: Path, script: str, totals: Totals, words: bool) -> None:
    """Recognise and align one recording; print its line and add it to the totals."""
    with TemporaryDirectory() as folder:
        wav = extract_sound(source, Path(folder) / "sound.wav")
        seconds = len(read_wav(wav)) / SAMPLE_RATE
        heard = engine.transcribe(wav, language="en")
        aligned = align(wav, script)
    text = " ".join(word.text for word in heard.words)
    wrong, count = edits(plain(script), plain(text)), len(plain(script))
    totals.errors += wrong
    totals.words += count
    totals.heard_seconds += heard.seconds
    totals.aligned_seconds += aligned.seconds
    totals.sound_seconds += seconds
    totals.found += sum(len(word.text.split()) for word in aligned.words)
    totals.written += len(script.split())
    reference = source.with_name(f"{source.stem}.words.json")
    if reference.exists():
        spoken = [w for w in json.loads(reference.read_text())["w"] if w["t"][0] not in "<["]
        pairs = zip(aligned.words, spoken, strict=True)
        totals.start_errors += [abs(word.start - w["b"]) * 1000 for word, w in pairs]
    print(
        f"  {source.name}: {seconds:.1f} s, word error rate {wrong / count:.3f}, recognition "
        f"{heard.seconds / seconds:.2f} × and alignment {aligned.seconds / seconds:.2f} × real time"
    )
    if words:
        print(f"    {text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--engine", default="pocketsphinx")
    parser.add_argument("--model", default="small")
    parser.add_argument("--words", action="store_true", help="also print what was heard")
    options = parser.parse_args()
    cache = ROOT / "var" / "models"
    choice = choose_transcriber(options.engine, model=options.model, cache=cache)
    print(f"{choice.transcriber.version}: {choice.reason}")
    for group, items in recordings().items():
        totals = Totals()
        for source, script in items:
            measure(choice.transcriber, source, script, totals, options.words)
        print(
            f"{group}: {totals.errors} of {totals.words} words wrong "
            f"({totals.errors / totals.words:.3f}); recognition "
            f"{totals.heard_seconds / totals.sound_seconds:.2f} ×, alignment "
            f"{totals.aligned_seconds / totals.sound_seconds:.2f} × real time; "
            f"{totals.found} of {totals.written} words aligned"
        )
        if totals.start_errors:
            median, high = numpy.percentile(totals.start_errors, [50, 90])
            print(
                f"  start of aligned words: median {median:.0f} ms, 90th percentile {high:.0f} ms"
            )


if __name__ == "__main__":
    main()
