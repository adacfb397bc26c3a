"""The still picture that stands for a film until it plays."""

from pathlib import Path
from typing import TYPE_CHECKING

from . import ffmpeg
from .refusals import StepFailed

if TYPE_CHECKING:
    from av.container import InputContainer
    from PIL.Image import Image

CANDIDATES = (0.05, 0.15, 0.25, 0.35, 0.5, 0.65, 0.8)  # parts of the film's length
DARKEST_MEAN = 16.0  # of 255: below this a picture counts as black
FLATTEST = 4.0  # standard deviation of brightness: below this a picture shows nothing


def poster(source: Path, target: Path, *, at: float | None = None, width: int = 1280) -> Path:
    """Write a JPEG at most ``width`` pixels wide to ``target`` and return it.

    ``at`` (seconds) takes the picture shown then; without it, the sharpest of several pictures
    that are neither black nor empty. Rotation is applied. Raises StepFailed if none can be read.
    """
    import av

    try:
        with av.open(str(source), options={"format_whitelist": ffmpeg.FORMATS}) as film:
            image = _chosen(film) if at is None else _picture_at(film, at)
    except av.FFmpegError as error:
        raise StepFailed(f"No poster could be made: {error.strerror}.") from error
    if image is None:
        raise StepFailed("No poster could be made: the film gave no picture.")
    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))))
    with ffmpeg.replacing(target) as part:
        image.save(part, "JPEG", quality=72, optimize=True, progressive=True)
    return target


def _chosen(film: "InputContainer") -> "Image | None":
    import av

    length = (film.duration or 0) / av.time_base
    images = [_picture_at(film, length * part, exactly=False) for part in CANDIDATES]
    return max((image for image in images if image), key=_worth, default=None)


def _worth(image: "Image") -> tuple[bool, float]:
    """(shows something, sharpness): black and empty pictures lose to every other."""
    import numpy

    small = image.convert("L").resize((480, max(3, round(image.height * 480 / image.width))))
    grey = numpy.asarray(small, dtype=numpy.float32)
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    edges = 4 * grey[1:-1, 1:-1] - around
    shows = grey.mean() >= DARKEST_MEAN and grey.std() >= FLATTEST
    return bool(shows), float(edges.var())


def _picture_at(film: "InputContainer", seconds: float, *, exactly: bool = True) -> "Image | None":
    """The picture shown at ``seconds``; if not ``exactly``, the keyframe before (quicker)."""
    track = film.streams.video[0]
    unit = float(track.time_base or 1)
    begin = (track.start_time or 0) * unit
    film.seek(int((begin + max(0.0, seconds)) / unit), stream=track)
    shown = None
    for frame in film.decode(track):
        if shown is not None and (frame.time or 0.0) - begin > seconds:
            break
        shown = frame
        if not exactly:
            break
    if shown is None:
        return None
    return shown.to_image().rotate(shown.rotation, expand=True)
