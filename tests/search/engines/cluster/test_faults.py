"""Clusters that refuse, fail or drip: each is told in a sentence, in time, without the password."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from search.engines.cluster.engine import ClusterEngine
from search.engines.engine import EngineUnavailable, IndexMissing
from search.engines.question import Query
from search.questions.parsing import parse

PASSWORD = "not-to-be-told"


class Server:
    """A server on loopback that answers everything in one way."""

    def __init__(self, status: int, fault: str = "", *, product: bool = True, drip: bool = False):
        answer = json.dumps({"error": {"type": fault}, "status": status}).encode()
        self.requests, self.ended = 0, threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do(self) -> None:
                server.requests += 1
                self.send_response(status)
                self.send_header("Content-Type", "application/vnd.elasticsearch+json")
                self.send_header("Content-Length", str(len(answer)))
                if product:
                    self.send_header("X-Elastic-Product", "Elasticsearch")
                self.end_headers()
                with contextlib.suppress(OSError):  # nobody waits for the end of a drip
                    for byte in answer if drip else ():
                        self.wfile.write(bytes([byte]))
                        if server.ended.wait(0.3):
                            return
                    self.wfile.write(b"" if drip else answer)

            do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = do  # noqa: N815  the library's names

            def log_message(self, *words) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    """The servers of a test, which end with it."""
    started: list[Server] = []
    yield started
    for each in started:
        each.ended.set()
        each.server.shutdown()
        each.server.server_close()


@pytest.fixture
def engine_at(servers) -> Callable[..., ClusterEngine]:
    """Engines of servers that answer in one way; nobody may wait for them."""

    def at(*how, **more) -> ClusterEngine:
        servers.append(Server(*how, **more))
        port = servers[-1].server.server_port
        return ClusterEngine(f"http://hub:{PASSWORD}@127.0.0.1:{port}/hub")

    return at


def told(engine: ClusterEngine, attempt: Callable[[ClusterEngine], object]) -> str:
    """What is said of a fault; neither the sentence nor its cause holds the password."""
    with pytest.raises((EngineUnavailable, IndexMissing)) as fault:
        attempt(engine)
    cause = fault.value
    while cause is not None:
        assert PASSWORD not in f"{cause} {cause!r}"
        cause = cause.__cause__ or cause.__context__
    return str(fault.value).replace(engine.connection.address.told, "HOST")


def ask(engine: ClusterEngine) -> object:
    return engine.search(Query(parse("tuba"), frozenset({"members"})))


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ((401, "security_exception"), "The search cluster at HOST refuses the hub's name."),
        ((403, "security_exception"), "The search cluster at HOST refuses the hub's name."),
        (
            (429, "es_rejected_execution_exception"),
            "The search cluster at HOST is full or overloaded (es_rejected_execution_exception).",
        ),
        (
            (403, "cluster_block_exception"),
            "The search cluster at HOST is full or overloaded (cluster_block_exception).",
        ),
        (
            (503, "master_not_discovered_exception"),
            "The search cluster at HOST is full or overloaded (master_not_discovered_exception).",
        ),
        ((500, "null_pointer_exception"),
         "The search cluster at HOST failed (500 null_pointer_exception)."),
    ],
)  # fmt: skip
def test_what_the_cluster_answers_is_told_in_a_sentence(engine_at, how, sentence):
    for attempt in (ask, ClusterEngine.count, lambda engine: engine.write([], [])):
        assert told(engine_at(*how), attempt) == sentence


def test_an_index_that_is_not_there_is_told(engine_at):
    for attempt in (ask, ClusterEngine.count):
        said = told(engine_at(404, "index_not_found_exception"), attempt)
        assert said == "No index has been built on the search cluster."


def test_one_question_that_is_refused_keeps_no_other_from_being_asked(engine_at):
    engine = engine_at(400, "parsing_exception")

    for _attempt in range(2):
        assert told(engine, ask) == "The search cluster at HOST failed (400 parsing_exception)."
        engine.connection.breaker.check()


def test_what_is_not_elasticsearch_is_told(engine_at):
    said = told(engine_at(200, product=False), ask)

    assert said == "What answers at HOST is not Elasticsearch."


def test_a_port_where_nobody_listens_is_told_and_not_tried_again_for_a_while():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    engine = ClusterEngine(f"http://hub:{PASSWORD}@127.0.0.1:{port}")
    for _attempt in range(3):
        assert told(engine, ask) == "The search cluster at HOST cannot be reached."

    with socket.create_server(("127.0.0.1", port)) as listening:
        listening.settimeout(0.1)
        assert told(engine, ask) == "The search cluster at HOST cannot be reached."
        with pytest.raises(TimeoutError):
            listening.accept()


def test_an_answer_that_comes_in_drips_holds_nobody_up(engine_at, servers):
    engine = engine_at(200, drip=True)

    assert told(engine, ask) == "The search cluster at HOST did not answer in time."
    before = servers[0].requests
    assert told(engine, ask) == "The search cluster at HOST did not answer in time."
    assert servers[0].requests == before


def test_of_several_hosts_one_that_is_up_is_enough(engine_at):
    up = engine_at(404, "index_not_found_exception")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        down = f"127.0.0.1:{free.getsockname()[1]}"

    for hosts in (f"{down},{up.connection.address.told}", f"{up.connection.address.told},{down}"):
        engine = ClusterEngine(f"http://{hosts}/hub")
        for _attempt in range(4):
            with pytest.raises(IndexMissing):
                ask(engine)
