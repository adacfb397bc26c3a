"""Reads a file that a librarian gave into a draft edition; a worker does it, in its own time."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from ground.jobs.leases import Lease, LeaseLostError, claim, held
from ground.jobs.transitions import fail, finish, give_back, retry_later
from ground.refusals import Refused
from library.rules.actions.drafts import free_address, import_edition
from library.rules.models import Edition, RulesImport
from library.rules.rulebooks.sandboxed import read_in_sandbox
from library.rules.rulebooks.tree import Reading

logger = logging.getLogger(__name__)


def perform_import(import_id: int) -> Edition | None:
    """Read a waiting file into a draft; None where there was nothing to do, or it failed.

    What went wrong is a sentence on the import; the file is kept. Doing it twice does no harm.
    """
    given = claim(RulesImport.objects.due(), import_id)
    if given is None:
        return None
    try:
        with Lease(given) as lease, lease.interrupting():
            return _read(given, lease)
    except LeaseLostError:
        logger.warning("Import %s went to another worker or away; nothing kept.", given.pk)
    except (KeyboardInterrupt, SystemExit):
        give_back(given)
        raise
    except Refused as refusal:
        _fail(given, str(refusal))
    except Exception:
        logger.exception("Import %s of a rule book failed.", given.pk)
        _try_later(given)
    return None


def give_up(given: RulesImport) -> None:
    """Fail an import that has lost its worker each time."""
    fail(given, _unexpected(given))


def source_of(edition: Edition) -> RulesImport:
    """Return what an edition was read from; made now where it came from no file given here."""
    found = RulesImport.objects.filter(edition=edition).first()
    return found or RulesImport.objects.create(
        work=edition.work,
        edition=edition,
        label=edition.label,
        in_force_from=edition.in_force_from,
        status=RulesImport.Status.DONE,
        progress=1.0,
    )


def store_source(edition: Edition, reading: Reading, *, file_name: str = "") -> RulesImport:
    """Keep beside an edition what it was read from: its source, what was left out, warnings."""
    given = source_of(edition)
    given.file_name = given.file_name or file_name
    _store(given, reading)
    given.save()
    return given


def _store(given: RulesImport, reading: Reading) -> None:
    given.source = [block.as_dict() for block in reading.source]
    given.left_out = [left._asdict() for left in reading.left_out]
    given.warnings = reading.warnings


def _read(given: RulesImport, lease: Lease) -> Edition:
    lease.progress(0.1)
    with _file_of(given) as path:
        reading = read_in_sandbox(path, name=given.file_name)
    lease.progress(0.7)
    with held(given) as fresh:
        return _keep(fresh, reading)


def _keep(given: RulesImport, reading: Reading) -> Edition:
    """Write the draft, and the import as done."""
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
        now=timezone.now(),
    )
    given.edition = edition
    _store(given, reading)
    finish(given)
    return edition


def _fail(given: RulesImport, sentence: str) -> None:
    with suppress(LeaseLostError), held(given) as fresh:
        fail(fresh, sentence)


def _try_later(given: RulesImport) -> None:
    sentence = _unexpected(given)
    with suppress(LeaseLostError), held(given) as fresh:
        if not retry_later(fresh, sentence):
            fail(fresh, sentence)


@contextmanager
def _file_of(given: RulesImport) -> Iterator[Path]:
    """Copy the file out of the storage, which may be a bucket, for as long as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"given{Path(given.file_name).suffix.lower()}"
        with given.file.open("rb") as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        yield path


def _unexpected(given: RulesImport) -> str:
    return _(
        "Something unexpected went wrong. The file is kept and no draft was made. Try it again; if "
        "that fails too, tell the person who runs the site: the log says more at import %(number)s."
    ) % {"number": given.pk}
