"""The states of training among which the demonstration's officers are spread."""

import random

from demo.loader import training


def test_five_officers_in_turn_have_five_states():
    assert len({training.state_for(turn, random.Random(2)) for turn in range(5)}) == 5
