"""What the worker does for search."""

from django_tasks import task

from ground.jobs.task_jobs import Again
from search.actions import indexing


@task(queue_name="index")
def index_changes() -> Again | None:
    """Bring the search index up to date."""
    return indexing.index_what_waits()
