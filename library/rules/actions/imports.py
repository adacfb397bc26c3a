"""A file is read into a draft edition: asked for by a librarian, done by a worker."""

import datetime
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from library.rules.actions.importing import free_address, import_edition
from library.rules.actions.works import save_work
from library.rules.models import Edition, RulesImport, Work
from library.rules.models.imports import LOST_AFTER, RulesImportQuerySet
from library.rules.rulebooks.sandboxed import read_in_sandbox
from library.rules.rulebooks.tree import Reading
from party.models import Member

logger = logging.getLogger(__name__)

LARGEST = 20 * 1024 * 1024  # bytes; a rule book of 150 pages as PDF has about two million
KINDS = (".md", ".html", ".htm", ".docx", ".pdf", ".json")  # how the names of files end
MOST_ATTEMPTS = 3  # a file that kills its worker each time must not do so for ever


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
    given.created_at = given.heartbeat_at = now
    given.file.save(f"{uuid4().hex}{Path(name).suffix.lower()}", file, save=True)
    data = {"work": work.slug, "label": label, "file": name}
    log(given, "rules.request_import", user=by, timestamp=now, data=data)
    _enqueue(given, now=now)
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


def perform_import(import_id: int) -> Edition | None:
    """Read a waiting file into a draft; None where there was nothing to do, or it failed.

    What went wrong is a sentence on the import; the file is kept.
    """
    given = _claimed(import_id, now=timezone.now())
    if given is None:
        return None
    try:
        with _file_of(given) as path:
            reading = read_in_sandbox(path, name=given.file_name)
        _mine(given).update(progress=0.7, heartbeat_at=timezone.now())
        return _kept(given, reading, now=timezone.now())
    except Refused as refusal:
        _fail(given, str(refusal))
    except Exception:
        logger.exception("Import %s of a rule book failed.", given.pk)
        _fail(given, _unexpected(given))
    return None


@transaction.atomic
def retry_import(given: RulesImport, *, by: Member | None, now: datetime.datetime) -> RulesImport:
    """Have a file read again that failed, lost its worker, or whose draft was discarded."""
    given = RulesImport.objects.select_for_update(of=("self",)).get(pk=given.pk)
    if not (given.can_be_retried or given.is_lost(now)):
        raise Refused(_("You can read a file again only if it is kept and has no draft."))
    old, given.status = given.status, RulesImport.Status.WAITING
    if old in (RulesImport.Status.FAILED, RulesImport.Status.DONE):
        check_label(given.work, given.label)
    given.reason, given.progress, given.heartbeat_at, given.finished_at = "", 0.0, now, None
    given.save()
    data = {"status": [old, given.status]}
    log(given, "rules.retry_import", user=by, timestamp=now, data=data)
    _enqueue(given, now=now)
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


@transaction.atomic
def take_up_lost_import(import_id: int, *, now: datetime.datetime) -> bool:
    """Begin a reading again whose worker died; say whether it was begun.

    One that shows signs of life is looked at again later.
    """
    given = (
        RulesImport.objects.select_for_update(of=("self",)).under_way().filter(pk=import_id).first()
    )
    if given is None:
        return False
    lost = given.is_lost(now)
    if lost and given.attempts >= MOST_ATTEMPTS:
        _fail(given, _unexpected(given))
        return False
    if lost:
        given.status, given.heartbeat_at = RulesImport.Status.WAITING, now
        given.reason = _("The worker stopped in the middle; the file is read again.")
        given.save(update_fields=["status", "heartbeat_at", "reason"])
    _enqueue(given, now=now, read=lost)
    return lost


