"""An SQLite file is copied as it is at one moment, and restored whole or not at all."""

import pytest

from ground.refusals import Refused
from membersnet.backups.making import make_backup
from tests.membersnet.backups.hubs import (
    NO_KEYS,
    NOW,
    backup_folder,
    left_in,
    small_hub,
)


@pytest.fixture
def hub(tmp_path):
    return small_hub(tmp_path / "hub")


def test_a_damaged_database_is_not_taken_for_a_backup(hub, tmp_path):
    folder = backup_folder(tmp_path / "backups")
    data = bytearray(hub.database.path.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    hub.database.path.write_bytes(data)
    with pytest.raises(Refused, match=r"damaged|could not be"):
        make_backup(hub, folder, NO_KEYS, NOW)
    assert left_in(folder.path) == []
