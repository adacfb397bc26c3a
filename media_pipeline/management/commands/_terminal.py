"""What the commands on speech and captions share: sound in, whole files out, one clear line."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management.base import CommandError, OutputWrapper

from ground.refusals import Refused
from media_pipeline.steps import ffmpeg
from media_pipeline.steps.caption_check import check_cues
from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.formats.writers import CAPTION_FORMATS
from media_pipeline.steps.sound import extract_sound
from media_pipeline.steps.words import Cue

SOUND_SHARE = 0.1  # of the bar goes to taking the sound out of the film


class Bar:
    """A line that says how far the work has come; nothing where no terminal is."""

    def __init__(self, out: OutputWrapper, what: str) -> None:
        self.out = out
        self.what = what
        self.shown = -1

    def __call__(self, done: float) -> None:
        percent = int(100 * done)
        if self.out.isatty() and percent != self.shown:
            self.shown = percent
            self.out.write(f"\r{self.what} … {percent} %", ending="")
            self.out.flush()

    def close(self) -> None:
        if self.shown >= 0:
            self.out.write("\r\033[K", ending="")
            self.out.flush()


@contextmanager
def one_clear_line() -> Iterator[None]:
    """Turn what steps raise, and an interrupt, into one line and an exit code that is not 0."""
    try:
        yield
    except (Refused, StepFailed) as error:
        raise CommandError(error.sentence) from error
    except OSError as error:
        raise CommandError(f"{error.filename or 'A file'}: {error.strerror or error}.") from error
    except KeyboardInterrupt as error:
        raise CommandError("Stopped. Nothing was written.", returncode=130) from error


@contextmanager
def sound_of(source: Path, out: OutputWrapper, what: str) -> Iterator[tuple[Path, ffmpeg.Progress]]:
    """The sound of a film or a sound file, gone afterwards, and what shows how far `what` has come.

    Raises CommandError if there is no such file or no sound in it.
    """
    bar = Bar(out, what)
    existing(source)
    with closing(bar), tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "sound.wav"
        try:
            extract_sound(source, wav, progress=ffmpeg.part(bar, 0.0, SOUND_SHARE))
        except StepFailed as error:
            raise CommandError(
                f"{source.name} has no sound that can be read ({error.sentence})"
            ) from error
        yield wav, ffmpeg.part(bar, SOUND_SHARE, 1.0)


def existing(path: Path) -> Path:
    """The path of an ordinary file. Raises CommandError."""
    if not path.exists():
        raise CommandError(f"There is no file {path}.")
    if not path.is_file():
        raise CommandError(f"{path} is not a file.")
    return path


def output_kind(target: Path, *sources: Path) -> str:
    """The kind of caption file that a name asks for. Raises CommandError before any work is done.

    ``sources`` are what the command reads: none may be overwritten.
    """
    check_target(target, *sources)
    kinds = {kind.suffix: name for name, kind in CAPTION_FORMATS.items()}
    if target.suffix.lower() not in kinds:
        raise CommandError(f"{target.name}: captions can be written as {', '.join(kinds)}.")
    return kinds[target.suffix.lower()]


def check_target(target: Path, *sources: Path) -> None:
    """Raise CommandError if ``target`` cannot be written, or is one of ``sources``."""
    if not target.absolute().parent.is_dir():
        raise CommandError(f"There is no folder {target.absolute().parent} to write into.")
    if target.is_dir():
        raise CommandError(f"{target} is a folder.")
    if target.exists() and any(target.samefile(source) for source in sources):
        raise CommandError(f"{target} is what the command reads: name another file to write.")


def write_whole(target: Path, data: bytes) -> None:
    """Write a file under a temporary name and move it in place: never half a file."""
    with ffmpeg.replacing(target) as part:
        part.write_bytes(data)


def deliver(data: bytes, target: Path | None, out: OutputWrapper) -> None:
    """Write captions to ``target``, or, where none is named, to the standard output."""
    if target:
        write_whole(target, data)
    else:
        out.write(data.decode(), ending="")


def scored(cues: list[Cue]) -> str:
    """“12 captions; score 98.5 of 100.”"""
    return f"{captions_counted(len(cues))}; score {check_cues(cues).score:g} of 100."


def captions_counted(count: int) -> str:
    """“1 caption”, “12 captions”."""
    return f"{count} caption{'s' * (count != 1)}"
