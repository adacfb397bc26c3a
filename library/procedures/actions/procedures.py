"""What may change a procedure's versions, and what must follow when its page changes."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from ground.refusals import Refused
from library.procedures.models import ProcedurePage, ProcedureVersion
from library.procedures.outline import text_of
from library.procedures.sources import PROCEDURES
from library.rules.actions.citing_texts import replace_citations
from party.models import Member
from search.actions.changes import mark_changed


@transaction.atomic
def issue_version(
    page: ProcedurePage, *, note: str, by: Member | None, now: datetime.datetime
) -> ProcedureVersion:
    """Freeze what is published as the next version, for today's audience, with a note.

    Raises Refused where nothing is published, where neither words nor audience changed, and where a
    later version comes without its note.
    """
    page = ProcedurePage.objects.select_for_update().get(pk=page.pk)
    before = page.versions.first()
    revision = page.live_revision
    if not page.live or revision is None:
        raise Refused(_("“%(page)s” cannot be issued. Publish it first.") % {"page": page})
    if before:
        _check_changed(page, before, note=note)
    version = page.versions.create(
        number=before.number + 1 if before else 1,
        revision=revision,
        title=page.title,
        text=text_of(page.lines()),
        note=note.strip(),
        audience=sorted(page.readers()),
        issued_at=now,
        issued_by=by,
    )
    data = {"number": version.number, "note": version.note}
    log(page, "procedures.issue", user=by, timestamp=now, revision=revision, data=data)
    mark_changed(PROCEDURES, [str(page.pk)])
    return version


def _check_changed(page: ProcedurePage, before: ProcedureVersion, *, note: str) -> None:
    if not page.changed_since(before) and before.audience == sorted(page.readers()):
        raise Refused(
            _(
                "No version was issued: “%(page)s” has not changed since version %(number)s. "
                "Publish your changes first."
            )
            % {"page": page, "number": before.number}
        )
    if not note.strip():
        raise Refused(
            _("No version was issued. Say what changed, for people who know the version before.")
        )


def procedure_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Do what follows when a page was published or unpublished: search and citations.

    Listens to Wagtail's signals, inside the transaction that changed the page (docs/signals.md).
    """
    if not isinstance(instance, ProcedurePage):
        return
    mark_changed(PROCEDURES, [str(instance.pk)])
    _tell_citations(instance, instance.citations() if instance.live else [])


def procedure_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Do what follows when a page is gone, perhaps with the one above it."""
    if not isinstance(instance, ProcedurePage):
        return
    mark_changed(PROCEDURES, [str(instance.pk)])
    _tell_citations(instance, [])


def _tell_citations(page: ProcedurePage, citations: list[tuple[str, str]]) -> None:
    replace_citations(
        kind=PROCEDURES,
        key=str(page.pk),
        title=page.title,
        url=page.get_absolute_url(),
        edit_url=page.get_edit_url(),
        audience=page.readers(),
        owner=page.responsible or page.owner,
        citations=citations,
    )
