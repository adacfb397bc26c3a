"""What a backup consists of, written and read, and what a later version wrote."""

import json

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


def test_a_manifest_is_read_as_it_was_written():
    assert read_manifest(MANIFEST.to_json()) == MANIFEST


def test_a_format_of_later_versions_is_refused():
    later = {**json.loads(MANIFEST.to_json()), "format": 2}
    with pytest.raises(Refused, match="newer version of the hub"):
        read_manifest(json.dumps(later).encode())


def test_an_older_backup_is_welcome_and_a_newer_one_is_refused_by_name():
    refuse_newer(MANIFEST, {*APPLIED, ("party", "0002_more")})
    with pytest.raises(Refused, match="has the migration learning 0001_first"):
        refuse_newer(MANIFEST, {("learning", "0001_other"), ("party", "0001_people")})


def test_an_app_that_a_setting_brings_does_not_make_a_backup_newer():
    refuse_newer(MANIFEST, {("party", "0001_people")})


def test_tables_with_other_numbers_of_rows_are_named():
    assert differing_tables({"a": 1, "b": 2, "c": 0}, {"a": 1, "b": 3}) == ["b", "c"]
