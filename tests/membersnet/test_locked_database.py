"""A real worker before a database that somebody has locked: it waits, and goes on."""

import sqlite3
from collections.abc import Iterator

import pytest
from django.db import connection

from search.actions.changes import request_indexing
from tests.media_pipeline.real_workers import Workers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]


@pytest.fixture
def workers(tmp_path) -> Iterator[Workers]:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the database")
    request_indexing()
    workers = Workers(tmp_path)
    yield workers
    workers.stop()


def done(workers: Workers) -> bool:
    return workers.ask("SELECT status FROM jobs_taskjob") == [("done",)]


def test_a_worker_waits_for_a_database_that_is_locked_and_goes_on(workers):
    workers.start("*")
    workers.until(lambda: done(workers))
    workers.ask("UPDATE jobs_taskjob SET status = 'waiting', queued_at = NULL")
    with sqlite3.connect(workers.copy, timeout=60, isolation_level=None) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        workers.until(lambda: "the worker waits for it" in workers.log())
        lock.execute("ROLLBACK")
    workers.ask("UPDATE jobs_taskjob SET created_at = '2026-01-01 00:00:00'")
    workers.until(lambda: done(workers))
    assert workers.ask("SELECT attempts, reason FROM jobs_taskjob") == [(2, "")]
    assert workers.processes[0].poll() is None  # the one that waited
