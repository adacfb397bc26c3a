"""A hub is backed up and restored with the two commands, and comes back in this version."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.conftest import ROOT
from tests.factories.party import MemberFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),  # the copy is made of what is committed
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the restore drill does the rest"),
]
PASSPHRASE = "correct horse battery staple"


def manage(
    data: Path, *arguments: str, **variables: str | None
) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "MEMBERSNET_DATA_DIR": str(data),
        "MEMBERSNET_BACKUP_PASSPHRASE": PASSPHRASE,
        "DATABASE_URL": f"sqlite:///{data}/hub.sqlite3",
        "DJANGO_SETTINGS_MODULE": "membersnet.settings",
        **variables,
    }
    environment = {name: value for name, value in environment.items() if value is not None}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)


@pytest.fixture
def hub(tmp_path):
    """The data folder of an earlier version, which knew no descriptions of pictures."""
    data = tmp_path / "hub"
    (data / "media").mkdir(parents=True)
    (data / "media" / "badge.png").write_bytes(b"a picture")
    MemberFactory(email="ada@members.example")
    with closing(sqlite3.connect(data / "hub.sqlite3")) as file:
        connection.connection.backup(file)
        file.execute("ALTER TABLE wagtailimages_image DROP COLUMN description")
        file.execute("DELETE FROM django_migrations WHERE name = '0027_image_description'")
        file.commit()
    return data


def test_an_older_hub_is_backed_up_and_restored_into_this_version(hub, tmp_path):
    backups, place = tmp_path / "backups", tmp_path / "place"
    made = manage(hub, "backup", str(backups))
    assert made.stderr == ""
    assert "Backup made and tried by restoring it" in made.stdout
    assert "1 media files of 9\xa0bytes, 1 of them new." in made.stdout
    assert "age -d identity.age > identity" in (backups / "README.txt").read_text()
    restored = manage(place, "restore", str(backups), MEMBERSNET_SECRET_KEY=None, EMAIL_URL=None)
    assert restored.stderr == ""
    assert (place / "media" / "badge.png").read_bytes() == b"a picture"
    with closing(sqlite3.connect(place / "hub.sqlite3")) as file:
        assert file.execute("SELECT email FROM party_member").fetchall() == [
            ("ada@members.example",)
        ]
        assert file.execute("SELECT description FROM wagtailimages_image").fetchall() == []
    environment = (place / "restored" / "environment").read_text()
    assert f"MEMBERSNET_SECRET_KEY={settings.SECRET_KEY}\n" in environment
    assert PASSPHRASE not in environment

    again = manage(place, "restore", str(backups))
    assert again.returncode == 1
    assert again.stderr.startswith(f"CommandError: There are tables in {place}/hub.sqlite3")
    other = manage(hub, "backup", str(backups), MEMBERSNET_BACKUP_PASSPHRASE="not the passphrase")
    assert other.returncode == 1
    assert other.stderr.startswith("CommandError: The passphrase does not open identity.age")
