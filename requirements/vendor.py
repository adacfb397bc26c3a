"""Fetch the vendored front-end parts again, exactly as requirements/vendor.json locks them.

Needs npm, which users of the hub do not: the parts are committed. Run `make vendor` after changing
a version; with `--relock` the new archive's integrity is written down instead of checked.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "vendor.json"


def integrity(archive: Path) -> str:
    """Return an archive's subresource integrity: sha512, base64."""
    return "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()


def fetch(name: str, version: str, folder: Path) -> Path:
    """Download one package's archive with the ordinary npm client."""
    out = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return folder / out.stdout.strip().splitlines()[-1]


def without_source_map(content: bytes) -> bytes:
    """Drop a closing pointer to a source map, which is not vendored and would not be found."""
    body, mark, tail = content.rpartition(b"//# sourceMappingURL=")
    return body if mark and b"\n" not in tail.strip() else content


def main(relock: bool) -> int:
    parts = json.loads(LOCK.read_text())
    for part in parts:
        with tempfile.TemporaryDirectory() as folder:
            archive = fetch(part["name"], part["version"], Path(folder))
            found = integrity(archive)
            if relock:
                part["integrity"] = found
            elif part["integrity"] != found:
                print(f"{part['name']} {part['version']}: the archive is not the one locked.")
                return 1
            with tarfile.open(archive) as tar:
                for inside, target in part["files"].items():
                    member = tar.extractfile(f"package/{inside}")
                    assert member is not None, f"{part['name']} has no {inside}"
                    path = ROOT / target
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(without_source_map(member.read()))
        print(f"{part['name']} {part['version']}: {len(part['files'])} files")
    LOCK.write_text(json.dumps(parts, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main("--relock" in sys.argv))
