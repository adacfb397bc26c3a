"""Loads the procedures, standing orders and policies, and issues each as its first version."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.models import HubPage
from demo.loader import CONTENT, html, read
from demo.loader.courses import add, catalogue
from library.procedures.actions.procedures import issue_version
from library.procedures.models import ProcedurePage, ProceduresPage
from party.models import Member, Role

INTRODUCTION = "How things are done: to read, to fill in for your local party, and to take away."


def procedures() -> list[dict[str, Any]]:
    """Return the procedures' texts in the order of their names."""
    return [read("procedures", path.name) for path in sorted((CONTENT / "procedures").glob("*"))]


@transaction.atomic
def load() -> None:
    author = Member.objects.get(email="author@demo.example")
    known = set(ProcedurePage.objects.values_list("slug", flat=True))
    for given in procedures():
        if given["slug"] not in known:
            load_procedure(given, author)


def load_procedure(given: dict[str, Any], author: Member) -> None:
    page = procedure_page(given, author)
    add(parent(author), page, by=author)
    issue_version(page, note=given["note"], by=author, now=timezone.now())


def parent(author: Member) -> ProceduresPage:
    """Return the page above all procedures, making it where there is none."""
    existing = ProceduresPage.objects.first()
    if existing:
        return existing
    catalogue(author)  # makes the top of the page tree
    page = ProceduresPage(title="Procedures", slug="procedures", introduction=INTRODUCTION)
    return add(HubPage.objects.get(), page, by=author)


def procedure_page(given: dict[str, Any], author: Member) -> ProcedurePage:
    page = ProcedurePage(
        title=given["title"],
        slug=given["slug"],
        kind=given["kind"],
        summary=given["summary"],
        responsible=author,
        review_by=given["review_by"],
        sample=True,
        fields=[("field", field(one)) for one in given["fields"]],
        body=[block(*one) for one in (next(iter(each.items())) for each in given["body"])],
    )
    page.roles = Role.objects.filter(slug__in=given.get("roles", []))
    return page


def field(given: dict[str, Any]) -> dict[str, Any]:
    return {"help": "", "example": "", "long": False, **given}


def block(kind: str, value: Any) -> tuple[str, Any]:
    """Return one block of a procedure as its StreamField takes it."""
    if kind == "text":
        return kind, html(value)
    if kind == "rule":
        return kind, {"work": "sample", "citation": value}
    return kind, value
