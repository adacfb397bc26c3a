"""Measures recognition: word errors and cost of every engine that is available.

    python bench/transcription.py [--engine pocketsphinx|whisper] [--model MODEL] [--words]

Films: the demonstration's, whose narration is known. Clips: ../shared/speech (or where
MEMBERSNET_SHARED points), with reference texts; left out where they are absent. Cost is the
engine's time over the sound's, on this machine, as it is now. Whisper is measured where its model
is here; nothing is fetched. Alignment is measured by bench/alignment.py.
"""

import argparse
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from media_pipeline.steps.failures import StepFailed  # noqa: E402 - the path is set above
from media_pipeline.steps.sound import SAMPLE_RATE, extract_sound, read_wav  # noqa: E402 - as above
from media_pipeline.steps.transcribe.base import Transcriber  # noqa: E402 - as above
from media_pipeline.steps.transcribe.choice import choose_transcriber  # noqa: E402 - as above

SHARED = Path(os.environ.get("MEMBERSNET_SHARED", ROOT.parent / "shared")) / "speech"


@dataclass
class Totals:
    """Sums over one group of recordings. Errors and words are counted, seconds added up."""

    errors: int = 0
    words: int = 0
    heard_seconds: float = 0.0
    sound_seconds: float = 0.0


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


def measure(engine: Transcriber, source: Path, script: str, words: bool) -> Totals:
    """Recognise one recording, and print what was heard if that is wanted."""
    with TemporaryDirectory() as folder:
        wav = extract_sound(source, Path(folder) / "sound.wav")
        seconds = len(read_wav(wav)) / SAMPLE_RATE
        heard = engine.transcribe(wav, language="en")
    text = " ".join(word.text for word in heard.words)
    if words:
        print(f"{source.name}: {text}")
    wanted = plain(script)
    return Totals(edits(wanted, plain(text)), len(wanted), heard.seconds, seconds)


def row(engine: str, name: str, totals: list[Totals]) -> str:
    """One line of the table: the sums of so many recordings."""
    errors, words = sum(t.errors for t in totals), sum(t.words for t in totals)
    sound, cost = sum(t.sound_seconds for t in totals), sum(t.heard_seconds for t in totals)
    return (
        f"| {engine} | {name} | {sound:.0f} | {words} | {errors / words:.3f} | {cost / sound:.2f} |"
    )


def engines(wanted: str | None, model: str) -> list[Transcriber]:
    """The engines that can run here, or the one that is wanted."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    found = []
    for name in [wanted] if wanted else ["pocketsphinx", "whisper"]:
        try:
            choice = choose_transcriber(name, model=model, cache=ROOT / "var" / "models")
        except StepFailed as error:
            print(f"{name} is not measured: {error.sentence}\n")
        else:
            found.append(choice.transcriber)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--engine", choices=["pocketsphinx", "whisper"])
    parser.add_argument("--model", default="small.en")
    parser.add_argument("--words", action="store_true", help="also print what was heard")
    options = parser.parse_args()
    found = engines(options.engine, options.model)
    print("| engine | recordings | seconds | words | word error rate | × real time |")
    print("|---|---|---:|---:|---:|---:|")
    for engine in found:
        for group, items in recordings().items():
            totals = [measure(engine, source, text, options.words) for source, text in items]
            print(
                row(f"{engine.name} {engine.version}", f"{group} ({len(items)})", totals),
                flush=True,
            )


if __name__ == "__main__":
    main()
