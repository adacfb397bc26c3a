"""Hands films’ jobs to the workers, for what a person asks for and for their looks round."""

from ground.jobs import queue
from media_pipeline.actions.turns import next_step, speech_to_queue
from media_pipeline.models import Film, Job
from media_pipeline.tasks import run_step


def enqueue(job: Job) -> None:
    """Put a waiting job in its queue once the transaction under way is committed."""
    queue.enqueue(job, run_step)


def enqueue_next(film: Film) -> None:
    """Put the film's next step in its queue, if one is waiting for its turn."""
    if job := next_step(film):
        enqueue(job)


def enqueue_speech() -> int:
    """Queue as many waiting speech jobs as may begin now; returns how many."""
    jobs = speech_to_queue()
    for job in jobs:
        enqueue(job)
    return len(jobs)
