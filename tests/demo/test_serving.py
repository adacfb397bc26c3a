"""The demonstration's processes: where it can serve, what it waits for, and how it ends."""

import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading

import pytest

from demo.environment import ROOT
from demo.serving import (
    ProcessEnded,
    Processes,
    health,
    serve,
    stopped_together,
    wait_until_ready,
    why_not,
)
from ground.only_one import only_one


def test_a_port_that_is_taken_is_named_with_the_next():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert why_not("127.0.0.1", port) == (
            f"Port {port} at 127.0.0.1 is taken. Try: make demo PORT={port + 1}"
        )
    assert why_not("127.0.0.1", port) == ""


def test_of_two_demonstrations_on_one_folder_the_second_is_not_started(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("MEMBERSNET_DATA_DIR", str(tmp_path))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with only_one(tmp_path, "the first"):
        assert serve("127.0.0.1", port) == 1
    assert f"running on {tmp_path} already, so this one was not started" in capsys.readouterr().out
    assert not (tmp_path / "hub.sqlite3").exists()


def test_an_address_that_is_not_this_machines_is_refused_in_a_sentence():
    assert why_not("192.0.2.1", 8000).startswith("The hub cannot serve at 192.0.2.1, port 8000: ")


class _Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status, body = self.server.answers[self.path]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Health) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "body", "answer"),
    [
        (200, b'{"state": "ready"}', {"state": "ready"}),
        (503, b'{"state": "not ready"}', {"state": "not ready"}),
        (502, b"<html>", {}),
        (200, b"<html>", {}),
    ],
)
def test_what_healthz_says_is_read_whatever_its_status(server, status, body, answer):
    server.answers = {"/healthz": (status, body)}
    assert health("0.0.0.0", server.server_address[1]) == answer


def test_nothing_that_answers_is_an_empty_answer():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert health("127.0.0.1", port) == {}


def test_the_hub_is_ready_when_healthz_says_so(server, tmp_path, capsys):
    server.answers = {"/healthz": (200, json.dumps({"state": "ready"}).encode())}
    wait_until_ready(Processes(tmp_path), "127.0.0.1", server.server_address[1])
    assert capsys.readouterr().out == ""  # nothing was waited for


def test_a_slow_machine_is_waited_for_and_told_what_for(server, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("demo.serving.REMINDED_EVERY", 0)
    slow = {"state": "not ready", "database": {"state": "ready"}, "index": {"state": "behind"}}
    server.answers = {"/healthz": (503, json.dumps(slow).encode())}
    port = server.server_address[1]
    moments = []

    class Patient(Processes):
        def watch(self, waiting, *, pause=0.3):
            for moment in super().watch(waiting, pause=0):
                moments.append(moment)
                if len(moments) == 3:
                    server.answers = {"/healthz": (200, b'{"state": "ready"}')}
                yield moment

    wait_until_ready(Patient(tmp_path), "127.0.0.1", port)
    assert len(moments) == 3
    lines = capsys.readouterr().out.splitlines()
    assert [line.strip() for line in lines] == [
        "The hub is not ready yet: waiting for the index."
    ] * 2


def test_a_process_that_ends_by_itself_is_named_with_its_log(tmp_path):
    processes = Processes(tmp_path)
    processes.start("worker-1", [sys.executable, "-c", "print('out of memory')"])
    processes.running["worker-1"].wait()
    with pytest.raises(ProcessEnded) as ended:
        wait_until_ready(processes, "127.0.0.1", 9)
    assert str(ended.value) == (
        f"The worker-1 process ended by itself; its log says why: {tmp_path}/worker-1.log"
    )
    assert (tmp_path / "worker-1.log").read_text() == "out of memory\n"


@pytest.fixture
def handlers():
    """Put back what Python does on a signal."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_request_to_terminate_ends_every_process(tmp_path, handlers):
    started = {}

    def serve_until_interrupted():
        with stopped_together(tmp_path) as processes:
            for name in ("one", "two"):
                processes.start(name, [sys.executable, "-c", "import time; time.sleep(600)"])
            started.update(processes.running)
            os.kill(os.getpid(), signal.SIGTERM)
            threading.Event().wait(60)  # the signal comes first

    with pytest.raises(KeyboardInterrupt):
        serve_until_interrupted()
    assert [process.returncode for process in started.values()] == [-signal.SIGTERM] * 2


def test_what_is_set_up_is_served_without_loading_the_hub_once_more(tmp_path):
    """The process that starts the others and waits would else take 100 MB for nothing."""
    look = (
        "import sys; from demo.serving import serve; from demo.setup import is_set_up; "
        "print(is_set_up(), sorted({'wagtail', 'party', 'allauth'} & set(sys.modules)))"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "membersnet.settings",
        "MEMBERSNET_DATA_DIR": str(tmp_path),
    }
    run = subprocess.run(
        [sys.executable, "-c", look],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "False []\n"
