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


@pytest.fixture
def cluster(monkeypatch) -> Iterator[Scripted]:
    """A cluster that never answers a question that holds the word dear, and all others at once."""

    def answers(asked: str) -> list[dict]:
        if "dear" in asked:
            scripted.wait_for_the_end()
        return answer_of(packed(), packed(), packed())

    monkeypatch.setattr(connection, "PING_SECONDS", 0.5)  # a busy machine pings slowly
    with scripted_by(answers) as scripted:
        yield scripted


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "search-cluster"]


def all_threads_end() -> bool:
    """Wait until no thread is left; they are cut off at once, and half a minute is too long."""
    for _time in range(3000):
        if not threads():
            return True
        time.sleep(0.01)
    return False


def test_a_dear_question_is_given_up_and_nobody_else_notices(cluster):
    engine = cluster.engine()
    for _time in range(2):
        with pytest.raises(EngineUnavailable, match=IN_TIME):
            ask(engine, "dear")
        assert ask(engine, "tuba").total == 3


def test_where_nothing_is_answered_the_next_one_is_not_even_asked(cluster):
    engine = cluster.engine()
    ask(engine)
    cluster.silent = True
    with pytest.raises(EngineUnavailable, match=IN_TIME):
        ask(engine, "dear")

    before = len(cluster.requests)
    with pytest.raises(EngineUnavailable, match=IN_TIME):
        ask(engine, "tuba")
    assert cluster.requests[before:] == []


def test_what_was_found_in_time_is_kept_though_more_was_looked_for(monkeypatch):
    answers = iter([answer_of(packed(title="Found at once"))])

    def then_silent(_asked: str) -> list[dict]:
        if (answer := next(answers, None)) is None:
            scripted.wait_for_the_end()
        return answer or []

    monkeypatch.setattr(connection, "PING_SECONDS", 0.5)
    with scripted_by(then_silent) as scripted:
        engine = scripted.engine()
        results = ask(engine)
        assert [hit.document.title for hit in results.hits] == ["Found at once"]
        with pytest.raises(EngineUnavailable, match=IN_TIME):  # of another question it says nothing
            ask(engine, "oboe")


def test_drips_use_up_nothing_and_a_healthy_cluster_is_asked_again(cluster, monkeypatch):
    monkeypatch.setattr(connection, "READERS", 2)
    engine = cluster.engine(seconds=1.0)
    cluster.drip = 0.5
    for _time in range(3):
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
        with pytest.raises(EngineUnavailable, match=IN_TIME):
            engine.count()
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
