"""Does a job's step: claim it, do it, write down what came of it, pass the film on."""

import logging
import time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media_pipeline.actions.files import remove_on_commit, workshop
from media_pipeline.actions.leases import Lease, LeaseLostError, Watch, claim, held
from media_pipeline.actions.performing import Outcome, perform
from media_pipeline.actions.queueing import enqueue, enqueue_next
from media_pipeline.models import Job, Recording
from media_pipeline.steps.refusals import Refused, StepFailed

logger = logging.getLogger(__name__)


def run_step(job_id: int, *, queue: bool = True, watch: Watch | None = None) -> None:
    """Do one job and, with `queue`, put the film's next one in the queue.

    Doing it twice does no harm: only a waiting job whose turn it is gets done, and what a worker
    brings back counts only while it still holds the job. What goes wrong ends on the job as a
    sentence, never as an exception; an interruption from outside gives the job back and goes on.
    """
    job = claim(job_id)
    if job is None:
        logger.info("Job %s is not waiting for its turn; nothing to do.", job_id)
        return
    try:
        _do(job, queue=queue, watch=watch)
    except LeaseLostError:
        logger.warning("Job %s (%s) went to another worker or away; nothing kept.", job.pk, job)
    except (KeyboardInterrupt, SystemExit):
        _give_back(job, queue=queue)
        raise


def run_all_steps(recording: Recording, *, watch: Watch | None = None) -> Recording:
    """Do everything a film still needs, here and now, and return it afresh.

    For those who cannot wait for a worker, such as the loader of the demonstration.
    `watch(job, fraction)` hears of progress. A job that a stopped process left running is begun
    again: whoever held it can no longer bring anything back. Stops where a step fails.
    """
    left = recording.jobs.running()
    left.update(status=Job.Status.WAITING, lease=None)
    while job := Job.objects.in_turn().filter(recording=recording).first():
        run_step(job.pk, queue=False, watch=watch)
    return Recording.objects.get(pk=recording.pk)


def _do(job: Job, *, queue: bool, watch: Watch | None) -> None:
    begun = time.monotonic()
    try:
        with Lease(job, watch) as lease, workshop(job) as folder:
            outcome = perform(job, folder, lease.progress)
            _finish(job, outcome, begun=begun, queue=queue)
    except LeaseLostError:
        raise
    except (Refused, StepFailed) as stop:
        if isinstance(stop, Refused) and job.step == Job.Step.PROBE:
            _refuse(job, stop.sentence, begun=begun)
        else:
            _fail(job, stop.sentence, begun=begun)
    except Exception:
        logger.exception("Job %s (%s) failed unexpectedly.", job.pk, job)
        _fail(job, _unexpected(job), begun=begun)


def _finish(job: Job, outcome: Outcome, *, begun: float, queue: bool) -> None:
    with held(job) as fresh:
        outcome.keep(fresh.recording)
        fresh.progress = 1.0
        fresh.engine, fresh.engine_version = outcome.engine, outcome.engine_version
        _close(fresh, Job.Status.DONE, outcome.reason, begun)
        if queue:
            enqueue_next(fresh.recording)
    logger.info("Job %s (%s) done: %s", job.pk, job, outcome.reason)


def _refuse(job: Job, sentence: str, *, begun: float) -> None:
    """Refuse the film: its file and everything made of it go, the note stays."""
    with held(job) as fresh:
        recording = fresh.recording
        _close(fresh, Job.Status.FAILED, sentence, begun)
        recording.jobs.filter(status=Job.Status.WAITING).update(
            status=Job.Status.CANCELLED, reason=_("Not needed: the file was refused.")
        )
        recording.renditions.all().delete()
        recording.tracks.all().delete()
        remove_on_commit(recording)
        recording.original = recording.poster = ""
        recording.state, recording.refusal = Recording.State.REFUSED, sentence
        recording.save()
    logger.info("Job %s (%s): the film was refused: %s", job.pk, job, sentence)


def _fail(job: Job, sentence: str, *, begun: float) -> None:
    """Stop here and keep the film: perhaps only a script or a setting has to be changed."""
    logger.error("Job %s (%s) failed: %s", job.pk, job, sentence)
    with held(job) as fresh:
        stop_at(fresh, sentence, begun=begun)


def stop_at(job: Job, sentence: str, *, begun: float | None = None) -> None:
    """Mark a job as failed and its film as needing attention; the later steps keep waiting."""
    _close(job, Job.Status.FAILED, sentence, begun)
    job.recording.state = Recording.State.NEEDS_ATTENTION
    job.recording.save(update_fields=["state"])


def _close(job: Job, status: Job.Status, reason: str, begun: float | None) -> None:
    job.status, job.reason, job.lease = status, reason, None
    job.finished_at = timezone.now()
    if begun is not None:
        job.cost_seconds += time.monotonic() - begun
    job.save()


def _give_back(job: Job, *, queue: bool) -> None:
    mine = Job.objects.running().filter(pk=job.pk, lease=job.lease)
    with transaction.atomic():
        given = mine.update(
            status=Job.Status.WAITING,
            lease=None,
            reason=_("The worker was stopped in the middle; this step will be done again."),
        )
        if given and queue:
            enqueue(job)


def _unexpected(job: Job) -> str:
    return _(
        "Something unexpected went wrong. The film is kept and nothing was published. Run the step "
        "again; if that fails too, tell the person who runs the site: the log says more at job "
        "%(number)s."
    ) % {"number": job.pk}
