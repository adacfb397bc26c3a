"""What there is to back up, and with what it is sealed."""

import stat

import pytest
from django.db import connection

from ground.refusals import Refused
from membersnet.backups.hub import known_migrations, packed_keys, passphrase, this_hub, unpack_keys


@pytest.fixture(autouse=True)
def no_passphrase(monkeypatch):
    for name in ("MEMBERSNET_BACKUP_PASSPHRASE", "MEMBERSNET_BACKUP_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_the_passphrase_comes_from_the_environment_or_from_the_file_it_names(monkeypatch, tmp_path):
    monkeypatch.setenv("MEMBERSNET_BACKUP_PASSPHRASE", "a long passphrase")
    assert passphrase() == "a long passphrase"
    (tmp_path / "secret").write_text("another passphrase\n")
    monkeypatch.setenv("MEMBERSNET_BACKUP_PASSPHRASE_FILE", str(tmp_path / "secret"))
    assert passphrase() == "another passphrase"


def test_without_a_passphrase_or_with_a_short_one_nothing_is_begun(monkeypatch):
    with pytest.raises(Refused, match=r"at least 12 characters\. Nothing was changed"):
        passphrase()
    monkeypatch.setenv("MEMBERSNET_BACKUP_PASSPHRASE", "short")
    with pytest.raises(Refused, match="at least 12 characters"):
        passphrase()


def test_a_passphrase_file_that_cannot_be_read_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("MEMBERSNET_BACKUP_PASSPHRASE_FILE", str(tmp_path / "gone"))
    with pytest.raises(Refused, match=r"cannot be read from .*gone"):
        passphrase()


def test_keys_and_settings_come_back_readable_by_their_owner_alone(monkeypatch, tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    (tmp_path / "data" / "keys").mkdir(parents=True)
    (tmp_path / "data" / "keys" / "certificates").write_bytes(b"signing key")
    settings.SECRET_KEY = "it's secret"
    monkeypatch.setenv("EMAIL_URL", "smtp://user:pass word@mail")
    monkeypatch.setenv("MEMBERSNET_BACKUP_PASSPHRASE", "a long passphrase")
    unpack_keys(packed_keys(), tmp_path / "restored")
    path = tmp_path / "restored" / "environment"
    environment = path.read_text()
    assert "EMAIL_URL='smtp://user:pass word@mail'\n" in environment
    assert """MEMBERSNET_SECRET_KEY='it'"'"'s secret'\n""" in environment
    assert "a long passphrase" not in environment
    assert (tmp_path / "restored" / "keys" / "certificates").read_bytes() == b"signing key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_this_hub_is_the_one_of_the_settings():
    assert this_hub().database.vendor == connection.vendor


def test_the_migrations_of_this_version_are_known():
    assert ("party", "0001_people_places_notices") in known_migrations()
