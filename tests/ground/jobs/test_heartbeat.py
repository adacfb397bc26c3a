"""Something is done again and again beside longer work, and ends with it."""

import threading

from ground.jobs.heartbeat import Heartbeat


def test_it_beats_while_the_work_lasts_and_then_no_more():
    beats, enough = [], threading.Event()

    def beat():
        beats.append(1)
        if len(beats) == 3:
            enough.set()

    with Heartbeat(beat, every=0.001) as heart:
        assert enough.wait(60), "three beats did not come within a minute"
        assert not heart.is_over
    assert heart.is_over
    count = len(beats)
    threading.Event().wait(0.01)
    assert len(beats) == count


def test_what_it_opened_is_closed_in_its_own_thread():
    closed = []
    with Heartbeat(
        lambda: None,
        every=60,
        name="a heart",
        closing=lambda: closed.append(threading.current_thread().name),
    ):
        assert closed == []
    assert closed == ["a heart"]


def test_work_shorter_than_a_beat_ends_at_once():
    beats = []
    with Heartbeat(lambda: beats.append(1), every=3600):
        pass
    assert beats == []
