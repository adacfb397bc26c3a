"""Who wants to know when a film is ready or its captions change.

An upper app registers a callback in its `AppConfig.ready`; films know nothing of who listens, and
so never meet search, which the arrow between the apps forbids.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from media_pipeline.models import Film

Callback = Callable[["Film"], None]
_callbacks: list[Callback] = []


def register(callback: Callback) -> None:
    """Have `callback(film)` called whenever what a viewer gets of a film has changed.

    It runs inside the transaction that makes the change: what it writes is kept or lost together
    with it, and what it raises undoes both. Registering the same callback twice does nothing.
    """
    if callback not in _callbacks:
        _callbacks.append(callback)


def announce(film: "Film") -> None:
    """Tell everyone registered; call it inside the transaction that changes the film."""
    for callback in _callbacks:
        callback(film)
