"""A trouble of the machine's is told from an error of the hub's own."""

import errno

import pytest
from django.db import IntegrityError, InternalError, OperationalError

from ground.outages import AWAY, BUSY, FULL, READ_ONLY, outage_of


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (OperationalError("database or disk is full"), FULL),
        (OperationalError("disk I/O error"), FULL),
        (OperationalError('could not extend file "base/1": No space left on device'), FULL),
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), FULL),
        (OperationalError("database is locked"), BUSY),
        (OperationalError("canceling statement due to lock timeout"), BUSY),
        (OperationalError("attempt to write a readonly database"), READ_ONLY),
        (InternalError("cannot execute UPDATE in a read-only transaction"), READ_ONLY),
        (OSError(errno.EROFS, "Read-only file system"), READ_ONLY),
        (OperationalError("connection refused"), AWAY),
        (InternalError("current transaction is aborted"), None),
        (IntegrityError("the name “locked” is taken"), None),
        (FileNotFoundError(errno.ENOENT, "No such file"), None),
        (ValueError("ours"), None),
        (None, None),
    ],
)
def test_each_error_has_its_outage_or_none(error, outage):
    assert outage_of(error) is outage


def test_the_trouble_beneath_an_error_counts():
    error = RuntimeError("The picture could not be kept")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert outage_of(error) is FULL


def test_who_sent_something_reads_that_nothing_was_changed_and_where_their_text_is():
    told = BUSY.told(writing=True)
    assert "Nothing was changed. What you typed is still in your browser" in told
    assert "Nothing was changed" not in BUSY.told(writing=False)
