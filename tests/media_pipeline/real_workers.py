"""Starts real workers on the test's own rows, as processes that can be killed."""

import inspect
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
WITHIN = 300.0  # seconds: reached only where what is waited for never happens


def wait_until(true: Callable[[], object], meanwhile: Callable[[], object] = bool) -> None:
    """Wait until something is so; `meanwhile` may find out earlier that it never will be."""
    deadline = time.monotonic() + WITHIN
    while not true():
        meanwhile()
        if time.monotonic() > deadline:
            what = inspect.getsource(true).strip()
            raise AssertionError(f"within {WITHIN:.0f} s this was never so: {what}")
        time.sleep(0.05)


class Workers:
    """Worker processes that share the test's database: a copy of it where it is in memory."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.copy = folder / "hub.sqlite3" if connection.vendor == "sqlite" else None
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "membersnet.settings",
            "MEMBERSNET_DATA_DIR": str(folder),
            "MEMBERSNET_SPEECH_ENGINE": "pocketsphinx",
            "MEMBERSNET_LOG_LEVEL": "INFO",
            "DATABASE_URL": self._address(),
            **environment,
        }
        if self.copy:
            connection.cursor().execute("VACUUM INTO %s", [str(self.copy)])

    def _address(self) -> str:
        if self.copy:
            return f"sqlite:///{self.copy}"
        at = connection.settings_dict
        return f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"

    def start(self, *queues: str) -> subprocess.Popen[bytes]:
        """Start a worker of some queues, or, where several are named apart, one of each."""
        command = [sys.executable, "manage.py", "worker", "--no-startup-delay"]
        named = [word for each in queues for word in ("--queue-name", each)]
        return self._run([*command, "--interval", "0.1", *named])

    def run_script(self, script: str) -> None:
        process = self._run([sys.executable, "-c", script])
        assert process.wait(WITHIN) == 0, self.log()
        self.processes.remove(process)

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / "workers.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        self.processes.append(process)
        return process

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something is so; say why where a worker ended by itself meanwhile."""
        wait_until(true, self._check_alive)

    def _check_alive(self) -> None:
        assert all(one.poll() is None for one in self.processes), self.log()[-2000:]

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End one process as the kernel does for want of memory: that one alone, at once."""
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.processes.remove(process)

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait()

    def log(self) -> str:
        return (self.folder / "workers.log").read_text(errors="replace")

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read or change the workers' database by SQL, with %s for values."""
        if not self.copy:
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall() if cursor.description else []
        with sqlite3.connect(self.copy, timeout=20) as file:
            return file.execute(sql.replace("%s", "?"), values).fetchall()

    def jobs(self) -> dict[str, str]:
        """The status of each step."""
        return dict(self.ask("SELECT step, status FROM media_pipeline_job WHERE clip_id IS NULL"))
