"""The comparison of pages with wagtail-lms runs, and a small run says all that a large one does."""

import re
import subprocess
import sys

import pytest

from bench import pages
from bench.nightly import CHECKS
from bench.pages import NotInstalled, in_turn, installed_peer, ratio


class Told:
    """A side that answers at once and keeps what it was asked."""

    def __init__(self, name: str, asked: list) -> None:
        self.name, self.asked = name, asked

    def measure(self, page: str, requests: int) -> float:
        self.asked.append(self.name)
        return len(self.asked)


def test_two_sides_answer_in_turn_and_each_begins_every_other_round():
    asked: list[str] = []
    rounds = in_turn([(Told("A", asked), "home"), (Told("B", asked), "home")], 4, 1)

    assert asked == ["A", "B", "B", "A", "A", "B", "B", "A"]
    assert rounds == [(1, 2), (4, 3), (5, 6), (8, 7)]


def test_a_ratio_is_the_median_over_the_rounds_so_that_one_disturbed_round_does_not_count():
    assert ratio([(1.0, 2.0), (2.0, 4.0), (90.0, 2.0)]) == 0.5


def test_where_the_package_cannot_be_had_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(pages, "PEERS", tmp_path)
    monkeypatch.setattr(pages, "PEER", f"{tmp_path}/not-there.whl")

    with pytest.raises(NotInstalled, match="cannot be installed, so nothing was compared: "):
        installed_peer()


@pytest.mark.nightly
def test_a_small_run_compares_every_page_and_prints_what_the_night_judges():
    try:
        installed_peer()
    except NotInstalled as reason:
        pytest.skip(str(reason))
    small = ("--lessons", "4", "8", "--units", "6", "--rounds", "2", "--requests", "1")
    command = [sys.executable, "-m", "bench.pages", *small]
    done = subprocess.run(command, cwd=pages.ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    rows = re.findall(r"^\| ([a-z ]+) \| [\d.]+ \| [\d.]+ \| [\d.]+", done.stdout, re.MULTILINE)
    assert rows == list(pages.COMPARED)
    grown = re.findall(r"^([a-z ]+), 8 lessons ÷ 4: .*: (-?\d+) more$", done.stdout, re.MULTILINE)
    assert grown == [("home", "0"), ("lesson", "0"), ("lesson with a film", "0")]
    (check,) = (check for check in CHECKS if "bench.pages" in check.command)
    for promise in check.promises:
        assert re.search(promise.pattern, done.stdout), promise.what
