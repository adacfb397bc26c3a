"""What search is told of the library: the provisions in force, and the fact cards that hold."""

from library.sources.facts import Facts
from library.sources.procedures import Procedures
from library.sources.provisions import Provisions

__all__ = ["Facts", "Procedures", "Provisions"]
