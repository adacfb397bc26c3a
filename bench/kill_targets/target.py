"""What is done while processes are killed, and how it is held to account."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bench.server import BROKEN, Answer, Server

ANSWERED_WITHIN = 60.0  # seconds
Acknowledged = dict[str, Any]  # by the token that was given to an act: what the act returned


class Client:
    """Somebody who sends a thing again until they are answered, as a person does."""

    def __init__(self, server: Server) -> None:
        self.server, self.again = server, 0

    def ask(self, verb: str, url: str, body: bytes | None = None, **headers: str) -> Answer:
        """Ask until there is an answer; raise SystemExit for one that says the hub is broken."""
        until = time.monotonic() + ANSWERED_WITHIN
        while True:
            try:
                answer = self.server.ask(verb, url, body, **headers)
                break
            except BROKEN:
                self.again += 1
                if time.monotonic() > until:
                    raise SystemExit(f"{verb} {url} was not answered within a minute.") from None
                time.sleep(0.02)
        if answer.status >= 500:
            raise SystemExit(f"{verb} {url} answered {answer.status}.")
        return answer

    def send(self, url: str, body: bytes) -> Answer:
        """Send a form."""
        return self.ask("POST", url, body, Content_Type="application/x-www-form-urlencoded")


@dataclass(frozen=True)
class Target:
    """An act that is done again and again while whoever does it is killed.

    `set_up` makes what it needs. `act` is given a token of its own; what it returns is noted: from
    then on it counts as acknowledged. `account` returns a line for all that was acknowledged and is
    not there, or is there twice.
    """

    name: str
    set_up: Callable[[], None]
    account: Callable[[Acknowledged], list[str]]


@dataclass(frozen=True)
class Written(Target):
    """What a process of the hub's writes, and workers go on with; both are killed.

    `held` are the leases of the jobs by which workers go on, so that a kill can meet one. A job
    that has lost its worker as often as is allowed fails with a sentence, for it may be what kills
    them: `ask_again` has such jobs done again, as a person does, and returns how many there were.
    """

    act: Callable[[str], Any]
    held: Callable[[], set[UUID]]
    ask_again: Callable[[], int] = lambda: 0


@dataclass(frozen=True)
class Sent(Target):
    """What a person sends to the server, which is killed; unanswered, they send it again."""

    act: Callable[[Client, str], Any]
