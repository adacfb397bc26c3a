"""What tests of procedures do to a page: reword it, and issue it."""

from django.utils import timezone

from library.procedures.actions.procedures import issue_version
from library.procedures.models import ProcedurePage, ProcedureVersion

NOW = timezone.now()


def reword(page: ProcedurePage, **fields) -> ProcedurePage:
    """Publish a page with other values, as its editor does."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


def issue(page: ProcedurePage, note: str = "", by=None) -> ProcedureVersion:
    return issue_version(page, note=note, by=by, now=NOW)
