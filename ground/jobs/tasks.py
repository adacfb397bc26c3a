"""What the workers run for jobs that are calls of a task."""

from django_tasks import task

from ground.jobs.queue import enqueue
from ground.jobs.task_jobs import perform


@task()
def run_task_job(job_id: int) -> None:
    """Call the task that a job names, then queue it once more where it asks for that."""
    for job in perform(job_id):
        enqueue(job, run_task_job)
