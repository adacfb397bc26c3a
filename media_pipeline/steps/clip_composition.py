"""Has MoviePy compose a clip's frames from the cut film and pictures of our own, and write it."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from . import clip_graphics, ffmpeg
from .clip_layout import Layout
from .clip_words import Caption
from .failures import StepFailed
from .film_file import open_film

if TYPE_CHECKING:
    from moviepy import CompositeVideoClip, VideoClip
    from numpy.typing import NDArray
    from PIL.Image import Image

CARD_SECONDS = 2.0  # the title card, but never more than a third of the clip
LEAVING_SECONDS = 0.3  # of these it slides away
COLOURS = (
    "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
    "-color_range", "tv",
)  # fmt: skip


def compose(
    cut: Path,
    sound: Path | None,
    target: Path,
    layout: Layout,
    captions: Iterable[Caption],
    *,
    seconds: float,
    frame_rate: float,
    progress: ffmpeg.Progress,
) -> None:
    """Write the clip to ``target`` (MP4), its sound copied from ``sound`` if there is any.

    ``cut`` is the selection's pictures, of the size and frame rate that ``layout`` and
    ``frame_rate`` say. ``progress`` hears of every frame and may raise. Raises StepFailed.
    """
    with ExitStack() as opened:
        film = opened.enter_context(_Cut(cut, frame_rate))
        picture = _picture(film.clip(seconds), layout, captions, seconds)
        opened.callback(picture.close)
        try:
            picture.write_videofile(
                str(target),
                fps=frame_rate,
                codec="libx264",
                preset="veryfast",
                audio=str(sound) if sound else False,
                audio_codec="copy",
                threads=ffmpeg.thread_count(),
                ffmpeg_params=_written(frame_rate),
                logger=_Reporter(progress),
            )
        except OSError as error:
            why = " ".join(str(error).split())[-300:]
            raise StepFailed(f"MoviePy could not write the clip: {why}") from error


class _Cut:
    """The cut film's pictures, read one after the other as MoviePy asks for them.

    MoviePy's own reader runs a further ffmpeg, which costs some 150 MB for a wide clip.
    """

    def __init__(self, path: Path, frame_rate: float) -> None:
        self.film = open_film(path)
        self.frames = self.film.decode(video=0)
        self.frame_rate, self.number = frame_rate, -1
        self.shown: NDArray[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.film.close()

    def clip(self, seconds: float) -> "VideoClip":
        """The pictures as MoviePy takes them; the last stays where the film is a little short."""
        from moviepy import VideoClip

        return VideoClip(self._at, duration=seconds)

    def _at(self, t: float) -> "NDArray[Any]":
        while self.number < round(t * self.frame_rate):
            frame = next(self.frames, None)
            self.number += 1
            if frame is not None:
                self.shown = frame.to_ndarray(format="rgb24")
        if self.shown is None:
            raise StepFailed("The clip could not be made: the film has no pictures there.")
        return self.shown


def _picture(
    film: "VideoClip", layout: Layout, captions: Iterable[Caption], seconds: float
) -> "CompositeVideoClip":
    """Everything in its place and time.

    No layer is see-through: MoviePy would copy the whole picture for each one that is.
    """
    from moviepy import CompositeVideoClip

    layers = [
        _still(clip_graphics.ground(layout), seconds),
        film.with_position((layout.film.left, layout.film.top)),
        _card(layout, seconds),
    ]
    for caption in captions:
        drawn, box = clip_graphics.caption(layout, caption.lines)
        still = _still(drawn, caption.end - caption.start).with_start(caption.start)
        layers.append(still.with_position((box.left, box.top)))
    if layout.imprint_on_film:
        drawn, box = clip_graphics.imprint(layout)
        layers.append(_still(drawn, seconds).with_position((box.left, box.top)))
    whole = CompositeVideoClip(layers, use_bgclip=True)
    whole.duration = whole.end = seconds
    return whole


def _card(layout: Layout, seconds: float) -> "VideoClip":
    """The title card, which slides off the top at its end."""
    card_seconds = min(CARD_SECONDS, seconds / 3)

    def place(t: float) -> tuple[int, int]:
        gone = max(0.0, t - (card_seconds - LEAVING_SECONDS)) / LEAVING_SECONDS
        return 0, -round(layout.card.height * min(1.0, gone) ** 2)

    return _still(clip_graphics.card(layout), card_seconds).with_position(place)


def _still(picture: "Image", seconds: float) -> "VideoClip":
    import numpy
    from moviepy import ImageClip

    return ImageClip(numpy.asarray(picture), transparent=False, duration=seconds)


def _written(frame_rate: float) -> list[str]:
    """ffmpeg's arguments for the finished film; colours as every screen expects them."""
    filters = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    return [
        "-vf", filters, *COLOURS, "-profile:v", "high", "-crf", "20",
        "-maxrate", "8M", "-bufsize", "16M", "-g", str(round(2 * frame_rate)),
        "-x264-params", "rc-lookahead=5:sync-lookahead=0", "-filter_threads", "1",
        "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4",
    ]  # fmt: skip


class _Reporter:
    """Takes MoviePy's progress, in the form it gives it, and hands it on; prints nothing."""

    def __init__(self, progress: ffmpeg.Progress) -> None:
        self.progress = progress

    def __call__(self, **message: Any) -> None:
        """MoviePy says what it is doing; nobody listens."""

    def iter_bar(self, **bars: Any) -> Iterator[Any]:
        """Hand out the frames' numbers, reporting each."""
        (numbers,) = bars.values()
        for number in numbers:
            self.progress(number / max(1, len(numbers)))
            yield number
