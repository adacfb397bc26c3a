"""Procedures, their versions and their circulation."""

from library.procedures.models.circulation import Addressee, Circulation
from library.procedures.models.procedures import ProcedurePage, ProceduresPage, ProcedureVersion

__all__ = [
    "Addressee",
    "Circulation",
    "ProcedurePage",
    "ProcedureVersion",
    "ProceduresPage",
]
