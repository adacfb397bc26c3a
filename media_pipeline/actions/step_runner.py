"""Does a job's step: claim it, do it, write down what came of it, say what may begin next."""

import logging
import time
from collections.abc import Callable

from django.utils.translation import gettext as _

from ground.jobs.leases import Lease, LeaseLostError, held
from ground.jobs.transitions import finish, give_back, retry_later
from ground.refusals import Refused
from media_pipeline.actions.failures import refuse, stop_at
from media_pipeline.actions.files import workshop
from media_pipeline.actions.job_steps.dispatch import perform
from media_pipeline.actions.job_steps.outcome import Outcome
from media_pipeline.actions.turns import claim_job, jobs_after, next_step
from media_pipeline.models import Film, Job
from media_pipeline.steps.failures import StepFailed

Watch = Callable[[Job, float], None]

logger = logging.getLogger(__name__)


def run_step(job_id: int, *, retry: bool = True, watch: Watch | None = None) -> list[Job]:
    """Do one job and return those that may begin after it, for the caller to enqueue.

    Doing it twice does no harm: only a waiting job whose turn it is gets done, and what a worker
    brings back counts only while it still holds the job. What goes wrong ends on the job as a
    sentence, never as an exception, and with `retry` waits to be tried again; an interruption from
    outside gives the job back and goes on.
    """
    job = claim_job(job_id)
    if job is None:
        logger.info("Job %s is not waiting for its turn; nothing to do.", job_id)
        return []
    try:
        _do(job, retry=retry, watch=watch)
    except LeaseLostError:
        logger.warning("Job %s (%s) went to another worker or away; nothing kept.", job.pk, job)
    except (KeyboardInterrupt, SystemExit):
        give_back(job)
        raise
    return jobs_after(job)


def run_all_steps(film: Film, *, watch: Watch | None = None) -> Film:
    """Do everything a film still needs, here and now, and return it afresh.

    For those who cannot wait for a worker, such as the loader of the demonstration.
    `watch(job, fraction)` hears of progress. A job that a stopped process left running is begun
    again: whoever held it can no longer bring anything back. Stops where a step fails.
    """
    left = film.jobs.steps().running()
    left.update(status=Job.Status.WAITING, lease=None)
    tried = set[int]()
    while job := next_step(film, but=tried):
        tried.add(job.pk)
        run_step(job.pk, retry=False, watch=watch)
    return Film.objects.get(pk=film.pk)


def _do(job: Job, *, retry: bool, watch: Watch | None) -> None:
    begun = time.monotonic()
    try:
        with Lease(job, watch) as lease, workshop(job) as folder:
            with lease.interrupting():
                outcome = perform(job, folder, lease.progress)
            _finish(job, outcome, begun=begun)
    except LeaseLostError:
        raise
    except Refused as refusal:
        _fail(job, refusal.sentence, begun=begun, retry=False, refused=True)
    except StepFailed as failure:
        _fail(job, failure.sentence, begun=begun, retry=retry)
    except Exception:
        logger.exception("Job %s (%s) failed unexpectedly.", job.pk, job)
        _fail(job, _unexpected(job), begun=begun, retry=retry)


def _finish(job: Job, outcome: Outcome, *, begun: float) -> None:
    with held(job) as fresh:
        outcome.keep(fresh.film)
        fresh.engine, fresh.engine_version = outcome.engine, outcome.engine_version
        fresh.cost_seconds += time.monotonic() - begun
        finish(fresh, outcome.reason)
    logger.info("Job %s (%s) done: %s", job.pk, job, outcome.reason)


def _fail(job: Job, sentence: str, *, begun: float, retry: bool, refused: bool = False) -> None:
    """Write down what went wrong: bad input is never tried again, and a probe refuses the film."""
    logger.error("Job %s (%s) failed: %s", job.pk, job, sentence)
    with held(job) as fresh:
        fresh.cost_seconds += time.monotonic() - begun
        new = fresh.film.state == Film.State.PROCESSING
        if refused and new and fresh.step == Job.Step.PROBE:
            refuse(fresh, sentence)
        elif not (retry and retry_later(fresh, sentence)):
            stop_at(fresh, sentence)


def _unexpected(job: Job) -> str:
    return _(
        "Something unexpected went wrong. The film is kept and nothing was published. Run the step "
        "again; if that fails too, tell the person who runs the site: the log says more at job "
        "%(number)s."
    ) % {"number": job.pk}
