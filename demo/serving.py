"""Starts the web server and the workers together, and stops them together."""

import contextlib
import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import django

from demo.environment import EVERYWHERE, ROOT, data_folder
from demo.logins import PASSWORD, PEOPLE
from ground.only_one import only_one
from ground.refusals import Refused

REMINDED_EVERY = 15.0  # seconds between two lines that say what is still waited for
QUEUES = ("media", "speech", "default,index")  # a long film never keeps the index waiting


def say(sentence: str) -> None:
    """Print a line at once."""
    print(sentence, flush=True)


def why_not(host: str, port: int) -> str:
    """Say why the hub cannot serve at an address, or nothing where it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            return f"This machine knows no address called {host}. Try: make demo HOST=127.0.0.1"
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"Port {port} at {host} is taken. Try: make demo PORT={port + 1}"
            return f"The hub cannot serve at {host}, port {port}: {error.strerror}."
    return ""


class ProcessEnded(Exception):
    """A process that the demonstration needs has ended by itself; the text says which."""


class Processes:
    """The processes of the demonstration; each writes to a log file of its own."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str]) -> None:
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603  our own commands
                command,
                cwd=ROOT,
                env={**os.environ, "MEMBERSNET_LOG_LEVEL": "INFO"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_workers(self) -> None:
        command = [sys.executable, "manage.py", "worker", "--interval", "0.3", "--no-startup-delay"]
        for queues in QUEUES:
            command += ["--queue-name", queues]  # a process for each
        self.start("workers", command)

    def start_web(self, host: str, port: int) -> None:
        bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        command = [sys.executable, "-m", "gunicorn", "membersnet.wsgi", "--bind", bind]
        self.start(
            "web", [*command, "--preload", "--workers", "2", "--threads", "4", "--timeout", "120"]
        )

    def watch(self, waiting: Callable[[], str] = str, *, pause: float = 0.3) -> Iterator[None]:
        """Yield every `pause` seconds while every process lives, however slow the machine.

        What `waiting` returns, if anything, is said after each `REMINDED_EVERY` seconds. Raises
        ProcessEnded with a sentence that names the process and its log.
        """
        said = time.monotonic()
        while True:
            for name, process in self.running.items():
                if process.poll() is not None:
                    raise ProcessEnded(
                        f"The {name} process ended by itself; its log says why: "
                        f"{self.logs}/{name}.log"
                    )
            yield
            now = time.monotonic()
            if now - said >= REMINDED_EVERY and (sentence := waiting()):
                said = now
                say(f"           {sentence}")
            time.sleep(pause)

    def stop(self) -> None:
        """Ask every process to end, and end those that do not within ten seconds."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + 10
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextlib.contextmanager
def stopped_together(logs: Path) -> Iterator[Processes]:
    """Hold processes that end when the block does, on Ctrl-C and on a request to terminate."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)  # also where a shell started us in the background
    processes = Processes(logs)
    try:
        yield processes
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave one behind
        processes.stop()


def health(host: str, port: int) -> dict[str, object]:
    """Return what /healthz says, or an empty answer while nothing answers."""
    where = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104  only read
    token = os.environ.get("MEMBERSNET_OPERATORS_TOKEN", "")  # for the details of what is missing
    headers = {"Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"http://{where}:{port}/healthz", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310  a fixed scheme
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with contextlib.suppress(ValueError):
            return json.load(error)
    except (OSError, ValueError):
        pass
    return {}


def wait_until_ready(processes: Processes, host: str, port: int) -> None:
    """Wait until /healthz is content, as long as every process lives. Raises ProcessEnded."""

    def waiting() -> str:
        return f"The hub is not ready yet: {not_ready(health(host, port))}"

    for _moment in processes.watch(waiting):
        if health(host, port).get("state") == "ready":
            return


def not_ready(answer: dict[str, object]) -> str:
    """Say which parts of what /healthz answered are not ready."""
    parts = [
        name
        for name, part in answer.items()
        if isinstance(part, dict) and part.get("state") != "ready"
    ]
    return f"waiting for the {' and the '.join(parts)}." if parts else "no answer so far."


def serve(host: str, port: int) -> int:
    """Set up what is missing, serve until Ctrl-C, and return the exit code."""
    began = time.monotonic()
    if problem := why_not(host, port):
        say(f"{problem}\nNothing was changed.")
        return 1
    from demo.setup import is_set_up, set_up

    taken = (
        f"A demonstration is running on {data_folder()} already, so this one was not started. Stop "
        "that one, or give this one a folder of its own: MEMBERSNET_DATA_DIR=… make demo"
    )
    try:
        with (
            only_one(data_folder(), taken),
            stopped_together(data_folder() / "log") as processes,
        ):
            if is_set_up():
                processes.start_workers()
            else:
                django.setup()  # 100 MB, so only where it is needed
                set_up(processes)
            processes.start_web(host, port)
            wait_until_ready(processes, host, port)
            welcome(host, port, time.monotonic() - began)
            for _moment in processes.watch():
                pass  # until one of them ends, or Ctrl-C
    except (ProcessEnded, Refused) as ended:
        say(str(ended))
    except KeyboardInterrupt:
        say("\nStopped. What was done is kept; `make demo` goes on from here.")
        return 0
    return 1


def welcome(host: str, port: int, seconds: float) -> None:
    """Print the address and the demonstration people's logins."""
    shown = {"127.0.0.1": "localhost", **dict.fromkeys(EVERYWHERE, socket.gethostname())}.get(
        host, f"[{host}]" if ":" in host else host
    )
    say(f"\nReady after {seconds:.0f} seconds:  http://{shown}:{port}/\n")
    say(f"Sign in with one of these; the password is always  {PASSWORD}\n")
    for person in PEOPLE:
        say(f"  {person.email:<28} {person.what}")
    if host not in {"127.0.0.1", "localhost", "::1"}:
        say("\nWhoever reaches this address can sign in with these, as the national team too.")
    say("\nCtrl-C stops the hub.")
