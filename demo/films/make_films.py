"""Makes the demonstration's films from their narration: slides, a voice, one MP4 each.

    python demo/films/make_films.py [slug …] [--stills FOLDER]

Needs Debian's speech synthesiser flite (package flite) beside what “make install” installs. The
films are committed, so that nobody needs this to run the hub; it is run again when a text in
demo/content/films changes.
"""

import argparse
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import imageio_ffmpeg
import numpy as np
import yaml
from drawing import HEIGHT, WIDTH, Drawing, drawn_slide
from moviepy import AudioArrayClip, VideoClip

HERE = Path(__file__).resolve().parent
TEXTS = HERE.parent / "content" / "films"
VOICES = {"before-you-remove-a-comment": "slt", "keeping-a-record": "rms"}
OTHER_VOICE = "awb"
RATE = 48_000
FRAMES_A_SECOND = 25
STRETCH = 1.06  # of the voice's own pace
LEAD, BETWEEN_SENTENCES, BETWEEN_SLIDES, TAIL = 0.7, 0.4, 1.0, 1.6  # seconds of quiet
FADE = 0.4  # seconds a slide or a point takes to appear
MOST_BYTES, LEAST_SECONDS, MOST_SECONDS = 3_000_000, 60, 180


@dataclass(frozen=True)
class Timed:
    """A slide on the film's clock: when it comes, and when each of its points does (seconds)."""

    drawing: Drawing
    start: float
    points: tuple[float, ...]


