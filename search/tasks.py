"""What the worker does for search."""

from django_tasks import task

from search.actions import indexing
from search.actions.scheduling import enqueue_once
from search.engines.engine import EngineUnavailable, WriterBusy


@task(queue_name="index")
def index_changes() -> int:
    """Bring the index up to date; where it cannot be written just now, come back later."""
    try:
        run = indexing.index_changes()
    except WriterBusy:
        run = indexing.IndexRun(0, indexing.BUSY_SECONDS)
    except EngineUnavailable:
        run = indexing.IndexRun(0, indexing.UNAVAILABLE_SECONDS)
    if run.again_after is not None:
        enqueue_once(index_changes, after=run.again_after)
    return run.indexed
