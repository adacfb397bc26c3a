"""Regular duties: done once in their time, by one worker, and for ever."""

import datetime

import pytest
from django.utils import timezone

from ground.jobs import duties
from ground.jobs.duties import in_trouble, perform
from ground.jobs.models import Duty, database_now

pytestmark = pytest.mark.django_db

NAME = "tests.ground.jobs.test_duties.duty"
SECOND, HOUR = datetime.timedelta(seconds=1), datetime.timedelta(hours=1)
Status = Duty.Status
windows: list[tuple] = []
meanwhile: list = []  # what happens while the duty is done


def duty(*, since, now):
    """Note a call for the test."""
    windows.append((since, now))
    if meanwhile:
        meanwhile.pop(0)()


@pytest.fixture(autouse=True)
def _nothing_done_yet(settings):
    windows.clear()
    meanwhile.clear()
    settings.DUTIES = {NAME: 60}


def row() -> Duty:
    return Duty.objects.get()


def put_clock(by: datetime.timedelta) -> None:
    """Have all that was written so far have been written by a clock that went so much faster."""
    for each in Duty.objects.all():
        for field in ("not_before", "started_at", "heartbeat_at", "done_until", "created_at"):
            if moment := getattr(each, field):
                setattr(each, field, moment + by)
        each.save()


def killed(**fields) -> None:
    """Leave the row as a worker does that is killed in the middle."""
    Duty.objects.update(status=Status.RUNNING, not_before=None, reason="", **fields)


def fail():
    raise OSError("the storage is away")


def test_a_duty_is_done_once_a_minute_however_many_workers_look():
    assert [perform(NAME, 60) for _worker in range(3)] == [True, False, False]
    put_clock(-60 * SECOND)
    assert [perform(NAME, 60) for _worker in range(3)] == [True, False, False]
    (first, second) = windows
    assert first[0] is None
    assert second[0] + 60 * SECOND == first[1]  # what fell due since the first, and no gap
    assert row().status == Status.WAITING


def test_no_other_worker_does_it_while_one_does():
    meanwhile.append(lambda: windows.append(perform(NAME, 60)))
    perform(NAME, 60)
    assert windows[1] is False


def test_a_duty_whose_worker_was_killed_is_done_by_another_with_the_same_window():
    perform(NAME, 60)
    done_until = row().done_until
    killed(heartbeat_at=database_now() - 26 * SECOND)
    assert perform(NAME, 60)
    assert windows[1][0] == done_until


def test_a_worker_that_is_alive_keeps_its_duty():
    perform(NAME, 60)
    killed(heartbeat_at=database_now() - 20 * SECOND)
    assert not perform(NAME, 60)


def test_a_duty_that_fails_is_put_off_ever_longer_and_never_given_up(caplog):
    delays = []
    for _attempt in range(5):
        meanwhile.append(fail)
        Duty.objects.update(not_before=None)
        assert not perform(NAME, 60)
        delays.append(round((row().not_before - timezone.now()).total_seconds(), -1))
        assert row().done_until is None
    assert delays == [10, 60, 300, 300, 300]
    assert [each.reason for each in in_trouble()] == [
        "It fails, and is tried again by itself. The log says more: OSError."
    ]
    assert "the storage is away" in caplog.text
    Duty.objects.update(not_before=None)
    assert perform(NAME, 60)
    assert (row().attempts, in_trouble()) == (0, [])


def test_a_duty_that_kills_its_worker_each_time_is_put_off_and_said_to_be_in_trouble():
    perform(NAME, 60)
    killed(attempts=5, heartbeat_at=database_now() - HOUR)
    assert not perform(NAME, 60)
    assert row().not_before > timezone.now()
    assert in_trouble() == [row()]


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_jumps_an_hour_does_not_hold_a_duty_up(hours):
    perform(NAME, 60)
    put_clock(hours * HOUR)
    assert [perform(NAME, 60) for _worker in range(2)] == [True, False]


def test_a_worker_killed_before_the_clock_was_set_back_does_not_keep_a_duty_for_an_hour():
    perform(NAME, 60)
    killed()
    put_clock(HOUR)
    assert perform(NAME, 60)


def test_what_another_worker_has_taken_meanwhile_does_not_count_as_done(monkeypatch):
    meanwhile.append(lambda: Duty.objects.update(lease=None))
    perform(NAME, 60)
    assert row().done_until is None


def test_a_duty_that_is_no_longer_in_the_settings_is_nobodys_trouble(settings):
    Duty.objects.create(name=NAME, attempts=9, reason="It fails.")
    assert len(in_trouble()) == 1
    settings.DUTIES = {}
    assert duties.in_trouble() == []
