"""Makes a clip that a person asked for."""

from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media_pipeline.actions.clip_selection import shown_cues
from media_pipeline.actions.files import original_of, put_in_place, send_ahead
from media_pipeline.actions.job_steps.outcome import Outcome
from media_pipeline.models import Film, Job
from media_pipeline.steps import clip as steps
from media_pipeline.steps.ffmpeg import Progress


def make_clip(job: Job, folder: Path, progress: Progress) -> Outcome:
    wanted, film = job.clip, job.film
    if wanted is None:
        raise RuntimeError(f"Job {job.pk} is to make a clip and has none.")
    made = steps.make_clip(
        original_of(film, folder),
        folder / "clip.mp4",
        steps.ClipRequest(
            start=wanted.start,
            end=wanted.end,
            shape=wanted.shape,
            title=wanted.title,
            imprint=wanted.imprint,
            cues=tuple(shown_cues(film)),
        ),
        folder=folder,
        progress=progress,
        most_seconds=settings.MEDIA_CLIP_SECONDS,
        short_side=settings.MEDIA_CLIP_SIDE,
    )
    send_ahead(made.path, wanted.stored_name)

    def keep(film: Film) -> None:
        wanted.file = put_in_place(made.path, wanted.stored_name)
        wanted.bytes = made.bytes
        wanted.captions = [
            {"start": one.start, "end": one.end, "text": "\n".join(one.lines)}
            for one in made.captions
        ]
        wanted.save(update_fields=["file", "bytes", "captions"])

    return Outcome(_reason(made), keep)


def _reason(made: steps.FinishedClip) -> str:
    reason = _("%(width)s × %(height)s pixels, %(seconds)s s, %(size)s.") % {
        "width": made.width,
        "height": made.height,
        "seconds": f"{made.seconds:.1f}",
        "size": filesizeformat(made.bytes),
    }
    if made.undrawn:
        reason += " " + _("An empty box stands for what the typeface lacks: %(signs)s.") % {
            "signs": " ".join(made.undrawn)
        }
    return reason
