"""Rules as they are read: works, their contents, and each provision in its place."""

from library.views.reading.finding import find
from library.views.reading.pages import lineage, place, text_size, work, works

__all__ = ["find", "lineage", "place", "text_size", "work", "works"]