def keep_reading(edition: Edition, reading: Reading, *, file_name: str = "") -> RulesImport:
    """Keep beside an edition what it was read from: its source, what was left out, warnings."""
    given, _made = RulesImport.objects.get_or_create(
        edition=edition,
        defaults={
            "work": edition.work,
            "label": edition.label,
            "in_force_from": edition.in_force_from,
            "file_name": file_name,
            "status": RulesImport.Status.DONE,
            "progress": 1.0,
        },
    )
    given.source = [block.as_dict() for block in reading.source]
    given.left_out = [left._asdict() for left in reading.left_out]
    given.warnings = reading.warnings
    given.save(update_fields=["source", "left_out", "warnings"])
    return given


def _check_file(name: str, size: int) -> None:
    if not name.lower().endswith(KINDS):
        raise Refused(
            _("“%(name)s” cannot be read. Choose a file that ends in %(kinds)s.")
            % {"name": name, "kinds": ", ".join(KINDS)}
        )
    if size > LARGEST:
        raise Refused(
            _("“%(name)s” is %(size).1f MB. The limit is 20 MB.")
            % {"name": name, "size": size / 1024**2}
        )


def _enqueue(given: RulesImport, *, now: datetime.datetime, read: bool = True) -> None:
    """Put an import in the queue, and a look at whether its worker lives behind it."""
    from library.rules.tasks import look_after_import, read_rules_file

    if read:
        transaction.on_commit(partial(read_rules_file.enqueue, import_id=given.pk))
    later = look_after_import.using(run_after=now + LOST_AFTER + datetime.timedelta(seconds=1))
    transaction.on_commit(partial(later.enqueue, import_id=given.pk))


@transaction.atomic
def _claimed(import_id: int, *, now: datetime.datetime) -> RulesImport | None:
    """Take a waiting import; `attempts` then names this worker's hold on it."""
    waiting = RulesImport.objects.filter(pk=import_id, status=RulesImport.Status.WAITING)
    taken = waiting.update(
        status=RulesImport.Status.RUNNING,
        attempts=F("attempts") + 1,
        progress=0.1,
        reason="",
        started_at=now,
        heartbeat_at=now,
        finished_at=None,
    )
    return RulesImport.objects.select_related("work", "by").get(pk=import_id) if taken else None


def _mine(given: RulesImport) -> RulesImportQuerySet:
    return RulesImport.objects.filter(
        pk=given.pk, status=RulesImport.Status.RUNNING, attempts=given.attempts
    )


@contextmanager
def _file_of(given: RulesImport) -> Iterator[Path]:
    """Copy the file out of the storage, which may be a bucket, for as long as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"given{Path(given.file_name).suffix.lower()}"
        with given.file.open("rb") as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        yield path


@transaction.atomic
def _kept(given: RulesImport, reading: Reading, *, now: datetime.datetime) -> Edition | None:
    """Write the draft; None where another worker has taken the import up meanwhile."""
    if not _mine(given).select_for_update(of=("self",)).exists():
        return None
    if Edition.objects.filter(work=given.work, slug=free_address(given.work, given.label)).exists():
        raise Refused(
            _("A draft “%(label)s” was made meanwhile and was kept. Discard it, then try again.")
            % {"label": given.label}
        )
    edition = import_edition(
        work=given.work,
        label=given.label,
        in_force_from=given.in_force_from,
        tree=reading.tree,
        introduction=reading.introduction,
        by=given.by,
        now=now,
    )
    _mine(given).update(edition=edition)
    keep_reading(edition, reading)
    _mine(given).update(
        status=RulesImport.Status.DONE, progress=1.0, finished_at=now, heartbeat_at=now
    )
    return edition


def _fail(given: RulesImport, sentence: str) -> None:
    failed = RulesImport.objects.under_way().filter(pk=given.pk, attempts=given.attempts)
    failed.update(status=RulesImport.Status.FAILED, reason=sentence, finished_at=timezone.now())


def _unexpected(given: RulesImport) -> str:
    return _(
        "Something unexpected went wrong. The file is kept and no draft was made. Try it again; if "
        "that fails too, tell the person who runs the site: the log says more at import %(number)s."
    ) % {"number": given.pk}
