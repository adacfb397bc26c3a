"""A server that passes for a cluster and answers questions as a test says, however badly."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from search.engines.cluster.documents import SCHEMA
from search.engines.cluster.engine import ClusterEngine
from search.engines.question import Query
from search.engines.results import Results
from search.questions.parsing import parse
from tests.search.engines.contract.conftest import MEMBERS, doc

INDEX = "hub-20261121t120000-0123abcd"


class Scripted:
    """`searched` is called with the text of a question and returns the answers to it.

    Bytes come one by one, `drip` seconds apart, where that is set. While it is `silent` it answers
    nothing but searches; those wait as long as `searched` takes, which may `wait_for_the_end`.
    `requests` are all that came, by their paths.
    """

    def __init__(self, searched: Callable[[str], Any]) -> None:
        self.searched, self.silent, self.drip, self.header = searched, False, 0.0, ""
        self.requests: list[str] = []
        self.ended = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def engine(self, seconds: float = 2.0) -> ClusterEngine:
        return ClusterEngine(f"http://127.0.0.1:{self.server.server_port}/hub?seconds={seconds}")

    def answer(self, path: str, asked: str) -> bytes:
        if path.endswith("/_msearch"):
            return json.dumps({"responses": self.searched(asked)}).encode()
        if self.silent:
            self.wait_for_the_end()
        if path.endswith("/_count"):
            return json.dumps({"count": 7}).encode()
        meta = {"aliases": {"hub": {}}, "mappings": {"_meta": {"schema": SCHEMA}}}
        return json.dumps({INDEX: meta} if path.startswith("/hub") else {}).encode()

    def wait_for_the_end(self) -> None:
        """Keep whoever asked waiting until the test is over."""
        self.ended.wait(60)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            def do(self) -> None:
                asked = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                scripted.requests.append(self.path)
                answer = scripted.answer(self.path.partition("?")[0], asked)
                self.send_response(200)
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                if scripted.header:
                    self.send_header(*scripted.header.split(": "))
                self.end_headers()
                size = 1 if scripted.drip else max(1, len(answer))
                with contextlib.suppress(OSError):
                    for start in range(0, len(answer), size):
                        self.wfile.write(answer[start : start + size])
                        time.sleep(scripted.drip)

            do_GET = do_POST = do_HEAD = do  # noqa: N815  the library's names

            def log_message(self, *words) -> None:
                pass

        return Handler


@contextlib.contextmanager
def scripted_by(searched: Callable[[str], Any]) -> Iterator[Scripted]:
    scripted = Scripted(searched)
    try:
        yield scripted
    finally:
        scripted.ended.set()
        scripted.server.shutdown()
        scripted.server.server_close()


def answer_of(*packed: Any) -> list[dict[str, Any]]:
    """What a cluster answers that finds these documents, as they are packed."""
    counted = {"buckets": [{"key": "rule", "doc_count": len(packed)}] if packed else []}
    found = [
        {"_index": INDEX, "_id": f"id{number}", "_score": 1.0, "_source": {"document": each}}
        for number, each in enumerate(packed)
    ]
    counts = {name: {name: counted} for name in ("kind", "edition", "course")}
    return [{"status": 200, "hits": {"hits": found}, "aggregations": counts}]


def packed(**values: Any) -> str:
    return json.dumps(asdict(doc("a", "tuba")) | values)


def ask(engine: ClusterEngine, question: str = "tuba", audience=MEMBERS) -> Results:
    return engine.search(Query(parse(question), audience))
