"""A real node of the tests' own, that can be stopped, frozen and started again with its data."""

import shlex
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.request import urlopen

FUNCTIONS = Path(__file__).resolve().parents[4] / ".ci" / "search_cluster" / "functions"
START_SECONDS = 180  # the first time, with everything to be fetched


class Node:
    """One node on a port that stays its own, with its data in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it and wait until its indices can be asked."""
        run = f"source {shlex.quote(str(FUNCTIONS))}; run_search_cluster {self.folder} {self.port}"
        with (self.folder / "log").open("a") as log:
            self._process = subprocess.Popen(
                ["bash", "-c", run], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        address, until = self.folder / "address", time.monotonic() + START_SECONDS
        while not address.exists():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text()[-4000:])
            time.sleep(0.1)
        with urlopen(f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=30s") as answer:
            assert answer.status == 200

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop it, as a machine is shut down; what it holds stays in its folder."""
        if self.is_running:
            self.thaw()
            self._process.terminate()
            self._process.wait(60)
        (self.folder / "address").unlink(missing_ok=True)

    def freeze(self) -> None:
        """Let it answer nothing, though its port still takes connections."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        if self.is_running:
            self._process.send_signal(signal.SIGCONT)
