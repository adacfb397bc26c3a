"""A worker's hold on a job: while it shows signs of life, nobody else takes the job up."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Generic, Self
from uuid import uuid4

from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now

from ground.jobs.heartbeat import Heartbeat
from ground.jobs.models import AbstractJob, J, JobQuerySet, database_now

logger = logging.getLogger(__name__)

BEAT = 5.0  # seconds between two signs of life
WATCH = 1.0  # seconds between two looks whether the job is still ours
REPORT = 1.0  # seconds between two reports of progress


class LeaseLostError(Exception):
    """The job is no longer this worker's: taken up by another, cancelled, or deleted."""


@transaction.atomic
def claim(
    due: JobQuerySet[J], job_id: int, *, obstacle: Callable[[J], str] | None = None
) -> J | None:
    """Take one of the jobs that are `due`; None where there is nothing to take.

    `obstacle(job)` says in a sentence what a job still has to wait for, if anything: the job goes
    on waiting then, with that sentence.
    """
    job = due.in_full().select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None:
        return None
    if obstacle and (sentence := obstacle(job)):
        job.reason = sentence
        job.save(update_fields=["reason"])
        return None
    job.status, job.lease = AbstractJob.Status.RUNNING, uuid4()
    job.attempts += 1
    job.progress, job.reason = 0.0, ""
    job.started_at = job.heartbeat_at = database_now()
    job.finished_at = job.not_before = None
    job.save()
    return job


@contextmanager
def held(job: J) -> Iterator[J]:
    """Open a transaction in which the job, fetched afresh, is ours, or raise LeaseLostError."""
    with transaction.atomic():
        fresh = mine(job).in_full().select_for_update(of=("self",)).first()
        if fresh is None:
            raise LeaseLostError
        yield fresh


def mine(job: J) -> JobQuerySet[J]:
    """The job's row, while this worker holds it."""
    rows: JobQuerySet[J] = type(job)._default_manager.get_queryset()  # type: ignore[assignment]  # every job's default manager is of JobQuerySet
    return rows.running().filter(pk=job.pk, lease=job.lease)


class Lease(Generic[J]):
    """Shows signs of life from a thread of its own and takes reports of progress.

    `watch(job, fraction)` is told of each report too, for those who work in the foreground. A job
    in this process's memory, or claimed in a transaction still open, is seen by no other worker: no
    thread looks after it then.
    """

    _interruptible: "Lease | None" = None  # the one whose work the main thread is doing now

    def __init__(self, job: J, watch: Callable[[J, float], None] | None = None) -> None:
        self.job = job
        self.watch = watch
        self.lost = False
        self._reported = self._interrupted = 0.0
        self._beaten = time.monotonic()
        self._heart: Heartbeat | None = None

    def __enter__(self) -> Self:
        if self._is_seen_by_others():
            self._heart = Heartbeat(
                self.beat, every=WATCH, name=f"job-{self.job.pk}", closing=_close_connection
            ).__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._heart:
            self._heart.__exit__(kind, error, trace)

    @contextmanager
    def interrupting(self) -> Iterator[None]:
        """Raise LeaseLostError in the middle of what is done inside, once the job is lost.

        An engine or ffmpeg may report nothing for a long time: a signal to this process ends its
        waiting. Where the work is not done in the main thread, only `progress` ends it.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        signal.signal(signal.SIGUSR1, _interrupt)  # stays: without it, a late signal would kill
        Lease._interruptible = self
        try:
            yield
        finally:
            Lease._interruptible = None

    def progress(self, fraction: float) -> None:
        """Note how far the work has come, from 0 to 1, at most once a second.

        Raises LeaseLostError if the job is no longer this worker's, which ends the work.
        """
        if self.watch:
            self.watch(self.job, fraction)
        if self.lost:
            raise LeaseLostError
        if time.monotonic() - self._reported < REPORT:
            return
        self._reported = time.monotonic()
        if not self._sign_of_life(progress=min(1.0, max(0.0, fraction))):
            raise LeaseLostError

    def beat(self) -> None:
        """Look whether the job is still ours, and give a sign of life when it is time for one."""
        try:
            if time.monotonic() - self._beaten >= BEAT:
                alive, self._beaten = self._sign_of_life(), time.monotonic()
            else:
                alive = mine(self.job).exists()
        except DatabaseError as error:
            logger.warning("Job %s: no sign of life could be written: %s", self.job.pk, error)
            connection.close()
        else:
            if not alive and not (self._heart and self._heart.is_over):
                self.lose()

    def lose(self) -> None:
        """Interrupt the work; again every few seconds, should something have caught the first."""
        self.lost = True
        if Lease._interruptible is self and time.monotonic() - self._interrupted >= BEAT:
            self._interrupted = time.monotonic()
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)

    @staticmethod
    def _is_seen_by_others() -> bool:
        in_memory = getattr(connection, "is_in_memory_db", None)
        return not (connection.in_atomic_block or (in_memory and in_memory()))

    def _sign_of_life(self, **values: float) -> bool:
        return bool(mine(self.job).update(heartbeat_at=Now(), **values))


def _close_connection() -> None:
    """Close the connection of the thread that calls this: each thread has its own."""
    connection.close()


def _interrupt(number: int, frame: FrameType | None) -> None:
    lease = Lease._interruptible
    if lease and lease.lost:
        raise LeaseLostError
