"""What a backup consists of, written and read, and what a later version wrote."""

import json
import re

import pytest

from ground.refusals import Refused
from membersnet.backups.manifests import (
    Manifest,
    Snapshot,
    StoredFile,
    differing_tables,
    read_manifest,
    refuse_newer,
)
from membersnet.backups.sealing import Part

APPLIED = (("learning", "0001_first"), ("party", "0001_people"))
MANIFEST = Manifest(
    "sqlite",
    Part("ab", 7),
    Snapshot({"member": 2}, APPLIED),
    {"a.mp4": StoredFile(3, "2026-12-01T10:00:00+00:00", "cd")},
)


def newer_by(known):
    """Return the migration that a hub with the `known` ones lacks for the backup, or None."""
    try:
        refuse_newer(MANIFEST, known)
    except Refused as refusal:
        return re.search(r"which has the migration (.+?)\. Nothing was changed", str(refusal))[1]
    return None


def test_a_manifest_is_read_as_it_was_written():
    assert read_manifest(MANIFEST.to_json()) == MANIFEST


def test_a_format_of_later_versions_is_refused():
    later = {**json.loads(MANIFEST.to_json()), "format": 2}
    with pytest.raises(Refused, match="newer version of the hub"):
        read_manifest(json.dumps(later).encode())


@pytest.mark.parametrize("known", [{*APPLIED}, {*APPLIED, ("party", "0002_more")}])
def test_a_backup_of_this_version_or_an_older_one_is_welcome(known):
    assert newer_by(known) is None


def test_a_newer_backup_is_refused_and_says_by_which_migration():
    assert newer_by({("learning", "0001_other"), ("party", "0001_people")}) == "learning 0001_first"


def test_an_app_that_a_setting_brings_does_not_make_a_backup_newer():
    assert newer_by({("party", "0001_people")}) is None
    assert newer_by({("party", "0000_before")}) == "party 0001_people"


def test_tables_with_other_numbers_of_rows_are_named():
    assert differing_tables({"a": 1, "b": 2, "c": 0}, {"a": 1, "b": 3}) == ["b", "c"]
