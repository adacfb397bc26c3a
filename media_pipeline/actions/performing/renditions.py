"""Makes the versions of a film that are watched."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media_pipeline.actions.files import original_of, put_in_place
from media_pipeline.actions.performing.looking import limits
from media_pipeline.actions.performing.outcome import Outcome, Progress, part
from media_pipeline.models import Job, Recording, Rendition
from media_pipeline.steps import probe, transcode


def make_renditions(job: Job, folder: Path, progress: Progress) -> Outcome:
    recording = job.recording
    source = original_of(recording)
    heights = transcode.ladder(probe.probe(source, limits()))
    made = [
        transcode.transcode(
            source,
            folder / f"{height}p.mp4",
            height=height,
            progress=part(progress, number / len(heights), (number + 1) / len(heights)),
        )
        for number, height in enumerate(heights)
    ]
    reason = _("Made: %(list)s.") % {
        "list": ", ".join(f"{one.height}p ({filesizeformat(one.bytes)})" for one in made)
    }
    return Outcome(reason, partial(_keep_renditions, made))


def _keep_renditions(made: Iterable[transcode.Rendition], recording: Recording) -> None:
    recording.renditions.all().delete()
    for one in made:
        Rendition.objects.create(
            recording=recording,
            height=one.height,
            width=one.width,
            file=put_in_place(one.path, f"{recording.folder}/{one.path.name}"),
            bytes=one.bytes,
            bitrate=one.bitrate,
        )
