"""Files that librarians give to be read into draft editions: kept, read again, taken back."""

import datetime
import math
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.jobs.models import database_now
from ground.jobs.queue import enqueue, is_queued
from ground.jobs.transitions import requeue_lost, restart
from ground.refusals import Refused
from library.rules.actions.drafts import free_address
from library.rules.actions.import_worker import give_up
from library.rules.actions.works import save_work
from library.rules.models import Edition, RulesImport, Work
from library.rules.tasks import read_rules_file
from party.models import Member

LARGEST = 20 * 1024 * 1024  # bytes; a rule book of 150 pages as PDF has about two million
KINDS = (".md", ".html", ".htm", ".docx", ".pdf", ".json")  # how the names of files end


@transaction.atomic
def request_import(
    *,
    work: Work,
    label: str,
    in_force_from: datetime.date,
    file: File,
    by: Member | None,
    now: datetime.datetime,
) -> RulesImport:
    """Keep a file and have a worker read it into a draft; a new work is saved first.

    Raises Refused for a file of another kind or above 20 MB, and for a label that is taken;
    ValidationError for a new work that cannot be saved.
    """
    name = Path(file.name or "").name
    _check_file(name, file.size)
    if work._state.adding:
        save_work(work, by=by, now=now)
    check_label(work, label)
    given = RulesImport(
        work=work, label=label, in_force_from=in_force_from, file_name=name[-255:], by=by
    )
    given.created_at = now
    given.file.save(f"{uuid4().hex}{Path(name).suffix.lower()}", file, save=True)
    data = {"work": work.slug, "label": label, "file": name}
    log(given, "rules.request_import", user=by, timestamp=now, data=data)
    enqueue(given, read_rules_file)
    return given


def check_label(work: Work, label: str) -> None:
    """Raise Refused where a label cannot be an edition's, or a draft or another file has it."""
    slug = free_address(work, label)
    if Edition.objects.filter(work=work, slug=slug).exists():
        raise Refused(
            _(
                "There is a draft “%(label)s” of %(work)s already, and it was kept. Discard it "
                "first, or choose another label."
            )
            % {"label": label, "work": work}
        )
    if RulesImport.objects.under_way().filter(work=work, label=label).exists():
        raise Refused(
            _("A file is already being read as “%(label)s” of %(work)s. Choose another label.")
            % {"label": label, "work": work}
        )


@transaction.atomic
def retry_import(given: RulesImport, *, by: Member | None, now: datetime.datetime) -> RulesImport:
    """Have a file read again that failed, lost its worker, or whose draft was discarded."""
    given = RulesImport.objects.select_for_update(of=("self",)).get(pk=given.pk)
    if not (given.can_be_retried or given.is_lost(now)):
        raise Refused(_("You can read a file again only if it is kept and has no draft."))
    old = given.status
    if old in (RulesImport.Status.FAILED, RulesImport.Status.DONE):
        check_label(given.work, given.label)
    restart(given)
    data = {"status": [old, given.status]}
    log(given, "rules.retry_import", user=by, timestamp=now, data=data)
    enqueue(given, read_rules_file)
    return given


@transaction.atomic
def remove_import(given: RulesImport, *, by: Member | None, now: datetime.datetime) -> None:
    """Take a file back. Where it made an edition, what was read of it stays beside that.

    Raises Refused while it is being read.
    """
    given = RulesImport.objects.select_for_update(of=("self",)).get(pk=given.pk)
    if given.status == RulesImport.Status.RUNNING and not given.is_lost(now):
        raise Refused(_("The file is being read. You can remove it when that has finished."))
    log(given, "rules.remove_import", user=by, timestamp=now, data={"file": given.file_name})
    if given.file.name:
        transaction.on_commit(partial(default_storage.delete, given.file.name))
    if given.edition_id is None:
        given.delete()
    else:
        given.file = ""
        given.save(update_fields=["file"])


@transaction.atomic
def discard_draft(edition: Edition, *, by: Member | None, now: datetime.datetime) -> None:
    """Delete a draft with all its provisions; the file it was read from is kept.

    Raises Refused for a published edition.
    """
    edition = (
        Edition.objects.select_for_update(of=("self",)).select_related("work").get(pk=edition.pk)
    )
    if edition.status != Edition.Status.DRAFT:
        raise Refused(_("%(edition)s is published and was kept.") % {"edition": edition})
    data = {"work": edition.work.slug, "label": edition.label}
    log(edition, "rules.discard", user=by, timestamp=now, data=data)
    RulesImport.objects.filter(edition=edition, file="").delete()
    RulesImport.objects.filter(edition=edition).update(
        reason=_("The draft was discarded. You can read the file again."), finished_at=now
    )
    edition.delete()


def requeue_lost_imports(now: datetime.datetime | None = None) -> int:
    """Queue the imports that nobody is reading any more; returns how many.

    `now` is the database’s.
    """
    now = now or database_now()
    lost = requeue_lost(RulesImport.objects.all(), now, give_up=give_up)
    stranded = [one for one in RulesImport.objects.stranded(now) if not is_queued(one)]
    for given in {*lost, *stranded}:
        enqueue(given, read_rules_file)
    return len({*lost, *stranded})


def _check_file(name: str, size: int) -> None:
    if not name.lower().endswith(KINDS):
        raise Refused(
            _("“%(name)s” cannot be read. Choose a file that ends in %(kinds)s.")
            % {"name": name, "kinds": ", ".join(KINDS)}
        )
    if size > LARGEST:
        raise Refused(
            _("“%(name)s” is %(size).1f MB. The limit is 20 MB.")
            % {"name": name, "size": math.ceil(size / 1024**2 * 10) / 10}
        )
