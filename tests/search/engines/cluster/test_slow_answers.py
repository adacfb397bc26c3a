"""Slow answers cost who asked for them their time, and nobody else anything."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from search.engines.cluster import connection, deadlines
from search.engines.cluster.engine import ClusterEngine
from search.engines.engine import EngineUnavailable
from tests.search.engines.cluster.scripted import Scripted, answer_of, ask, packed, scripted_by

IN_TIME = "did not answer in time"


def patient_with(asked: str) -> list[dict]:
    """Answer, but take far too long for questions that hold the word dear."""
    time.sleep(1.5 if "dear" in asked else 0)
    return answer_of(packed(), packed(), packed())


@pytest.fixture
def cluster() -> Iterator[Scripted]:
    with scripted_by(patient_with) as cluster:
        yield cluster


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "search-cluster"]


def all_threads_end() -> bool:
    until = time.monotonic() + 2
    while threads() and time.monotonic() < until:
        time.sleep(0.01)
    return not threads()


def test_a_dear_question_is_given_up_and_nobody_else_notices(cluster):
    engine = cluster.engine()
    for _time in range(3):
        started = time.monotonic()
        with pytest.raises(EngineUnavailable, match=IN_TIME):
            ask(engine, "dear")
        assert time.monotonic() - started < 0.45
        assert ask(engine, "tuba").total == 3


def test_where_nothing_is_answered_the_next_one_does_not_wait(cluster):
    engine = cluster.engine()
    ask(engine)
    cluster.pause = 1.5
    with pytest.raises(EngineUnavailable, match=IN_TIME):
        ask(engine, "dear")

    started = time.monotonic()
    with pytest.raises(EngineUnavailable, match=IN_TIME):
        ask(engine, "tuba")
    assert time.monotonic() - started < 0.1


def test_what_was_found_in_time_is_kept_though_more_was_looked_for():
    answers = iter([answer_of(packed(title="Found at once"))])

    def then_slow(_asked: str) -> list[dict]:
        time.sleep(0 if (answer := next(answers, None)) else 1.5)
        return answer or answer_of(packed(), packed())

    with scripted_by(then_slow) as cluster:
        engine = cluster.engine()
        results = ask(engine)
        assert [hit.document.title for hit in results.hits] == ["Found at once"]
        assert 200 < results.took_ms < 450
        with pytest.raises(EngineUnavailable, match=IN_TIME):  # of another question it says nothing
            ask(engine, "oboe")


def test_drips_use_up_nothing_and_a_healthy_cluster_is_asked_again(cluster, monkeypatch):
    monkeypatch.setattr(connection, "READERS", 3)
    engine = cluster.engine(seconds=0.1)
    cluster.drip = 0.02
    for _time in range(8):
        engine.connection.breaker.answered()
        with pytest.raises(EngineUnavailable, match=IN_TIME):
            engine.count()

    assert all_threads_end()
    cluster.drip = 0
    engine.connection.breaker.answered()
    assert engine.count() == 7


@contextlib.contextmanager
def dripping(sent: bytes) -> Iterator[int]:
    """The port of a server that sends this byte by byte to everybody, as long as they stay."""

    def drip(to: socket.socket) -> None:
        with to, contextlib.suppress(OSError):
            for number in range(len(sent)):
                to.sendall(sent[number : number + 1])
                time.sleep(0.02)

    def welcome() -> None:
        with contextlib.suppress(OSError):
            while True:
                guest, _address = listening.accept()
                threading.Thread(target=drip, args=(guest,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=welcome, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("scheme", "sent"),
    [
        ("http", b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1000),
        ("https", b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03" + b"\0" * 1000),
    ],
)
def test_headers_and_greetings_in_drips_keep_no_thread(scheme, sent):
    with dripping(sent) as port:
        engine = ClusterEngine(f"{scheme}://127.0.0.1:{port}/hub?seconds=0.2")
        started = time.monotonic()
        with pytest.raises(EngineUnavailable, match=IN_TIME):
            engine.count()
        assert time.monotonic() - started < 0.4
        assert all_threads_end()


def test_no_thread_keeps_a_process_from_ending(cluster):
    engine, seen = cluster.engine(), []
    engine.connection.read(lambda _client: seen.append(threading.current_thread().daemon))

    assert seen == [True]


def test_answers_that_are_too_long_are_not_taken(cluster, monkeypatch):
    engine = cluster.engine()
    assert ask(engine).total == 3
    monkeypatch.setattr(deadlines, "MOST_BYTES", 500)

    assert engine.count() == 7
    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        ask(engine)


def test_packed_answers_are_not_unpacked(cluster):
    cluster.header = "Content-Encoding: gzip"

    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        cluster.engine().count()
