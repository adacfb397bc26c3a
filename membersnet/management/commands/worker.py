"""Run the background work: django-tasks' own database worker, which also shows that it is alive."""

import logging
import threading
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

logger = logging.getLogger(__name__)

SIGN_OF_LIFE = "worker-seen-at:{queue}"  # a key for each queue that a worker serves
EVERY = 5.0  # seconds between two signs of life
LOOK_ROUND = 30.0  # seconds between two looks for jobs that a stopped worker left behind
FORGOTTEN_AFTER = 30  # seconds without one until a worker counts as gone


def show_life(stop: threading.Event, queues: list[str]) -> None:
    """Show the shared cache a sign of life (UTC) every few seconds, and look after lost jobs."""
    looked = time.monotonic()
    while not stop.is_set():
        try:
            now = timezone.now()
            signs = {SIGN_OF_LIFE.format(queue=queue): now for queue in queues}
            cache.set_many(signs, timeout=FORGOTTEN_AFTER)
            if time.monotonic() - looked >= LOOK_ROUND:
                looked = time.monotonic()
                call_command("take_up_lost_jobs", verbosity=0)
        except DatabaseError:
            logger.exception("No sign of life could be written; the next follows soon.")
        finally:
            close_old_connections()
        stop.wait(EVERY)


def served_queues(named: str) -> list[str]:
    """Return the queues that a worker started with `--queue-name` serves; `*` is all of them."""
    every = list(settings.TASKS["default"]["QUEUES"])
    return every if named == "*" else named.split(",")


class Command(DatabaseWorker):
    help = "Run tasks from the database, after taking up what a stopped worker left behind."

    def handle(self, **options: Any) -> None:
        call_command("take_up_lost_jobs")
        call_command("search_index", "catch_up")
        stop, queues = threading.Event(), served_queues(options["queue_name"])
        threading.Thread(target=show_life, args=(stop, queues), daemon=True).start()
        try:
            super().handle(**options)
        finally:
            stop.set()
