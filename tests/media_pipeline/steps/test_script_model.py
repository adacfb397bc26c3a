"""A language model of one script: a proper one, by which the script is likelier than its words in
another order.
"""

from itertools import product
from math import log10
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_pipeline.steps.script_model import STRAYS, UTTERANCE_END, write_model

SCRIPT = [
    "the",
    "record",
    "is",
    "short",
    "and",
    "the",
    "record",
    "is",
    "fair",
    "to",
    "the",
    "person",
]
WORDS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=12)


class Arpa:
    """A model in ARPA format, read as its definition says."""

    def __init__(self, text: str) -> None:
        self.counts: dict[int, int] = {}
        self.chances: dict[tuple[str, ...], float] = {}
        self.weights: dict[tuple[str, ...], float] = {}
        for line in text.splitlines():
            if line.startswith("ngram "):
                size, count = line.removeprefix("ngram ").split("=")
                self.counts[int(size)] = int(count)
            elif "\t" in line:
                chance, words, *weight = line.split("\t")
                gram = tuple(words.split(" "))
                self.chances[gram] = 10 ** float(chance)
                self.weights[gram] = 10 ** float(weight[0]) if weight else 1.0

    def chance(self, gram: tuple[str, ...]) -> float:
        """Of the last word after those before it, backing off where the file says nothing."""
        if gram in self.chances:
            return self.chances[gram]
        return self.weights.get(gram[:-1], 1.0) * self.chance(gram[1:])

    def likelihood(self, words: list[str]) -> float:
        """The decimal logarithm of a row of words."""
        grams = (tuple(words[max(0, at - 2) : at + 1]) for at in range(len(words)))
        return sum(log10(self.chance(gram)) for gram in grams)


def model_of(words: list[str], folder: Path) -> Arpa:
    write_model(words, folder / "script.lm")
    return Arpa((folder / "script.lm").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


def test_after_whatever_was_said_the_chances_of_all_words_make_one(folder: Path) -> None:
    @given(WORDS)
    @settings(max_examples=40, deadline=None)
    def holds(words: list[str]) -> None:
        model = model_of(words, folder)
        known = {gram[0] for gram in model.chances if len(gram) == 1}
        spoken = sorted(set(words))
        for size in (0, 1, 2):
            for before in product(spoken, repeat=size):
                total = sum(model.chance((*before, word)) for word in known)
                assert total == pytest.approx(1.0, abs=2e-3)

    holds()


def test_every_word_and_every_sound_of_english_may_come(folder: Path) -> None:
    model = model_of(SCRIPT, folder)
    assert model.counts == {1: len(set(SCRIPT)) + len(STRAYS) + 2, 2: 9, 3: 9}
    assert model.chance(("</s>",)) == pytest.approx(UTTERANCE_END, rel=1e-3)
    assert min(model.chance((stray,)) for stray in STRAYS) > 0.01


def test_the_script_is_likelier_than_its_words_in_another_order(folder: Path) -> None:
    model = model_of(SCRIPT, folder)
    assert model.likelihood(SCRIPT) > model.likelihood(SCRIPT[::-1]) + 5
    assert model.likelihood(SCRIPT) > model.likelihood(sorted(SCRIPT)) + 5
