"""What the worker does for search."""

from django_tasks import task

from search import actions
from search.engines.base import EngineUnavailable, WriterBusy


@task(queue_name="index")
def index_changes() -> int:
    """Bring the index up to date; where it cannot be written just now, come back later."""
    try:
        return actions.index_changes()
    except WriterBusy:
        actions.request_indexing(after=actions.BUSY_SECONDS)
    except EngineUnavailable:
        actions.request_indexing(after=actions.UNAVAILABLE_SECONDS)
    return 0
