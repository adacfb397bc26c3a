"""The still pictures that may stand for a film until it plays."""

import io
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from . import ffmpeg
from .failures import StepFailed
from .film_file import open_film
from .ladder import picture_track

if TYPE_CHECKING:
    import numpy
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from PIL.Image import Image

Read = TypeVar("Read")

SAMPLED_AT = (0.05, 0.12, 0.2, 0.28, 0.36, 0.44, 0.52, 0.6, 0.68, 0.76, 0.84, 0.92)  # of the length
BEFORE_THE_START = 1.0  # seconds: some containers are wound back by when pictures are decoded
MOST_STILLS = 6  # stills to choose from
MOST_BYTES = 30_000  # of a still: the page that shows it weighs at most 100 KB with it
QUALITIES = (75, 60, 45, 30)  # of a WebP, best first; 75 has half of a JPEG’s weight
DARKEST_MEAN = 16.0  # of 255: below this a picture counts as black
FLATTEST = 4.0  # standard deviation of brightness: below this a picture shows nothing
BLURRED = 0.05  # of the best picture's sharpness: below this a picture is blurred
PATIENCE = 20.0  # seconds by the clock: a person may be waiting for the page
ALIKE = 5.0  # of 255: mean difference of two small pictures below which one of them is enough


@dataclass(frozen=True)
class Picture:
    """A still: ``second`` in the film, and how it compares: what shows nothing loses."""

    second: float
    image: "Image"
    shows: bool
    sharpness: float
    small: "numpy.ndarray"

    @property
    def worth(self) -> tuple[bool, float]:
        return self.shows, self.sharpness


@dataclass(frozen=True)
class Candidate:
    """A still as a finished WebP; ``best`` marks the one chosen without anybody's help."""

    path: Path
    second: float
    best: bool


def candidates(
    source: Path,
    folder: Path,
    *,
    duration: float | None = None,
    width: int = 1280,
    also_at: float | None = None,
) -> list[Candidate]:
    """Write up to `MOST_STILLS` into ``folder``: ``still-1.webp`` and so on, in the film's order.

    They are sharp, neither black nor empty where the film has such pictures, and not alike.
    ``width`` bounds them in pixels; ``also_at`` (seconds) is the one a person chose: it is taken
    besides, and is the best. Raises StepFailed if the film gives no picture.
    """
    pictures = _sampled(source, duration)
    chosen = sorted(_unlike(pictures), key=lambda picture: picture.second)
    best = max(chosen, key=lambda picture: picture.worth)
    stills = [
        Candidate(
            _saved(picture.image, folder / f"still-{number}.webp", width),
            picture.second,
            also_at is None and picture is best,
        )
        for number, picture in enumerate(chosen, start=1)
    ]
    if also_at is not None:
        name = f"still-{len(stills) + 1}.webp"
        extra = poster(source, folder / name, at=also_at, width=width, patience=30 * PATIENCE)
        stills.append(Candidate(extra, also_at, True))
    return stills


def poster(
    source: Path, target: Path, *, at: float, width: int = 1280, patience: float = PATIENCE
) -> Path:
    """Write the picture shown at ``at`` (seconds) to ``target`` as a WebP, and return it.

    At most ``width`` pixels wide, rotation applied. Past the end it is the last picture. A film
    without keyframes is decoded from its beginning: after ``patience`` (seconds by the clock)
    StepFailed is raised, as where no picture can be read.
    """
    until = time.monotonic() + patience
    image = _reading(source, lambda film: _picture_at(film, at, exactly_until=until))
    if image is None:
        raise StepFailed("No still could be taken: the film gave no picture.")
    return _saved(image, target, width)


def _sampled(source: Path, duration: float | None) -> list[Picture]:
    import av

    def look(film: "InputContainer") -> list[Picture]:
        length = duration or (film.duration or 0) / av.time_base
        seconds = [round(length * part, 2) for part in SAMPLED_AT]
        images = ((second, _picture_at(film, second)) for second in seconds)
        return [_judged(second, image) for second, image in images if image]

    pictures = _reading(source, look)
    if not pictures:
        raise StepFailed("No still could be taken: the film gave no picture.")
    return pictures


