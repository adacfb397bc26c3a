"""Rule books, their editions and provisions, and what cites them."""

from library.rules.models.drafts import DraftVersion
from library.rules.models.imports import RulesImport
from library.rules.models.links import (
    CitationFlag,
    CitingText,
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
    "CitingText",
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
