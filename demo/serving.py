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
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import django

from demo.environment import EVERYWHERE, ROOT, data_folder

READY_WITHIN = 60.0  # seconds until the web server, the worker and the index must answer
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
        for number, queues in enumerate(QUEUES, 1):
            command = [sys.executable, "manage.py", "worker", "--interval", "0.3"]
            self.start(f"worker-{number}", [*command, "--no-startup-delay", "--queue-name", queues])

    def start_web(self, host: str, port: int) -> None:
        bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        command = [sys.executable, "-m", "gunicorn", "membersnet.wsgi", "--bind", bind]
        self.start("web", [*command, "--workers", "2", "--threads", "4", "--timeout", "120"])

    def stopped(self) -> str | None:
        """Return the name of a process that ended by itself, if one did."""
        return next((n for n, p in self.running.items() if p.poll() is not None), None)

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
    request = urllib.request.Request(f"http://{where}:{port}/healthz")
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310  a fixed scheme
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with contextlib.suppress(ValueError):
            return json.load(error)
    except (OSError, ValueError):
        pass
    return {}


def wait_until_ready(processes: Processes, host: str, port: int) -> bool:
    """Wait until /healthz is content; say what is wrong where it never is."""
    deadline = time.monotonic() + READY_WITHIN
    answer: dict[str, object] = {}
    while time.monotonic() < deadline:
        if gone := processes.stopped():
            say(
                f"The {gone} process ended by itself; its log says why: {processes.logs}/{gone}.log"
            )
            return False
        answer = health(host, port)
        if answer.get("state") == "ready":
            return True
        time.sleep(0.2)
    say(f"The hub is not ready after {READY_WITHIN:.0f} seconds: {answer or 'no answer'}")
    return False


def serve(host: str, port: int) -> int:
    """Set up what is missing, serve until Ctrl-C, and return the exit code."""
    began = time.monotonic()
    if problem := why_not(host, port):
        say(f"{problem}\nNothing was changed.")
        return 1
    django.setup()
    from demo.setup import is_set_up, set_up

    try:
        with stopped_together(data_folder() / "log") as processes:
            if is_set_up():
                processes.start_workers()
            else:
                set_up(processes)
            processes.start_web(host, port)
            if not wait_until_ready(processes, host, port):
                return 1
            welcome(host, port, time.monotonic() - began)
            while not (gone := processes.stopped()):
                time.sleep(0.5)
            say(f"The {gone} process ended by itself; {processes.logs}/{gone}.log says why")
            return 1
    except KeyboardInterrupt:
        say("\nStopped. What was done is kept; `make demo` goes on from here.")
        return 0


def welcome(host: str, port: int, seconds: float) -> None:
    """Print the address and the demonstration people's logins."""
    from demo.loader.people import PASSWORD, PEOPLE

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
