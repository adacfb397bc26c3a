"""Searching by what is meant, beside any engine of words: see `engine`."""

from search.engines.meaning.engine import MeaningEngine
from search.engines.meaning.model import Model, ModelUnusable

__all__ = ["MeaningEngine", "Model", "ModelUnusable"]
