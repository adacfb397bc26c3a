"""Rule books, their editions and provisions, and what cites them."""

from library.rules.models.drafts import DraftVersion
from library.rules.models.imports import RulesImport
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
    "DraftVersion",
    "Edition",
    "Follow",
    "Provision",
    "RulesImport",
    "Subject",
    "SubjectEntry",
    "Work",
    "nest",
]
