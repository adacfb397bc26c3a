"""A real gunicorn on a free port, asked over this machine's own network, and killed."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "a" * 32
BROKEN = (OSError, http.client.HTTPException)  # what a request ends with whose server was killed


class Answer:
    """What was answered: the status, the headers, the body."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def location(self) -> str:
        return self.headers["Location"] or ""


class Server:
    """A server and who is signed in there; `session` is the cookie's value."""

    def __init__(self, session: str = "", *options: str) -> None:
        self.options = options
        self.headers = {
            "Cookie": f"csrftoken={TOKEN}; sessionid={session}",
            "X-CSRFToken": TOKEN,
        }
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.master: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, with the environment of this process, and wait until it answers."""
        command = [sys.executable, "-m", "gunicorn", "membersnet.wsgi", "--threads", "4"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--no-control-socket"]
        self.master = subprocess.Popen(
            [*command, "--log-level", "critical", *self.options], cwd=ROOT, start_new_session=True
        )
        until = time.monotonic() + 120
        while time.monotonic() < until and self.master.poll() is None:
            try:
                if self.ask("OPTIONS", "/uploads/").status == 204:
                    return
            except BROKEN:
                time.sleep(0.1)
        raise SystemExit("The server did not start within two minutes.")

    def ask(self, verb: str, url: str, body: bytes | None = None, **headers: str) -> Answer:
        """Ask once. Raises one of `BROKEN` where the line breaks."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            line.request(verb, url, body=body, headers={**self.headers, **told})
            return Answer(line.getresponse())
        finally:
            line.close()

    def processes(self) -> list[int]:
        """Return the numbers of the processes that answer, without the one that starts them."""
        assert self.master
        path = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def kill_process(self) -> None:
        """Kill one process that answers; the server starts another in its place."""
        for pid in self.processes()[:1]:
            os.kill(pid, signal.SIGKILL)

    def kill(self) -> None:
        """Kill all of it."""
        if self.master:
            os.killpg(self.master.pid, signal.SIGKILL)
            self.master.wait()
