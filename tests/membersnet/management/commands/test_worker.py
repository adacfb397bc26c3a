"""What a worker does beside its tasks: signs of life, and duties that survive a fault."""

import inspect
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.db import OperationalError

from ground.jobs.duties import function_of
from membersnet.management.commands.worker import (
    keep_doing,
    patiently,
    rounds,
    served_queues,
)
from tests.media_pipeline.real_workers import Workers


def test_a_worker_for_every_queue_serves_every_queue():
    assert served_queues("*") == settings.QUEUES
    assert served_queues("media, index") == ["media", "index"]


def test_a_queue_that_there_is_not_is_named_with_those_that_there_are():
    with pytest.raises(CommandError) as refusal:
        served_queues("media,post,mail")
    assert "There is no queue called mail, post." in str(refusal.value)
    for queue in settings.QUEUES:
        assert queue in str(refusal.value)


def test_every_worker_has_the_same_duties_in_the_same_rhythm():
    rhythm = [every for every, _duty in rounds(["media"])]
    assert rhythm == [every for every, _duty in rounds(["index"])]
    assert len(rhythm) == 1 + len(settings.DUTIES)
    assert all(0 < every <= 15 for every in rhythm)


@pytest.mark.django_db
def test_a_duty_that_fails_is_done_again_and_the_log_says_why(caplog):
    stop, calls = threading.Event(), []

    def duty():
        calls.append(len(calls))
        if len(calls) == 3:
            stop.set()
        raise OSError("the storage is away")

    keep_doing(stop, 0.0, duty)
    assert calls == [0, 1, 2]
    assert "the storage is away" in caplog.text


def test_a_worker_waits_for_a_database_that_is_locked_and_goes_on(caplog):
    tries = []

    def work():
        tries.append(len(tries))
        if len(tries) < 3:
            raise OperationalError("database is locked")

    patiently(work, pause=0.0)
    assert tries == [0, 1, 2]
    assert "the worker waits for it" in caplog.text


def test_what_is_no_fault_of_the_database_ends_a_worker():
    def work():
        raise SystemExit(0)

    with pytest.raises(SystemExit):
        patiently(work, pause=0.0)


def test_every_duty_of_the_settings_can_be_done_and_says_what_it_is():
    for name, every in settings.DUTIES.items():
        function = function_of(name)
        assert set(inspect.signature(function).parameters) == {"since", "now"}, name
        assert function.__doc__.strip(), name
        assert every >= 5


def processes_of(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def database_files(pid: int) -> list[str]:
    names = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    return [name for name in names if "sqlite" in name]


@pytest.mark.django_db(transaction=True)
def test_queues_named_apart_are_served_by_processes_that_share_what_one_has_loaded(tmp_path):
    workers = Workers(tmp_path)
    parent = workers.start("media", "index")
    workers.until(lambda: workers.log().count("Starting worker") == 2)
    children = processes_of(parent.pid)
    assert len(children) == 2
    assert "queues=media" in workers.log()
    assert "queues=index" in workers.log()
    # What may not be carried into another process: threads, and connections.
    assert len(list(Path(f"/proc/{parent.pid}/task").iterdir())) == 1
    assert database_files(parent.pid) == []
    parent.terminate()
    assert parent.wait(60) == 0
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
