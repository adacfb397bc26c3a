"""One side of a comparison of pages: a process that answers requests and says what they cost.

It prints the names of its pages as a line of JSON once it is ready. For each line it reads, such as
`{"page": "home", "requests": 20}`, it prints one: the milliseconds of the processor that a request
took, from the WSGI environment to the last byte of the body, parsing by the client not included.
"""

import gc
import http.cookies
import io
import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

BROWSER = "localhost"
WARM = 5  # requests of each page before anything is measured


@dataclass(frozen=True)
class Page:
    """An address, the session of who asks, and words that stand in the answer."""

    address: str
    session: str
    shows: tuple[str, ...]


def answer(application: Callable[..., Any], environ: Mapping[str, Any]) -> tuple[str, Any, bytes]:
    """Return the status, the headers and the body of one answer, as a server would take it."""
    begun: list[Any] = []
    response = application(
        {**environ, "wsgi.input": io.BytesIO()}, lambda *given: begun.extend(given[:2])
    )
    try:
        body = b"".join(response)
    finally:
        response.close()
    return begun[0], begun[1], body


def environment(page: Page) -> dict[str, Any]:
    path, _mark, query = page.address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": BROWSER,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": BROWSER,
        "HTTP_COOKIE": f"sessionid={page.session}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


class Side:
    """The pages of a site, each asked for with the cookies that a browser has by then."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        from django.core.wsgi import get_wsgi_application

        self.application = get_wsgi_application()
        self.asked = {name: self._first(name, page) for name, page in pages.items()}
        for environ in self.asked.values():
            for _request in range(WARM):
                answer(self.application, environ)
        gc.collect()
        gc.freeze()  # what is loaded is looked through no more, as behind a server that preloads

    def _first(self, name: str, page: Page) -> dict[str, Any]:
        environ = environment(page)
        status, headers, body = answer(self.application, environ)
        missing = [words for words in page.shows if words not in body.decode()]
        if not status.startswith("200") or missing:
            sys.exit(f"{name}, {page.address}: {status}, without {missing}")
        cookies = http.cookies.SimpleCookie(environ["HTTP_COOKIE"])
        for header, value in headers:
            if header == "Set-Cookie":
                cookies.load(value)
        kept = "; ".join(f"{key}={cookie.value}" for key, cookie in cookies.items())
        return {**environ, "HTTP_COOKIE": kept}

    def look(self, name: str) -> dict[str, int]:
        """Return how many queries a page makes and how many bytes it has.

        It looks twice, since what is kept in memory for some seconds may just be outdated.
        """
        return min((self._look(name) for _time in range(2)), key=lambda look: look["queries"])

    def _look(self, name: str) -> dict[str, int]:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            _status, _headers, body = answer(self.application, self.asked[name])
        return {"queries": len(queries), "bytes": len(body)}

    def measure(self, name: str, requests: int) -> dict[str, float]:
        environ = self.asked[name]
        began = time.process_time()
        for _request in range(requests):
            answer(self.application, environ)
        return {"ms": (time.process_time() - began) * 1000 / requests}


def serve(pages: Mapping[str, Page]) -> None:
    """Answer what the standard input asks for, until it ends."""
    side = Side(pages)
    print(json.dumps({name: side.look(name) for name in pages}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(side.measure(asked["page"], asked["requests"])), flush=True)
