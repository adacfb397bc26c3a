"""Procedures, their versions and their circulation."""

from library.procedures.models.circulation import Circulation, Recipient
from library.procedures.models.procedures import ProcedurePage, ProceduresPage, ProcedureVersion

__all__ = [
    "Circulation",
    "ProcedurePage",
    "ProcedureVersion",
    "ProceduresPage",
    "Recipient",
]
