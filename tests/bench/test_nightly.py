"""The nightly run judges by the yardstick, stops what takes too long, and says what it left out."""

import sys
import time

import pytest

from bench import nightly, yardstick
from bench.nightly import Check, Promise, Verdict, judged, output_of, run, summary


@pytest.fixture
def half_as_fast(monkeypatch):
    """A machine on which the yardstick takes two seconds."""
    monkeypatch.setattr(yardstick, "seconds", lambda: 2.0)


def says(text: str, status: int = 0) -> tuple[str, ...]:
    return (sys.executable, "-c", f"print({text!r}); raise SystemExit({status})")


@pytest.mark.parametrize(
    ("figure", "by_the_clock", "told", "verdict"),
    [
        ("9.0", True, "9 s, ÷ yardstick 4.5", "met"),
        ("11.0", True, "11 s, ÷ yardstick 5.5", "missed"),
        ("5.0", False, "5 s", "met"),
        ("5.1", False, "5.1 s", "missed"),
    ],
)
def test_what_is_promised_in_seconds_is_divided_by_the_yardstick(
    figure, by_the_clock, told, verdict
):
    promise = Promise("the last", r"took ([\d.]+)", 5, "s", by_the_clock)

    found = judged("a check", promise, f"took 1.0\ntook {figure}", 2.0)

    assert found == Verdict("a check", "the last", told, "at most 5 s", verdict)


def test_a_figure_that_is_not_printed_misses_its_promise():
    found = judged("a check", Promise("errors", r"(\d+) errors", 0), "it broke", 1.0)

    assert (found.figure, found.verdict) == ("not printed", "missed")


@pytest.mark.parametrize(
    ("figure", "status", "verdicts"),
    [
        (9, 0, ["met", "met"]),
        (9, 1, ["met", "met"]),  # it missed by the clock, and the clock does not count
        (11, 1, ["missed", "missed"]),
        (9, 2, ["missed", "met"]),
    ],
)
def test_a_check_is_met_where_it_ends_and_its_promises_are_kept(
    half_as_fast, figure, status, verdicts
):
    promise = Promise("it", r"took (\d+)", 5, "s", by_the_clock=True)

    found = run(Check("a check", says(f"took {figure}", status), 1, (promise,)))

    assert [verdict.verdict for verdict in found] == verdicts


def test_without_a_promise_by_the_clock_a_failure_is_a_failure(half_as_fast):
    (found,) = run(Check("tests", says("1 failed", 1), 1))

    assert (found.figure, found.verdict) == ("exit 1", "missed")


def test_what_takes_longer_than_its_limit_is_stopped_with_all_that_it_started():
    began = time.monotonic()
    parent = (
        "import subprocess, sys; print('begun', flush=True);"
        "subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"
    )

    status, said = output_of([sys.executable, "-c", parent], 5, {})

    assert (status, said) == (None, "begun\n")
    assert time.monotonic() - began < 300, "the child of a stopped program kept it waiting"


def test_what_a_check_needs_and_lacks_is_said(monkeypatch):
    monkeypatch.delenv("NO_SUCH_SERVICE", raising=False)

    (found,) = run(Check("a check", says("x"), 1, needs=("NO_SUCH_SERVICE",)))

    assert (found.figure, found.verdict) == ("needs NO_SUCH_SERVICE", "left out")


def test_the_summary_counts_what_was_missed():
    verdicts = [
        Verdict("a check", "errors", "3", "at most 0", "missed"),
        Verdict("another", "", "needs X", "", "left out"),
    ]

    told = summary(verdicts, 12.4)

    assert "12 minutes: 1 missed" in told
    assert "| a check | errors | 3 | at most 0 | missed |" in told
    assert "all met" in summary(verdicts[1:], 1)


def test_all_limits_together_end_within_the_hour():
    assert sum(check.minutes for check in nightly.CHECKS) <= 60


def test_a_check_is_given_the_variables_that_it_names(monkeypatch):
    monkeypatch.setenv("NIGHTLY_DATABASE_URL", "postgres://night")
    same = "import os, sys; sys.exit(os.environ['DATABASE_URL'] != 'postgres://night')"
    check = Check(
        "a check",
        (sys.executable, "-c", same),
        1,
        variables={"DATABASE_URL": "{NIGHTLY_DATABASE_URL}"},
    )
    assert [verdict.verdict for verdict in run(check)] == ["met"]
