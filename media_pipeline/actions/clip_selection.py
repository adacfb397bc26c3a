"""Which part of a film a clip shows, and what is said in it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from ground.refusals import Refused
from media_pipeline.actions.captions.versions import cues_of
from media_pipeline.models import Film
from media_pipeline.models.captions import spoken_first
from media_pipeline.steps import clip_text, clip_words
from media_pipeline.steps.clip import refuse_by_length
from media_pipeline.steps.words import Cue


@dataclass(frozen=True)
class Selection:
    """A part of a film that makes a clip: seconds, what is said, and signs that cannot be drawn."""

    start: float
    end: float
    words: str
    undrawn: tuple[str, ...]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


def choose(film: Film, start: float, end: float) -> Selection:
    """Move a selection (seconds) to the words it holds; raises Refused where it makes no clip."""
    duration = film.duration or 0.0
    if not 0 <= start < end or start >= duration:
        raise Refused(
            _("The clip’s last line comes before its first, or lies beyond the film. Choose again.")
        )
    cues = shown_cues(film)
    start, end = clip_words.snap(cues, start, min(end, duration), duration=duration)
    refuse_by_length(end - start, settings.MEDIA_CLIP_SECONDS)
    words = clip_words.transcript_of(cues, start, end)
    return Selection(start, end, words, clip_text.undrawn(words))


def shown_cues(film: Film) -> list[Cue]:
    """What viewers read now, with the times of the words; the spoken language's track first."""
    tracks = spoken_first(film, film.tracks.current().light())
    return cues_of(tracks[0]) if tracks else []
