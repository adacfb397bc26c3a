"""Run the background work, from the database or from Redis, and show that it is alive."""

import logging
import os
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, close_old_connections, connection, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker

from ground.jobs import duties
from ground.jobs.queue import QUEUE
from ground.jobs.signs import EVERY, show_life
from membersnet.forks import end_with, load_all, run_forked

logger = logging.getLogger(__name__)

LOOK_FOR_DUE = 2.0  # seconds between two looks for delayed tasks in Redis
LEAST, MOST = 2.5, 15.0  # seconds between two looks whether a duty is due and nobody does it
PAUSE = 5.0  # seconds until the next try where the database cannot be used
Round = tuple[float, Callable[[], object]]  # seconds between two times, and what is done


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
    every = list(settings.QUEUES)
    queues = every if named == "*" else [name.strip() for name in named.split(",")]
    if unknown := sorted(set(queues) - set(every)):
        raise CommandError(
            f"There is no queue called {', '.join(unknown)}. The queues are: {', '.join(every)}."
        )
    return queues


def rounds(queues: list[str]) -> list[Round]:
    """Return what a worker of these queues does beside its tasks, each with its rhythm (seconds).

    Of the regular duties only the look whether one is due: each is done by one worker at a time.
    """
    found: list[Round] = [(EVERY, partial(show_life, queues))]
    for name, every in settings.DUTIES.items():
        found.append((min(MOST, max(LEAST, every / 4)), partial(duties.perform, name, every)))
    if settings.REDIS_URL:
        from membersnet.redis_tasks import make_scheduler, queue_what_is_due

        found.append((LOOK_FOR_DUE, partial(queue_what_is_due, make_scheduler(queues))))
    return found


def patiently(work: Callable[[], object], pause: float = PAUSE) -> None:
    """Do something, and begin again for as long as the database cannot be used."""
    while True:
        try:
            work()
            return
        except (DatabaseError, InterfaceError):
            logger.exception("The database cannot be used just now; the worker waits for it.")
            connection.close()
            time.sleep(pause)


class Command(BaseCommand):
    help = "Run tasks from the database or Redis, and take up what a stopped worker left behind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--queue-name",
            action="append",
            help="the queues to serve, with commas; * is all (the default); given several times, "
            "a process for each, which share their memory",
        )
        parser.add_argument(
            "--interval", type=float, default=1.0, help="seconds between two looks at the database"
        )
        parser.add_argument("--batch", action="store_true", help="end when nothing is left to do")
        parser.add_argument("--max-tasks", type=int, help="end after so many tasks")
        parser.add_argument(
            "--no-startup-delay", action="store_false", dest="delay", help="begin at once"
        )

    def handle(self, *args: Any, queue_name: str | list[str] | None, **options: Any) -> None:
        named = [queue_name] if isinstance(queue_name, str) else queue_name or ["*"]
        parts = [served_queues(each) for each in named]
        if len(parts) == 1:
            return self.work(parts[0], [], **options)
        load_all()
        connections.close_all()
        ends = (EVERY, partial(end_with, os.getpid()))
        sys.exit(run_forked([partial(self.work, part, [ends], **options) for part in parts]))

    def work(self, queues: list[str], more: list[Round], **options: Any) -> None:
        """Serve queues until told to end, with the rounds of every worker and some more."""
        stop = threading.Event()
        for every, duty in [*rounds(queues), *more]:
            threading.Thread(target=keep_doing, args=(stop, every, duty), daemon=True).start()
        work = self.work_from_redis if settings.REDIS_URL else self.work_from_database
        try:
            patiently(partial(call_command, "search_index", "catch_up"))
            work(queues, **options)
        finally:
            stop.set()

    def work_from_database(self, queues: list[str], **options: Any) -> None:
        worker = DatabaseWorker(
            queue_names=queues,
            interval=options["interval"],
            batch=options["batch"],
            backend_name=QUEUE,
            startup_delay=options["delay"],
            max_tasks=options["max_tasks"],
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        patiently(worker.run)

    def work_from_redis(self, queues: list[str], **options: Any) -> None:
        from membersnet.redis_tasks import make_worker

        make_worker(queues).work(
            burst=options["batch"], max_jobs=options["max_tasks"], logging_level=None
        )
