"""Rule books and their editions, and the knowledge bank."""

from library.models.facts import FactCard, FactTopic, Topic
from library.models.rules import Edition, Provision, Work, nest

__all__ = ["Edition", "FactCard", "FactTopic", "Provision", "Topic", "Work", "nest"]
