"""A worker's hold on a job: while it shows signs of life, nobody else takes the job up."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Self
from uuid import uuid4

from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from media_pipeline.actions.queueing import room_for_speech
from media_pipeline.models import Job
from media_pipeline.models.jobs import JobQuerySet, database_now

logger = logging.getLogger(__name__)

BEAT = 5.0  # seconds between two signs of life
WATCH = 1.0  # seconds between two looks whether the job is still ours
TELL = 1.0  # seconds between two reports of progress
ONE_AT_A_TIME = 0x5350454543  # names the lock under which room for speech is counted

Watch = Callable[[Job, float], None]


class LeaseLostError(Exception):
    """The job is no longer this worker's: taken up by another, cancelled, or deleted."""


def claim(job_id: int) -> Job | None:
    """Take a waiting job whose turn it is; None if there is nothing to take.

    A speech job for which there is no room goes on waiting, and says what for.
    """
    with transaction.atomic():
        waiting = Job.objects.select_for_update(of=("self",)).in_turn().filter(pk=job_id)
        job = waiting.select_related("recording", "clip").first()
        if job is None:
            return None
        if job.is_speech and not _is_room():
            job.reason = _("It waits for another transcription to end.")
            job.save(update_fields=["reason"])
            return None
        job.status, job.lease = Job.Status.RUNNING, uuid4()
        job.attempts += 1
        job.progress, job.reason = 0.0, ""
        job.started_at = job.heartbeat_at = database_now()
        job.finished_at = job.not_before = None
        job.save()
    return job


def _is_room() -> bool:
    """Say whether a speech job may begin; until the transaction ends no other worker is told so.

    SQLite's immediate transactions come one after another by themselves.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    return room_for_speech() > 0


@contextmanager
def held(job: Job) -> Iterator[Job]:
    """Open a transaction in which the job, fetched afresh, is ours, or raise LeaseLostError."""
    with transaction.atomic():
        mine = Job.objects.select_for_update(of=("self",)).running().filter(lease=job.lease)
        fresh = mine.select_related("recording", "clip").filter(pk=job.pk).first()
        if fresh is None:
            raise LeaseLostError
        yield fresh


class Lease:
    """Shows signs of life from a thread of its own and takes reports of progress.

    `watch(job, fraction)` is told of each report too, for those who run a step in the foreground.
    A job in this process's memory, or claimed in a transaction still open, is seen by no other
    worker: no thread looks after it then.
    """

    _interruptible: "Lease | None" = None  # the one whose step the main thread is doing now

    def __init__(self, job: Job, watch: Watch | None = None) -> None:
        self.job = job
        self.watch = watch
        self.lost = False
        self._told = 0.0
        self._over = threading.Event()
        self._heart = threading.Thread(target=self._beat, daemon=True, name=f"job-{job.pk}")

    def __enter__(self) -> Self:
        if self._is_seen_by_others():
            self._heart.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._heart.ident:
            self._heart.join(timeout=BEAT)

    @contextmanager
    def interrupting(self) -> Iterator[None]:
        """Raise LeaseLostError in the middle of what is done inside, once the job is lost.

        An engine or ffmpeg may report nothing for a long time: a signal to this process ends its
        waiting. Where the step is not done in the main thread, only `progress` ends it.
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
        """Note how far the step has come, from 0 to 1, at most once a second.

        Raises LeaseLostError if the job is no longer this worker's, which ends the step.
        """
        if self.watch:
            self.watch(self.job, fraction)
        if self.lost:
            raise LeaseLostError
        if time.monotonic() - self._told < TELL:
            return
        self._told = time.monotonic()
        if not self._sign_of_life(progress=min(1.0, max(0.0, fraction))):
            raise LeaseLostError

    @staticmethod
    def _is_seen_by_others() -> bool:
        in_memory = getattr(connection, "is_in_memory_db", None)
        return not (connection.in_atomic_block or (in_memory and in_memory()))

    def _mine(self) -> JobQuerySet:
        return Job.objects.running().filter(pk=self.job.pk, lease=self.job.lease)

    def _sign_of_life(self, **values: float) -> bool:
        return bool(self._mine().update(heartbeat_at=Now(), **values))

    def _beat(self) -> None:
        beaten = time.monotonic()
        while not self._over.wait(WATCH):
            try:
                if time.monotonic() - beaten >= BEAT:
                    alive, beaten = self._sign_of_life(), time.monotonic()
                else:
                    alive = self._mine().exists()
                if not alive and not self._over.is_set():
                    self._lose()
            except DatabaseError as error:
                logger.warning("Job %s: no sign of life could be written: %s", self.job.pk, error)
                connection.close()
        connection.close()

    def _lose(self) -> None:
        """Interrupt the step; again every few seconds, should something have caught the first."""
        self.lost = True
        if Lease._interruptible is self:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)
        self._over.wait(BEAT)


def _interrupt(number: int, frame: FrameType | None) -> None:
    lease = Lease._interruptible
    if lease and lease.lost:
        raise LeaseLostError
