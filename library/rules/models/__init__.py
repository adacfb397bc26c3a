"""Rule books, their editions and provisions, and what cites them."""

from library.rules.models.imports import Mend, RulesImport
from library.rules.models.links import (
    CitationFlag,
    Citing,
    CrossReference,
    DefinedTerm,
    Follow,
    Subject,
    SubjectEntry,
)
from library.rules.models.provisions import Provision, nest
from library.rules.models.works import Edition, Work

__all__ = [
    "CitationFlag",
    "Citing",
    "CrossReference",
    "DefinedTerm",
    "Edition",
    "Follow",
    "Mend",
    "Provision",
    "RulesImport",
    "Subject",
    "SubjectEntry",
    "Work",
    "nest",
]
