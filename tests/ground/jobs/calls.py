"""Tasks that tests have the workers call: what they do is decided by the test."""

from collections.abc import Callable
from typing import Any

from django_tasks import task

called: list[tuple[Any, ...]] = []
then: list[Callable[[], object]] = []  # what the next calls do, in turn


@task(queue_name="index")
def note_call(*args: Any, **kwargs: Any) -> object:
    """Note a call for the test."""
    called.append((*args, *sorted(kwargs.items())))
    return then.pop(0)() if then else None
