"""What the workers run on the queues “media” and “speech”."""

from django_tasks import task

from ground.jobs.queue import enqueue
from media_pipeline.actions import step_runner


@task(queue_name="media")
def run_step(job_id: int) -> None:
    """Do one step of one film, then put what may begin after it in the queue."""
    for job in step_runner.run_step(job_id):
        enqueue(job, run_step)
