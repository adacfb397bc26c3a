"""Whose turn it is: which jobs may begin, and how many may listen to films at once."""

from collections.abc import Collection

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from ground.jobs.leases import claim
from ground.jobs.queue import is_queued
from media_pipeline.models import Film, Job

SPEECH_LOCK = 0x5350454543  # names the lock under which room for speech is counted


def claim_job(job_id: int) -> Job | None:
    """Take a waiting job whose turn it is; None if there is nothing to take.

    A speech job for which there is no room goes on waiting, and says what for.
    """
    return claim(Job.objects.in_turn(), job_id, obstacle=_want_of_room)


def next_step(film: Film, *, but: Collection[int] = ()) -> Job | None:
    """Return the film's next step, if one is waiting for its turn; none of the jobs in `but`."""
    steps = Job.objects.in_turn().steps().filter(film=film).exclude(pk__in=but)
    return steps.order_by("position").first()


def speech_to_queue() -> list[Job]:
    """Return as many waiting speech jobs as may begin now and are in no queue, the oldest first.

    For the moment when one ends: the others left the queue when they found no room.
    """
    waiting = Job.objects.in_turn().speech().order_by("created_at", "pk")
    return [job for job in waiting[: max(0, room_for_speech())] if not is_queued(job)]


def jobs_after(job: Job) -> list[Job]:
    """Return what may begin once a job is over, without what is in the queue already."""
    step = next_step(job.film)
    jobs = [step] if step and not step.is_speech and not is_queued(step) else []
    if job.is_speech or (step and step.is_speech):
        jobs += speech_to_queue()
    return jobs


def room_for_speech() -> int:
    """How many more speech jobs may run at once, over all workers of this database."""
    return int(settings.MEDIA_SPEECH_AT_ONCE) - Job.objects.running().speech().count()


def _want_of_room(job: Job) -> str:
    """Say that a speech job must wait; until the transaction ends no other worker may begin one.

    SQLite's immediate transactions come one after another by themselves.
    """
    if not job.is_speech:
        return ""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SPEECH_LOCK])
    return "" if room_for_speech() > 0 else _("It waits for another transcription to end.")