def sentences(narration: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", " ".join(narration.split()))


def speak(text: str, voice: str, folder: Path) -> np.ndarray:
    """One sentence, said by flite: samples at 48 kHz, silence at either end cut off."""
    wav = folder / "sentence.wav"
    command = ["flite", "-voice", voice, "--setf", f"duration_stretch={STRETCH}", "-t", text]
    subprocess.run([*command, "-o", str(wav)], check=True, timeout=60)  # noqa: S603 - our own texts
    ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-i", str(wav)]
    ffmpeg += ["-ac", "1", "-ar", str(RATE), "-f", "s16le", "-"]
    made = subprocess.run(ffmpeg, check=True, capture_output=True, timeout=60)  # noqa: S603 - the same
    samples = np.frombuffer(made.stdout, dtype="<i2").astype(np.float32) / 32768
    heard = np.flatnonzero(np.abs(samples) > 0.003)
    return samples[max(0, heard[0] - RATE // 50) : heard[-1] + RATE // 12]


def point_sentences(points: list[str], said: list[str]) -> list[int]:
    """For each point the number of the sentence that says it: most words in common, in order."""

    def words(text: str) -> set[str]:
        return {word.rstrip("s") for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 2}

    places, earliest = [], 0
    for number, point in enumerate(points):
        evenly = max(earliest, round(number * len(said) / len(points)))
        scores = [len(words(point) & words(sentence)) for sentence in said]
        best = max(scores[earliest:], default=0)
        place = scores.index(best, earliest) if best else min(evenly, len(said) - 1)
        places.append(place)
        earliest = place
    return places


def say_slides(film: dict, voice: str, drawings: list[Drawing]) -> tuple[np.ndarray, list[Timed]]:
    """The film's whole sound, and its slides on the clock of that sound."""
    parts = [np.zeros(int(LEAD * RATE), np.float32)]
    clock, slides, start = LEAD, [], 0.0
    with TemporaryDirectory() as folder:
        for drawing, slide in zip(drawings, film["slides"], strict=True):
            begins, said = [], sentences(slide["narration"])
            for sentence in said:
                samples = speak(sentence, voice, Path(folder))
                parts += [samples, np.zeros(int(BETWEEN_SENTENCES * RATE), np.float32)]
                begins.append(clock)
                clock += len(samples) / RATE + int(BETWEEN_SENTENCES * RATE) / RATE
            places = point_sentences(slide["points"], said)
            together = [places[:n].count(place) for n, place in enumerate(places)]
            points = [begins[p] + 0.9 * n for p, n in zip(places, together, strict=True)]
            slides.append(Timed(drawing, start, tuple(max(t, start + 0.9) for t in points)))
            parts.append(np.zeros(int(BETWEEN_SLIDES * RATE), np.float32))
            clock += int(BETWEEN_SLIDES * RATE) / RATE
            start = clock - 0.6 * BETWEEN_SLIDES
    parts.append(np.zeros(int(TAIL * RATE), np.float32))
    sound = np.concatenate(parts)
    return sound * (0.7 / np.abs(sound).max()), slides


def eased(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return 1 - (1 - part) ** 3


def frame_maker(slides: list[Timed], length: float):
    """The function from a second to that second's picture."""
    kept: dict[tuple, np.ndarray] = {}

    def picture(number: int, second: float) -> np.ndarray:
        slide = slides[number]
        shown = tuple(round(eased((second - at) / FADE), 3) for at in slide.points)
        if (number, shown) not in kept:
            kept.clear()
            kept[number, shown] = slide.drawing.picture(shown)
        return kept[number, shown]

    def frame(second: float) -> np.ndarray:
        number = max(n for n, slide in enumerate(slides) if slide.start <= second)
        result = picture(number, second)
        part = eased((second - slides[number].start) / FADE)
        if number and part < 1:
            before = slides[number - 1].drawing.picture((1.0,) * len(slides[number - 1].points))
            result = (before * (1 - part) + result * part).astype(np.uint8)
        result = result.copy()
        result[HEIGHT - 8 :, : round(WIDTH * second / length)] = (0xE4, 0x00, 0x3B)
        return result

    return frame


def make(path: Path, stills: Path | None) -> Path:
    """Make one film beside this script; raises SystemExit if it is not as films must be."""
    film = yaml.safe_load(path.read_text(encoding="utf-8"))
    count = len(film["slides"])
    drawings = [
        drawn_slide(film, slide, number, count) for number, slide in enumerate(film["slides"])
    ]
    sound, slides = say_slides(film, VOICES.get(film["slug"], OTHER_VOICE), drawings)
    length = len(sound) / RATE
    frame = frame_maker(slides, length)
    if stills:
        save_stills(film["slug"], slides, frame, length, stills)
    target, part = HERE / f"{film['slug']}.mp4", HERE / f".{film['slug']}.part.mp4"
    stereo = np.stack([sound, sound], axis=1)
    clip = VideoClip(frame, duration=length).with_audio(AudioArrayClip(stereo, fps=RATE))
    clip.write_videofile(
        str(part), fps=FRAMES_A_SECOND, codec="libx264", preset="slow", audio_codec="aac",
        audio_fps=RATE, audio_bitrate="64k", temp_audiofile_path=str(HERE), threads=2,
        pixel_format="yuv420p", logger=None,
        ffmpeg_params=["-crf", "24", "-tune", "animation", "-g", "100", "-ac", "1",
                       "-movflags", "+faststart", "-map_metadata", "-1"],
    )  # fmt: skip
    part.replace(target)
    check(target, length)
    return target


def save_stills(slug: str, slides: list[Timed], frame, length: float, folder: Path) -> None:
    """One PNG of each slide just before it goes, to look the film over."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    ends = [slide.start - 0.1 for slide in slides[1:]] + [length - 0.1]
    for number, end in enumerate(ends, start=1):
        Image.fromarray(frame(end)).save(folder / f"{slug}-{number}.png")


def check(film: Path, length: float) -> None:
    size = film.stat().st_size
    if size > MOST_BYTES or not LEAST_SECONDS <= length <= MOST_SECONDS:
        raise SystemExit(f"{film.name} is {size:,} bytes and {length:.0f} s long: not as planned.")
    print(f"{film.name}: {length:.0f} s, {size:,} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("slugs", nargs="*", help="which films; all of them if none is named")
    parser.add_argument("--stills", type=Path, help="a folder for a PNG of each slide")
    options = parser.parse_args()
    for path in sorted(TEXTS.glob("*.yaml")):
        if not options.slugs or path.stem in options.slugs:
            make(path, options.stills)


if __name__ == "__main__":
    main()
