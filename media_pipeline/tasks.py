"""What the workers run on the queues “media” and “speech”."""

from django_tasks import task

from media_pipeline import actions
from media_pipeline.models.jobs import database_now


@task(queue_name="media")
def run_step(job_id: int) -> None:
    """Do one step of one film, then put the next one in the queue."""
    actions.run_step(job_id)


@task(queue_name="media")
def take_up_lost_jobs() -> int:
    """Bring back the jobs whose worker died; returns how many."""
    return actions.take_up_lost_jobs(now=database_now())
