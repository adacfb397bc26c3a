"""Does a job's step: claim it, do it, write down what came of it, pass the film on."""

import logging
import time

from django.db import transaction
from django.utils.translation import gettext as _

from ground.refusals import Refused
from media_pipeline.actions.failing import close, refuse, stop_at, try_later
from media_pipeline.actions.files import workshop
from media_pipeline.actions.leases import Lease, LeaseLostError, Watch, claim, held
from media_pipeline.actions.performing import Outcome, perform
from media_pipeline.actions.queueing import enqueue, enqueue_next, enqueue_speech
from media_pipeline.models import Job, Recording
from media_pipeline.steps.failures import StepFailed

logger = logging.getLogger(__name__)


def run_step(job_id: int, *, queue: bool = True, watch: Watch | None = None) -> None:
    """Do one job and, with `queue`, put what may begin after it in the queue.

    Doing it twice does no harm: only a waiting job whose turn it is gets done, and what a worker
    brings back counts only while it still holds the job. What goes wrong ends on the job as a
    sentence, never as an exception, and is tried again later where `queue` allows; an interruption
    from outside gives the job back and goes on.
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
    if queue and job.is_speech:
        enqueue_speech()


def run_all_steps(recording: Recording, *, watch: Watch | None = None) -> Recording:
    """Do everything a film still needs, here and now, and return it afresh.

    For those who cannot wait for a worker, such as the loader of the demonstration.
    `watch(job, fraction)` hears of progress. A job that a stopped process left running is begun
    again: whoever held it can no longer bring anything back. Stops where a step fails.
    """
    left = recording.jobs.steps().running()
    left.update(status=Job.Status.WAITING, lease=None)
    tried = set[int]()
    while job := _next_step(recording, tried):
        tried.add(job.pk)
        run_step(job.pk, queue=False, watch=watch)
    return Recording.objects.get(pk=recording.pk)


def _next_step(recording: Recording, tried: set[int]) -> Job | None:
    in_turn = Job.objects.in_turn().steps().filter(recording=recording).exclude(pk__in=tried)
    return in_turn.order_by("position").first()


def _do(job: Job, *, queue: bool, watch: Watch | None) -> None:
    begun = time.monotonic()
    try:
        with Lease(job, watch) as lease, workshop(job) as folder:
            with lease.interrupting():
                outcome = perform(job, folder, lease.progress)
            _finish(job, outcome, begun=begun, queue=queue)
    except LeaseLostError:
        raise
    except Refused as refusal:
        _fail(job, refusal.sentence, begun=begun, queue=queue, refused=True)
    except StepFailed as failure:
        _fail(job, failure.sentence, begun=begun, queue=queue)
    except Exception:
        logger.exception("Job %s (%s) failed unexpectedly.", job.pk, job)
        _fail(job, _unexpected(job), begun=begun, queue=queue)


def _finish(job: Job, outcome: Outcome, *, begun: float, queue: bool) -> None:
    with held(job) as fresh:
        outcome.keep(fresh.recording)
        fresh.progress = 1.0
        fresh.engine, fresh.engine_version = outcome.engine, outcome.engine_version
        close(fresh, Job.Status.DONE, outcome.reason, begun=begun)
        if queue:
            enqueue_next(fresh.recording)
    logger.info("Job %s (%s) done: %s", job.pk, job, outcome.reason)


def _fail(job: Job, sentence: str, *, begun: float, queue: bool, refused: bool = False) -> None:
    """Write down what went wrong: bad input is never tried again, and a probe refuses the film."""
    logger.error("Job %s (%s) failed: %s", job.pk, job, sentence)
    with held(job) as fresh:
        new = fresh.recording.state == Recording.State.PROCESSING
        if refused and new and fresh.step == Job.Step.PROBE:
            return refuse(fresh, sentence, begun=begun)
        if queue and not refused and try_later(fresh, sentence, begun=begun):
            return None
        stop_at(fresh, sentence, begun=begun)
        return enqueue_next(fresh.recording) if queue else None


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