def _reading(source: Path, read: "Callable[[InputContainer], Read]") -> Read:
    import av

    try:
        with open_film(source) as film:
            return read(film)
    except av.FFmpegError as error:
        raise StepFailed(f"No still could be taken: {error.strerror}.") from error


def _unlike(pictures: Sequence[Picture]) -> list[Picture]:
    """The best picture, then each time the one least like those taken, of those that are sharp.

    What shows nothing is taken only where nothing else is left.
    """
    best = max(pictures, key=lambda picture: picture.worth)
    sharp = [
        picture
        for picture in pictures
        if picture.shows and picture.sharpness >= best.sharpness * BLURRED
    ]
    chosen = [best]
    while len(chosen) < MOST_STILLS and sharp:
        next_one = max(sharp, key=lambda picture: _difference(picture, chosen))
        if _difference(next_one, chosen) <= ALIKE:
            break
        chosen.append(next_one)
    return chosen


def _difference(picture: Picture, others: Sequence[Picture]) -> float:
    """How far a picture is from the nearest of others: the mean over the small pictures, of 255."""
    import numpy

    return min(float(numpy.abs(picture.small - other.small).mean()) for other in others)


def _judged(second: float, image: "Image") -> Picture:
    import numpy

    shape = (480, max(3, round(image.height * 480 / image.width)))
    grey = numpy.asarray(image.convert("L").resize(shape), dtype=numpy.float32)
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    edges = 4 * grey[1:-1, 1:-1] - around
    shows = bool(grey.mean() >= DARKEST_MEAN and grey.std() >= FLATTEST)
    small = numpy.asarray(image.resize((32, 18)), dtype=numpy.float32)
    return Picture(second, image, shows, float(edges.var()), small)


def _saved(image: "Image", target: Path, width: int) -> Path:
    with ffmpeg.replacing(target) as part:
        part.write_bytes(_light(image, width))
    return target


def _light(image: "Image", width: int) -> bytes:
    """A picture as a WebP of at most `MOST_BYTES`: the best quality, then the greatest width."""
    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))))
    for quality in QUALITIES:
        written = io.BytesIO()
        image.save(written, "WEBP", quality=quality, method=6)
        if written.tell() <= MOST_BYTES:
            return written.getvalue()
    return _light(image, image.width * 3 // 4)


def _picture_at(
    film: "InputContainer", seconds: float, *, exactly_until: float | None = None
) -> "Image | None":
    """The picture shown at ``seconds``, if found by the clock's ``exactly_until``.

    Without that it is the keyframe before (quicker).
    """
    track = picture_track(film.streams.video)
    track.codec_context.options = {
        "max_pixels": str(ffmpeg.MOST_PIXELS)
    }  # it may grow in mid-stream
    begin = float((track.start_time or 0) * (track.time_base or 1))
    current = None
    for place in (begin + max(0.0, seconds), begin - BEFORE_THE_START):
        film.seek(int(place / float(track.time_base or 1)), stream=track)
        current = _shown(film, track, begin + seconds, exactly_until)
        if current is not None:
            break
    if current is None:
        return None
    if current.width * current.height > ffmpeg.MOST_PIXELS:  # it grew in mid-stream
        raise StepFailed("The film’s pictures have too many pixels to decode.")
    return current.to_image().rotate(current.rotation, expand=True)


def _shown(
    film: "InputContainer", track: "VideoStream", second: float, exactly_until: float | None
) -> "VideoFrame | None":
    """The picture shown at a ``second`` of the file's clock, read from where the film stands."""
    current = None
    for frame in film.decode(track):
        if current is not None and (frame.time or 0.0) > second:
            break
        current = frame
        if exactly_until is None:
            break
        if time.monotonic() > exactly_until:
            raise StepFailed(
                "This picture takes too long to find, for the film has few whole pictures to begin "
                "from. Nothing was changed. Choose one of the stills."
            )
    return current
