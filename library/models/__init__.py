"""Rule books and their editions, procedures and their circulation, and the knowledge bank."""

from library.models.circulation import Addressee, Circulation
from library.models.facts import FactCard, FactTopic, Topic
from library.models.imports import Mend, RulesImport
from library.models.links import (
    CitationFlag,
    Citing,
    CrossReference,
    DefinedTerm,
    Follow,
    Subject,
    SubjectEntry,
)
from library.models.procedures import ProcedurePage, ProceduresPage, ProcedureVersion
from library.models.provisions import Provision, nest
from library.models.series import Series, SeriesValue
from library.models.sharing import FactShare, FactSheet, FactVersion
from library.models.works import Edition, Work

__all__ = [
    "Addressee",
    "Circulation",
    "CitationFlag",
    "Citing",
    "CrossReference",
    "DefinedTerm",
    "Edition",
    "FactCard",
    "FactShare",
    "FactSheet",
    "FactTopic",
    "FactVersion",
    "Follow",
    "Mend",
    "ProcedurePage",
    "ProcedureVersion",
    "ProceduresPage",
    "Provision",
    "RulesImport",
    "Series",
    "SeriesValue",
    "Subject",
    "SubjectEntry",
    "Topic",
    "Work",
    "nest",
]
