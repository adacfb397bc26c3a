"""Processes forked from one that has loaded everything; those that are killed are replaced."""

import gc
import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from django.urls import get_resolver
from wagtail import hooks

AGAIN_AFTER = 1.0  # seconds until a process that was killed has a successor
ENDING = {signal.SIGTERM, signal.SIGINT}
Work = Callable[[], object]

logger = logging.getLogger(__name__)


def load_all() -> None:
    """Load what the first request or task would, so that processes forked afterwards share it.

    Opens no connection, index or thread: none of these may be carried into another process.
    """
    _ = get_resolver().url_patterns
    hooks.search_for_hooks()
    gc.collect()
    gc.freeze()  # else the first collection in each process writes to, and so copies, all of it


def run_forked(works: Sequence[Work], *, again_after: float = AGAIN_AFTER) -> int:
    """Run each work in a process forked from this one until all have ended; return an exit code.

    A process that is killed is replaced after so many seconds. One that fails (its exit code is not
    0) ends the others, and its code is returned. SIGTERM is handed on to all; SIGINT is not, since
    a terminal sends it to all by itself. This process may hold no thread and no connection.
    """
    running: dict[int, Work] = {}
    ending = False

    def end(number: int, frame: FrameType | None) -> None:
        nonlocal ending
        ending = True
        if number == signal.SIGTERM:
            _end_all(running)

    for number in ENDING:
        signal.signal(number, end)
    for work in works:
        _fork(work, running)
    failed = 0
    while running:
        pid, status = os.wait()
        work = running.pop(pid)
        code = os.waitstatus_to_exitcode(status)
        if ending:
            continue
        if code > 0:
            logger.error("A process failed, so the others end too.")
            failed, ending = code, True
            _end_all(running)
        elif code < 0:
            logger.warning("A process was killed by signal %d; another takes its place.", -code)
            time.sleep(again_after)
            signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
            if not ending:
                _fork(work, running)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    return failed


def end_with(parent: int) -> None:
    """Ask this process to end where the one that it was forked from has gone."""
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def _end_all(running: dict[int, Work]) -> None:
    for pid in list(running):
        os.kill(pid, signal.SIGTERM)


def _fork(work: Work, running: dict[int, Work]) -> None:
    """Begin a work in a new process, which never returns from here."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)  # a signal finds the process listed, or none
    pid = os.fork()
    if pid:
        running[pid] = work
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        return
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        work()
        code = 0
    except SystemExit as asked:
        code = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
    except KeyboardInterrupt:
        code = 0
    except BaseException:
        logger.exception("A process failed.")
    finally:
        logging.shutdown()
        os._exit(code)  # what the parent registered for its own end is not done here
