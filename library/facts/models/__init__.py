"""The knowledge bank: facts, series, and what was shared."""

from library.facts.models.facts import FactCard, FactTopic, Topic
from library.facts.models.series import Series, SeriesValue
from library.facts.models.sharing import FactShare
from library.facts.models.sheets import FactSheet
from library.facts.models.versions import FactVersion

__all__ = [
    "FactCard",
    "FactShare",
    "FactSheet",
    "FactTopic",
    "FactVersion",
    "Series",
    "SeriesValue",
    "Topic",
]
