"""A hub of a program's own: empty tables and a folder, which go afterwards."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_hub(*, keep: bool = False, **variables: str) -> Iterator[Path]:
    """Set a hub up in a new folder, for this process and those that it starts; yield the folder.

    `variables` are further ones of the environment, such as DATABASE_URL. With `keep` the folder
    stays. May be entered once in a process.
    """
    folder = Path(tempfile.mkdtemp(prefix="membersnet-bench-"))
    (folder / "static").mkdir()  # WhiteNoise warns where it is missing
    os.environ.update(
        DJANGO_SETTINGS_MODULE="membersnet.settings",
        EMAIL_URL="consolemail://",
        MEMBERSNET_DATA_DIR=str(folder),
        MEMBERSNET_HTTPS="0",
        MEMBERSNET_LOG_LEVEL="ERROR",
        MEMBERSNET_SECRET_KEY="only-for-the-bench-" + "x" * 40,
        **variables,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to end"))  # and what is below tidies up
    try:
        _make_tables()
        yield folder
    finally:
        if keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _make_tables() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    # Pages that this process draws itself need no collected files.
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"] = {"BACKEND": plain}
    django.setup()
    from tests import databases

    # Migrations take longer than some programs: what the tests made once is copied.
    made = databases.cache() / f"{databases.digest_of(*databases.MADE_FROM)}.sqlite3"
    if "DATABASE_URL" not in os.environ and made.exists():
        databases.connection.ensure_connection()
        databases.restore(made)
        return
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def sign_in(*, staff: bool = False) -> str:
    """Return the session of a new member, or of a superuser."""
    from django.test import Client

    from party.models import Member

    make = Member.objects.create_superuser if staff else Member.objects.create_user
    client = Client()
    client.force_login(make("bench@members.example", "x"))
    return client.cookies["sessionid"].value
