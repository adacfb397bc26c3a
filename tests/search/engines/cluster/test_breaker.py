"""After a failure nobody waits."""

import threading

from search.engines.cluster.breaker import Breaker
from search.engines.engine import EngineUnavailable


def refusal(breaker: Breaker) -> str:
    try:
        breaker.check()
    except EngineUnavailable as told:
        return str(told)
    return ""


def test_all_are_refused_for_a_while_then_one_may_try():
    now = [0.0]
    breaker = Breaker(5, clock=lambda: now[0])
    assert refusal(breaker) == ""

    breaker.failed("It is down.")
    assert [refusal(breaker) for _caller in range(3)] == ["It is down."] * 3
    now[0] = 4.9
    assert refusal(breaker) == "It is down."
    now[0] = 5.1
    assert [refusal(breaker) for _caller in range(3)] == ["", "It is down.", "It is down."]


def test_who_tried_and_was_answered_lets_all_in_again():
    breaker = Breaker(60)
    breaker.failed("It is down.")
    breaker.answered()

    assert [refusal(breaker) for _caller in range(3)] == ["", "", ""]


def test_of_many_threads_at_once_only_one_may_try():
    now = [0.0]
    breaker = Breaker(5, clock=lambda: now[0])
    breaker.failed("It is down.")
    now[0] = 6.0
    ready, refused = threading.Barrier(8), []

    def try_it() -> None:
        ready.wait()
        refused.append(refusal(breaker))

    threads = [threading.Thread(target=try_it) for _caller in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(refused) == [""] + ["It is down."] * 7
