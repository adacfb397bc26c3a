"""What each step does with a film: files first, rows at the end inside one transaction."""

from collections.abc import Callable
from pathlib import Path

from media_pipeline.actions.job_steps.caption_import import import_captions
from media_pipeline.actions.job_steps.clips import make_clip
from media_pipeline.actions.job_steps.composition import compose
from media_pipeline.actions.job_steps.indexing import index_film
from media_pipeline.actions.job_steps.outcome import Outcome
from media_pipeline.actions.job_steps.probing import look
from media_pipeline.actions.job_steps.renditions import make_first_version, make_renditions
from media_pipeline.actions.job_steps.speech import align_script, transcribe
from media_pipeline.actions.job_steps.stills import make_poster, make_storyboard
from media_pipeline.models import Job
from media_pipeline.steps.ffmpeg import Progress

STEPS: dict[Job.Step, Callable[[Job, Path, Progress], Outcome]] = {
    Job.Step.PROBE: look,
    Job.Step.FIRST_VERSION: make_first_version,
    Job.Step.RENDITIONS: make_renditions,
    Job.Step.POSTER: make_poster,
    Job.Step.STORYBOARD: make_storyboard,
    Job.Step.TRANSCRIPTION: transcribe,
    Job.Step.ALIGNMENT: align_script,
    Job.Step.IMPORT: import_captions,
    Job.Step.CAPTIONS: compose,
    Job.Step.INDEX: index_film,
    Job.Step.CLIP: make_clip,
}


def perform(job: Job, folder: Path, progress: Progress) -> Outcome:
    """Do the work of a job's step; raises Refused or StepFailed with a sentence.

    Unfinished files are made in `folder`; the outcome's `keep` moves them in place.
    """
    return STEPS[Job.Step(job.step)](job, folder, progress)
