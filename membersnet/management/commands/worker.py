"""Run the background work, from the database or from Redis, and show that it is alive."""

import logging
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker

logger = logging.getLogger(__name__)

SIGN_OF_LIFE = settings.WORKER_SIGN_OF_LIFE  # a key for each queue that a worker serves
EVERY = 5.0  # seconds between two signs of life
LOOK_ROUND = 5.0  # seconds between two looks for jobs that a stopped worker left behind
LOOK_FOR_DUE = 2.0  # seconds between two looks for delayed tasks in Redis
CLEAN_UP = 3600  # seconds between two looks for stray files and old questions, over all workers
POST_ROUND = 300  # seconds between two looks for e-mails that wait, over all workers
FORGOTTEN_AFTER = 30  # seconds without one until a worker counts as gone


def show_life(queues: list[str]) -> None:
    """Show the shared cache a sign of life (UTC) for each queue."""
    now = timezone.now()
    signs = {SIGN_OF_LIFE.format(queue=queue): now for queue in queues}
    cache.set_many(signs, timeout=FORGOTTEN_AFTER)


def clean_up() -> None:
    """Remove stray files, unless another worker did so in the last hour."""
    if cache.add("media-files-looked-through", timezone.now(), timeout=CLEAN_UP):
        call_command("media_files", "--remove", verbosity=0)


def tidy_questions() -> None:
    """Forget old questions and choose those offered, unless another worker did in the last hour."""
    if cache.add("search-questions-looked-through", timezone.now(), timeout=CLEAN_UP):
        call_command("search_questions", verbosity=0)


def look_after_notices() -> None:
    """Send the e-mails that wait and forget old notices, unless another worker did just now."""
    if cache.add("notices-looked-through", timezone.now(), timeout=POST_ROUND - 30):
        call_command("notices", verbosity=0)


def keep_doing(stop: threading.Event, every: float, duty: Callable[[], object]) -> None:
    """Do something every so many seconds until `stop`; what goes wrong is logged, and goes on."""
    while True:
        try:
            duty()
        except Exception:  # a locked database, a storage that is away: the next time comes soon
            logger.exception("A worker’s regular duty failed; it is tried again.")
        finally:
            close_old_connections()
        if stop.wait(every):
            return


def served_queues(named: str) -> list[str]:
    """Return the queues that a worker started with `--queue-name` serves; `*` is all of them.

    Raises CommandError for a queue that there is not.
    """
    every = list(settings.TASKS["default"]["QUEUES"])
    queues = every if named == "*" else [name.strip() for name in named.split(",")]
    if unknown := sorted(set(queues) - set(every)):
        raise CommandError(
            f"There is no queue called {', '.join(unknown)}. The queues are: {', '.join(every)}."
        )
    return queues


def duties(queues: list[str]) -> list[tuple[float, Callable[[], object]]]:
    """Return what a worker of these queues does beside its tasks, each with its rhythm."""
    found: list[tuple[float, Callable[[], object]]] = [
        (EVERY, partial(show_life, queues)),
        (LOOK_ROUND, partial(call_command, "requeue_lost_jobs", verbosity=0)),
        (CLEAN_UP / 12, clean_up),
        (CLEAN_UP / 12, tidy_questions),
        (POST_ROUND, look_after_notices),
    ]
    if settings.REDIS_URL:
        from membersnet.redis_tasks import make_scheduler, queue_what_is_due

        found.append((LOOK_FOR_DUE, partial(queue_what_is_due, make_scheduler(queues))))
    return found


class Command(BaseCommand):
    help = "Run tasks from the database or Redis, and take up what a stopped worker left behind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--queue-name", default="*", help="the queues to serve, with commas; * is all"
        )
        parser.add_argument(
            "--interval", type=float, default=1.0, help="seconds between two looks at the database"
        )
        parser.add_argument("--batch", action="store_true", help="end when nothing is left to do")
        parser.add_argument("--max-tasks", type=int, help="end after so many tasks")
        parser.add_argument(
            "--no-startup-delay", action="store_false", dest="delay", help="begin at once"
        )

    def handle(self, *args: Any, queue_name: str, **options: Any) -> None:
        queues = served_queues(queue_name)
        call_command("requeue_lost_jobs")
        call_command("search_index", "catch_up")
        stop = threading.Event()
        for every, duty in duties(queues):
            threading.Thread(target=keep_doing, args=(stop, every, duty), daemon=True).start()
        try:
            if settings.REDIS_URL:
                self.work_from_redis(queues, **options)
            else:
                self.work_from_database(queues, **options)
        finally:
            stop.set()

    def work_from_database(self, queues: list[str], **options: Any) -> None:
        worker = DatabaseWorker(
            queue_names=queues,
            interval=options["interval"],
            batch=options["batch"],
            backend_name="default",
            startup_delay=options["delay"],
            max_tasks=options["max_tasks"],
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.run()

    def work_from_redis(self, queues: list[str], **options: Any) -> None:
        from membersnet.redis_tasks import make_worker

        make_worker(queues).work(
            burst=options["batch"], max_jobs=options["max_tasks"], logging_level=None
        )
