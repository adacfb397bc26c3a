"""Words that mean the same, put into a question as alternatives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SynonymSet:
    """Forms of one thing, as they are written. Unless `both_ways`, only the first finds others."""

    forms: tuple[str, ...]
    both_ways: bool = True


@dataclass(frozen=True)
class Synonyms:
    """All that is known of words that mean the same."""

    sets: tuple[SynonymSet, ...] = ()


NONE = Synonyms()
