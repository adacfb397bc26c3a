"""What becomes of a job that went wrong, and of its film.

Each function works on a job that its caller holds, inside the caller's transaction.
"""

import datetime
import time

from django.utils.translation import gettext as _

from media_pipeline.actions.files import remove_on_commit
from media_pipeline.models import Job, Recording
from media_pipeline.models.jobs import database_now

# Waited before the second, third and fourth try of a step that failed; then a person is asked.
TRY_AGAIN_AFTER = (
    datetime.timedelta(seconds=10),
    datetime.timedelta(minutes=1),
    datetime.timedelta(minutes=5),
)
# The steps that have nothing to work on when this one fails; any other failure holds up none of
# the steps of a film that is ready and is worked on again.
USELESS_WITHOUT: dict[str, tuple[Job.Step, ...]] = {
    Job.Step.PROBE: tuple(Job.Step),
    Job.Step.TRANSCRIPTION: (Job.Step.CAPTIONS,),
    Job.Step.ALIGNMENT: (Job.Step.CAPTIONS,),
}


def try_later(job: Job, sentence: str, *, begun: float) -> bool:
    """Have a failed job wait for its next try; False, and no change, where it had its tries.

    The workers' look round queues it once `not_before` has passed.
    """
    if job.attempts > len(TRY_AGAIN_AFTER):
        return False
    close(job, Job.Status.WAITING, sentence, begun=begun)
    job.progress, job.queued_at, job.task_id = 0.0, None, ""
    job.not_before = database_now() + TRY_AGAIN_AFTER[job.attempts - 1]
    job.save()
    return True


def stop_at(job: Job, sentence: str, *, begun: float | None = None) -> None:
    """Mark a job as failed. Its film needs attention then, and the later steps keep waiting.

    A film that is ready stays so, with what it had before: the steps that needed this one are
    cancelled. The failure of a clip changes nothing about its film.
    """
    close(job, Job.Status.FAILED, sentence, begun=begun)
    if job.clip_id:
        return
    recording = job.recording
    if recording.state == Recording.State.READY:
        useless = recording.jobs.steps().filter(step__in=USELESS_WITHOUT.get(job.step, ()))
        useless.filter(status=Job.Status.WAITING).update(
            status=Job.Status.CANCELLED,
            reason=_("Not done: “%(step)s” failed. What was there before is kept.")
            % {"step": job.get_step_display()},
        )
        return
    recording.state = Recording.State.NEEDS_ATTENTION
    recording.save(update_fields=["state"])


def refuse(job: Job, sentence: str, *, begun: float) -> None:
    """Refuse the film: its file and everything made of it go, the note stays."""
    recording = job.recording
    close(job, Job.Status.FAILED, sentence, begun=begun)
    recording.jobs.filter(status=Job.Status.WAITING).update(
        status=Job.Status.CANCELLED, reason=_("Not needed: the file was refused.")
    )
    recording.renditions.all().delete()
    recording.tracks.all().delete()
    remove_on_commit(recording)
    recording.original = recording.poster = ""
    recording.state, recording.refusal = Recording.State.REFUSED, sentence
    recording.save()


def close(job: Job, status: Job.Status, reason: str, *, begun: float | None = None) -> None:
    """End a worker's hold on a job. `begun` (monotonic seconds) adds to what it has cost."""
    job.status, job.reason, job.lease = status, reason, None
    job.finished_at = database_now()
    if begun is not None:
        job.cost_seconds += time.monotonic() - begun
    job.save()
