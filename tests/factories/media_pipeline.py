"""Makes films with the bundled ffmpeg, and films with and without their files."""

import shutil
import subprocess
from pathlib import Path

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from media_pipeline import models
from media_pipeline.models.jobs import Job
from media_pipeline.steps import ffmpeg
from tests.factories.party import MemberFactory

ENCODED = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]


def make_film(
    target: Path,
    *,
    sound: Path | None = None,
    silent: bool = False,
    seconds: float = 3,
    size: str = "320x240",
) -> Path:
    """A film of a test picture with a tone, with a sound file's sound, or without any sound."""
    picture = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate=12:duration={seconds}"]
    tone = ["-f", "lavfi", "-i", f"sine=frequency=330:duration={seconds}"]
    heard = ["-i", str(sound)] if sound else tone
    source = [*picture, "-an"] if silent else [*picture, *heard, "-shortest"]
    command = [ffmpeg.executable(), "-loglevel", "error", "-y", *source, *ENCODED]
    subprocess.run([*command, str(target)], check=True, timeout=120)
    return target


def truncate(film: Path, target: Path) -> Path:
    """The first half of a film's bytes, as a broken connection leaves it."""
    target.write_bytes(film.read_bytes()[: film.stat().st_size // 2])
    return target


def beginning(film: Path, target: Path, *, seconds: float) -> Path:
    """The first seconds of a film, unchanged."""
    command = [ffmpeg.executable(), "-loglevel", "error", "-y", "-i", str(film)]
    subprocess.run(
        [*command, "-t", str(seconds), "-c", "copy", str(target)], check=True, timeout=60
    )
    return target


def speak(text: str, target: Path) -> Path | None:
    """A WAV of a synthetic voice saying a text; None where Debian's flite is not installed."""
    flite = shutil.which("flite")
    if not flite:
        return None
    subprocess.run([flite, "-voice", "slt", "-t", text, "-o", str(target)], check=True, timeout=60)
    return target


class FilmFactory(factory.django.DjangoModelFactory):
    """A film that is being prepared; its file is a few bytes, enough where nothing reads it."""

    class Meta:
        model = models.Film

    title = factory.Sequence(lambda n: f"Film {n}")
    original_name = "film.mp4"
    original = factory.LazyFunction(lambda: ContentFile(b"film", name="film.mp4"))
    sha256 = "0" * 64
    bytes = 4
    uploaded_by = factory.SubFactory(MemberFactory)
    created_at = factory.LazyFunction(timezone.now)


class ReadyFilmFactory(FilmFactory):
    """A film that can be watched."""

    state = models.Film.State.READY
    ready_at = factory.LazyFunction(timezone.now)
    duration = 60.0
    width = 1280
    height = 720
    poster = factory.LazyFunction(lambda: ContentFile(b"picture", name="poster.jpg"))


class RenditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Rendition

    film = factory.SubFactory(ReadyFilmFactory)
    height = 360
    width = 640
    file = factory.LazyAttribute(lambda made: ContentFile(made.content, name="360p.mp4"))
    bytes = factory.LazyAttribute(lambda made: len(made.content))
    bitrate = 700_000

    class Params:
        content = b"0123456789" * 20


class CaptionTrackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CaptionTrack

    film = factory.SubFactory(ReadyFilmFactory)
    language = "en"
    kind = models.CaptionTrack.Kind.AUTOMATIC
    version = 1
    is_current = True
    engine = "pocketsphinx"


class CueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Cue

    track = factory.SubFactory(CaptionTrackFactory)
    position = factory.Sequence(lambda n: n + 1)
    start = factory.LazyAttribute(lambda cue: cue.position * 2.0)
    end = factory.LazyAttribute(lambda cue: cue.start + 1.5)
    text = factory.LazyAttribute(lambda cue: f"What is said\nin cue {cue.position}.")


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    film = factory.SubFactory(FilmFactory)
    step = Job.Step.PROBE
    position = 1


class ClipFactory(factory.django.DjangoModelFactory):
    """A clip that an officer asked for and that is still to be made."""

    class Meta:
        model = models.Clip

    film = factory.SubFactory(ReadyFilmFactory)
    start = 1.0
    end = 9.0
    shape = models.Clip.Shape.UPRIGHT
    title = "Register to vote"
    imprint = "Promoted by A. Agent, 1 High Street, Anytown."
    made_by = factory.SubFactory(MemberFactory)


class RungFactory(RenditionFactory):
    """A rung of the ladder: a playlist and the file whose parts it names."""

    kind = models.Rendition.Kind.HLS
    file = factory.LazyAttribute(lambda made: ContentFile(PLAYLIST, name="360p.m3u8"))
    media = factory.LazyAttribute(lambda made: ContentFile(made.content, name="rung-360p.mp4"))
    peak_bitrate = 800_000
    codecs = "avc1.64001e"
    frame_rate = 25.0


PLAYLIST = b"""#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:6
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="rung-360p.mp4",BYTERANGE="20@0"
#EXTINF:6.000000,
#EXT-X-BYTERANGE:180@20
rung-360p.mp4
#EXT-X-ENDLIST
"""


def laddered(**fields: object) -> models.Film:
    """A watchable film with two rungs and the sound alone besides its MP4s."""
    film = watchable(**fields)
    RungFactory(film=film)
    RungFactory(film=film, height=720, width=1280, bitrate=2_000_000, peak_bitrate=2_500_000)
    RungFactory(
        film=film,
        kind=models.Rendition.Kind.SOUND,
        **{"height": 0, "width": 0, "bitrate": 96_000, "peak_bitrate": 98_000},
        **{"codecs": "mp4a.40.2", "frame_rate": 0.0},
    )
    return film


def watchable(**fields: object) -> models.Film:
    """A ready film with two renditions and a current track of three cues."""
    film = ReadyFilmFactory(**fields)
    RenditionFactory(film=film)
    RenditionFactory(film=film, height=720, width=1280)
    track = CaptionTrackFactory(film=film)
    for position in (1, 2, 3):
        CueFactory(track=track, position=position)
    return film
