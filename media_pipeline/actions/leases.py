"""A worker's hold on a job: while it shows signs of life, nobody else takes the job up."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self
from uuid import uuid4

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from media_pipeline.models import Job

logger = logging.getLogger(__name__)

BEAT = 10.0  # seconds between two signs of life
TELL = 1.0  # seconds between two reports of progress

Watch = Callable[[Job, float], None]


class LeaseLostError(Exception):
    """The job is no longer this worker's: taken up by another, cancelled, or deleted."""


def claim(job_id: int) -> Job | None:
    """Take a waiting job whose turn it is; None if there is nothing to take."""
    now = timezone.now()
    with transaction.atomic():
        waiting = Job.objects.select_for_update(of=("self",)).in_turn().filter(pk=job_id)
        job = waiting.select_related("recording").first()
        if job is None:
            return None
        job.status, job.lease = Job.Status.RUNNING, uuid4()
        job.attempts += 1
        job.progress, job.reason = 0.0, ""
        job.started_at = job.heartbeat_at = now
        job.finished_at = None
        job.save()
    return job


@contextmanager
def held(job: Job) -> Iterator[Job]:
    """Open a transaction in which the job, fetched afresh, is ours, or raise LeaseLostError."""
    with transaction.atomic():
        mine = Job.objects.select_for_update(of=("self",)).running().filter(lease=job.lease)
        fresh = mine.select_related("recording").filter(pk=job.pk).first()
        if fresh is None:
            raise LeaseLostError
        yield fresh


class Lease:
    """Shows signs of life from a thread of its own and takes reports of progress.

    `watch(job, fraction)` is told of each report too, for those who run a step in the foreground.
    """

    def __init__(self, job: Job, watch: Watch | None = None) -> None:
        self.job = job
        self.watch = watch
        self._told = 0.0
        self._over = threading.Event()
        self._heart = threading.Thread(target=self._beat, daemon=True, name=f"job-{job.pk}")

    def __enter__(self) -> Self:
        self._heart.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._heart.join(timeout=BEAT)

    def progress(self, fraction: float) -> None:
        """Note how far the step has come, from 0 to 1, at most once a second.

        Raises LeaseLostError if the job is no longer this worker's, which ends the step.
        """
        if self.watch:
            self.watch(self.job, fraction)
        if time.monotonic() - self._told < TELL:
            return
        self._told = time.monotonic()
        if not self._sign_of_life(progress=min(1.0, max(0.0, fraction))):
            raise LeaseLostError

    def _sign_of_life(self, **values: float) -> int:
        mine = Job.objects.running().filter(pk=self.job.pk, lease=self.job.lease)
        return mine.update(heartbeat_at=timezone.now(), **values)

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            try:
                self._sign_of_life()
            except DatabaseError as error:
                logger.warning("Job %s: no sign of life could be written: %s", self.job.pk, error)
            finally:
                connection.close()
