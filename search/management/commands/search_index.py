"""Look after the search index."""

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.actions import changes, index_state, indexing
from search.engines.engine import EngineUnavailable, IndexMissing, WriterBusy
from search.models import ChangedEntry

NAMED = 10  # differences and failures that are printed one by one


class Command(BaseCommand):
    help = "Say how the search index is, build it anew, compare it with its sources, or catch up."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "what",
            nargs="?",
            default="status",
            choices=["status", "rebuild", "verify", "catch_up"],
            help="status (default); rebuild: anew from all sources; verify: exit 1 where index and "
            "sources differ; catch_up: index what has changed, now",
        )

    def handle(self, *, what: str, **options: Any) -> None:
        try:
            getattr(self, f"_{what}")()
        except EngineUnavailable as error:
            raise CommandError(f"{error} Nothing was lost; what changed is kept.") from error

    def _status(self) -> None:
        for name, value in index_state.index_state().items():
            self.stdout.write(f"{name}: {value}")
        for row in ChangedEntry.objects.failing().oldest_first()[:NAMED]:
            self.stdout.write(f"failed {row.attempts} times: {row}: {row.reason}")

    def _rebuild(self) -> None:
        started = time.monotonic()
        try:
            run = indexing.rebuild_index()
        except WriterBusy as busy:
            raise CommandError(f"{busy} Nothing was changed; try again in a moment.") from busy
        self._leave_the_rest_to_a_worker(run)
        self.stdout.write(f"{run.indexed} documents in {time.monotonic() - started:.1f} s.")

    def _catch_up(self) -> None:
        ChangedEntry.objects.failing().update(attempts=0)
        done = 0
        try:
            while (run := indexing.index_changes()).indexed:
                done += run.indexed
                if run.again_after != 0:
                    break
            self._leave_the_rest_to_a_worker(run)
        except WriterBusy:
            changes.request_indexing(after=indexing.BUSY_SECONDS)
            self.stdout.write("Another process is indexing; a worker will do what is left.")
        except EngineUnavailable as error:
            changes.request_indexing(after=indexing.UNAVAILABLE_SECONDS)
            self.stderr.write(f"{error} What changed is kept; a worker will try again.")
        self.stdout.write(f"{done} indexed, {ChangedEntry.objects.count()} waiting.")

    def _leave_the_rest_to_a_worker(self, run: indexing.IndexRun) -> None:
        if run.again_after is not None:
            changes.request_indexing(after=run.again_after)

    def _verify(self) -> None:
        try:
            differences = index_state.compare_index()
        except IndexMissing as missing:
            raise CommandError(f"{missing} `search_index rebuild` builds it.") from missing
        if not differences:
            self.stdout.write("The index says what its sources say.")
            return
        for name in ("missing", "outdated", "superfluous"):
            ids = getattr(differences, name)
            self.stdout.write(f"{name}: {len(ids)}")
            for id_ in ids[:NAMED]:
                self.stdout.write(f"  {id_}")
        raise CommandError("Index and sources differ. `search_index rebuild` builds it anew.")
