"""The demonstration, set up once from nothing by what `make demo` runs, and copied after that.

`python -m tests.browser.demonstration` prepares it ahead of the stories.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.databases import ROOT, alone, cache, digest_of

# All that the set-up runs or reads. Templates are read anew by every process that serves pages.
MADE_FROM = ("**/*.py", "demo/**/*", "**/static/**/*", "requirements/base.txt")
STARTS_WITHIN = 900  # seconds; about ten times what the whole set-up takes
STOPS_WITHIN = 60
KEPT = 3  # states of the code whose demonstrations are kept


@dataclass(frozen=True)
class Hub:
    """A running hub: its address, its data folder and what `make demo` printed."""

    url: str
    data: Path
    printed: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(data: Path, log: Path) -> Iterator[Hub]:
    """Run the demonstration in a data folder until the block ends; Ctrl-C must stop it all."""
    port = free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MEMBERSNET_") and name != "DATABASE_URL"
    }
    environment |= {"MEMBERSNET_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
    environment["HF_HUB_OFFLINE"] = "1"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "demo", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + STARTS_WITHIN
        while "Ctrl-C stops" not in log.read_text():
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(
                    f"The demonstration did not start within {STARTS_WITHIN} seconds:\n"
                    f"{log.read_text()[-4000:]}"
                )
            time.sleep(0.2)
        yield Hub(f"http://localhost:{port}", data, log.read_text())
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOPS_WITHIN)
        if process.poll() is None:
            process.kill()
            raise AssertionError(
                f"The demonstration did not stop within {STOPS_WITHIN} seconds of Ctrl-C."
            )


def prepared() -> Path:
    """Return the data folder of a demonstration that is set up; nobody may write in it."""
    folder = cache() / f"demonstration-{digest_of(*MADE_FROM)}"
    with alone("demonstration"):
        if not folder.exists():
            unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=cache()))
            with serving(unfinished / "var", unfinished / "demo.log"):
                pass
            unfinished.rename(folder)
            _forget_old()
        os.utime(folder)
    return folder / "var"


def copy_of_prepared(target: Path) -> Path:
    """Copy the demonstration that is set up to a folder where stories may change it."""
    shutil.copytree(prepared(), target)
    return target


def _forget_old() -> None:
    kept = sorted(cache().glob("demonstration-*"), key=lambda path: -path.stat().st_mtime)
    for folder in kept[KEPT:]:
        if folder.is_dir():
            shutil.rmtree(folder)


if __name__ == "__main__":
    print(f"The demonstration is set up in {prepared()}")
