"""What a backup consists of, as one sealed file that is written last: pure, no Django."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from ground.refusals import Refused
from membersnet.backups.sealing import Part

FORMAT = 1  # raised where an older hub could not read what is written


@dataclass(frozen=True)
class StoredFile:
    """A file of the media storage: bytes, when it was changed (ISO 8601, UTC), SHA-256."""

    size: int
    modified: str
    sha256: str

    @property
    def part(self) -> Part:
        return Part(self.sha256, self.size)


@dataclass(frozen=True)
class Snapshot:
    """What a database held when it was copied: rows by table, and (app, migration) applied."""

    rows: dict[str, int]
    migrations: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Manifest:
    """One backup. Media files by their names in the storage."""

    vendor: str
    database: Part
    snapshot: Snapshot
    files: dict[str, StoredFile] = field(default_factory=dict)
    made: str = field(default_factory=lambda: datetime.datetime.now(datetime.UTC).isoformat())

    def to_json(self) -> bytes:
        return json.dumps({"format": FORMAT, **asdict(self)}).encode()


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest. Raises Refused for one in a format of later versions."""
    found = json.loads(data)
    if found["format"] > FORMAT:
        raise Refused(
            "This backup was made by a newer version of the hub. Nothing was changed. "
            "Install that version, then restore."
        )
    snapshot = found["snapshot"]
    applied = tuple((app, name) for app, name in snapshot["migrations"])
    return Manifest(
        vendor=found["vendor"],
        database=Part(**found["database"]),
        snapshot=Snapshot(snapshot["rows"], applied),
        files={name: StoredFile(**file) for name, file in found["files"].items()},
        made=found["made"],
    )


def refuse_newer(manifest: Manifest, known: Iterable[tuple[str, str]]) -> None:
    """Raise Refused where a backup needs migrations that this version of the hub does not have.

    Apps that are not installed here do not count: some come with a setting.
    """
    known = set(known)
    apps = {app for app, _name in known}
    missing = sorted(
        f"{app} {name}"
        for app, name in manifest.snapshot.migrations
        if app in apps and (app, name) not in known
    )
    if missing:
        raise Refused(
            "This backup was made by a newer version of the hub, which has the migration "
            f"{missing[0]}. Nothing was changed. Install that version, then restore."
        )


def differing_tables(before: dict[str, int], now: dict[str, int]) -> list[str]:
    """Return the tables that do not have as many rows as they had."""
    return sorted(name for name, count in before.items() if now.get(name) != count)
