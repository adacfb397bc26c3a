"""Entry point for a WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from membersnet.checks import require_environment


def load_all() -> None:
    """Load what the first request would, so that a server can fork processes that share it.

    Opens no connection, index or thread: none of these may be carried into another process.
    """
    from wagtail import hooks  # Django must be set up

    _ = get_resolver().url_patterns
    hooks.search_for_hooks()
    gc.collect()
    gc.freeze()  # else the first collection in each process writes to, and so copies, all of it


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "membersnet.settings")
application = get_wsgi_application()
require_environment()
load_all()
