"""What the programs that kill processes have alike: what they can be told, and whom they kill.

The processes are forked from one that has loaded everything, by the hub's own `run_forked`, as the
workers of `manage.py worker` are: who is killed has a successor at once, and a kill meets work
rather than the start of a program.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path

from bench.own_hub import own_hub

ROOT = Path(__file__).resolve().parent.parent
AGAIN_AFTER = 0.02  # seconds until a process that was killed has a successor
STARTED_WITHIN = 120.0  # seconds


def options(summary: str, *, kills: str, limit: float) -> argparse.ArgumentParser:
    """Return what all these programs can be told; `kills` says what the number counts."""
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--kills", type=int, default=40, help=kills)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--limit", type=float, default=limit, help="seconds until it gives up")
    parser.add_argument("--database", help="a PostgreSQL database, empty, instead of SQLite")
    parser.add_argument("--redis", help="a Redis for the queues, instead of the database")
    parser.add_argument("--keep", action="store_true", help="keep the folder")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    return parser


@contextmanager
def killed_hub(chosen: argparse.Namespace, **variables: str) -> Iterator[Path]:
    """Set up a hub of a program's own on the database and the queues that were chosen."""
    if chosen.database:
        variables["DATABASE_URL"] = chosen.database
    if chosen.redis:
        variables["MEMBERSNET_REDIS_URL"] = chosen.redis
    with own_hub(keep=chosen.keep, **variables) as folder:
        yield folder


def work(queues: str) -> None:
    """Be a worker: the real command."""
    from django.core.management import call_command

    call_command("worker", queue_name=queues, interval=0.1, delay=False)


def serve(folder: Path, works: Mapping[str, Callable[[], object]], *needed: str) -> int:
    """Run each work in a process of its own, anew whenever it is killed; return an exit code.

    `needed` are modules that the works would load, once more in each process.
    """
    import django

    django.setup()
    from django.db import connections

    from membersnet.forks import load_all, run_forked

    for module in needed:
        import_module(module)
    load_all()
    connections.close_all()
    named = [partial(_do, folder, name, work) for name, work in works.items()]
    return run_forked(named, again_after=AGAIN_AFTER)


def _do(folder: Path, name: str, work: Callable[[], object]) -> None:
    """Note this process's number, by which it is killed, and do the work."""
    note = folder / f"{name}.new"
    note.write_text(str(os.getpid()))
    note.replace(folder / f"{name}.pid")
    work()


class Processes:
    """The processes that a program serves (`serve`), each of which can be killed by its name."""

    def __init__(self, module: str, folder: Path, *names: str) -> None:
        self.folder, self.names = folder, names
        with (folder / "processes.log").open("ab") as log:
            self.parent = subprocess.Popen(
                [sys.executable, "-m", module, "--serve", str(folder)],
                cwd=ROOT,
                env={**os.environ, "MEMBERSNET_LOG_LEVEL": "INFO"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for name in names:
            self._await_another(name, 0)

    def kill(self, name: str) -> int:
        """Kill one process, that one alone, as the kernel does for want of memory.

        Returns its number once it has a successor; raises SystemExit where it has none.
        """
        pid = self._pid(name)
        os.kill(pid, signal.SIGKILL)
        self._await_another(name, pid)
        return pid

    def stop(self) -> None:
        """Ask all to end; kill who does not, and whatever they started."""
        self.parent.terminate()
        try:
            self.parent.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.parent.pid, signal.SIGKILL)
            self.parent.wait()

    def log(self) -> str:
        return (self.folder / "processes.log").read_text(errors="replace")

    def _pid(self, name: str) -> int:
        try:
            return int((self.folder / f"{name}.pid").read_text())
        except FileNotFoundError:
            return 0

    def _await_another(self, name: str, before: int) -> None:
        until = time.monotonic() + STARTED_WITHIN
        while self._pid(name) == before:
            if self.parent.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{name} did not start:\n{self.log()[-3000:]}")
            time.sleep(0.01)
