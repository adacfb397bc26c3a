"""Brings back the work of every kind that nobody is doing any more."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from ground.jobs.queue import requeue_lost_jobs


class Command(BaseCommand):
    help = (
        "Puts jobs whose worker died back in the queue. Run it when a worker starts; "
        "with --every it keeps watch beside the worker until it is stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="look again so often")

    def handle(self, *args: Any, every: float | None = None, **options: Any) -> None:
        while True:
            count = requeue_lost_jobs()
            if count or not every:
                self.stdout.write(f"Lost jobs queued again: {count}.")
            if not every:
                return
            time.sleep(max(1.0, every))
            close_old_connections()
