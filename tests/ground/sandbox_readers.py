"""What `test_sandbox` has called in a process of its own."""

import os
import time
from typing import Any

from ground.refusals import Refused


def echo(request: Any) -> Any:
    print("Libraries print what nobody asked for.")
    return {"request": request, "environment": sorted(os.environ)}


def refuse(request: str) -> None:
    raise Refused(f"“{request}” cannot be read.")


def crash(request: Any) -> None:
    os.abort()


def fail(request: Any) -> None:
    raise ValueError(request)


def fill_memory(request: int) -> int:
    return len(bytes(request))


def spin(request: Any) -> None:
    while True:
        pass


def sleep(request: float) -> None:
    time.sleep(request)
