"""Fetch the vendored front-end parts again, exactly as requirements/vendor.json locks them.

Needs npm, which users of the hub do not: the parts are committed. Run `make vendor` after changing
a version; with `--relock` the new archive's integrity is written down instead of checked.

A part with a `bundle` is built: the packages in its folder's `package-lock.json` (npm checks their
integrity), put into one file by esbuild. Its integrity is that of the file that comes out.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

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


def unpacked(part: dict[str, Any], folder: Path) -> tuple[str, dict[str, bytes]]:
    """Return a package's integrity and, by where they go, the files that are wanted of it."""
    archive = fetch(part["name"], part["version"], folder)
    with tarfile.open(archive) as tar:
        found = {}
        for inside, target in part["files"].items():
            member = tar.extractfile(f"package/{inside}")
            assert member is not None, f"{part['name']} has no {inside}"
            found[target] = without_source_map(member.read())
    return integrity(archive), found


def bundled(part: dict[str, Any], folder: Path) -> tuple[str, dict[str, bytes]]:
    """Return the integrity of one file built of several packages, that file, and their licences."""
    for name in ("package.json", "package-lock.json", part["bundle"]["entry"]):
        shutil.copy(LOCK.parent / part["bundle"]["folder"] / name, folder)
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
    out, meta = folder / "bundle.js", folder / "meta.json"
    subprocess.run(
        [
            folder / "node_modules" / ".bin" / "esbuild",
            part["bundle"]["entry"],
            *("--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8"),
            *("--legal-comments=none", "--log-level=warning"),
            *(f"--outfile={out}", f"--metafile={meta}"),
        ],
        cwd=folder,
        check=True,
    )
    inputs = json.loads(meta.read_text())["inputs"]
    packages = sorted({_package(name) for name in inputs if name.startswith("node_modules/")})
    licences = [
        f"{name}\n\n{(folder / 'node_modules' / name / 'LICENSE').read_text().strip()}\n"
        for name in packages
    ]
    files = {part["bundle"]["file"]: out.read_bytes()}
    files[part["bundle"]["licences"]] = "\n---\n\n".join(licences).encode()
    return integrity(out), files


def _package(path: str) -> str:
    """Return the name of the package that a file of `node_modules` belongs to."""
    steps = path.split("/")[1:]
    return "/".join(steps[: 2 if steps[0].startswith("@") else 1])


def main(relock: bool) -> int:
    parts = json.loads(LOCK.read_text())
    for part in parts:
        with tempfile.TemporaryDirectory() as folder:
            found, files = (bundled if "bundle" in part else unpacked)(part, Path(folder))
        if relock:
            part["integrity"] = found
        elif part["integrity"] != found:
            print(f"{part['name']} {part['version']}: the archive is not the one locked.")
            return 1
        for target, content in files.items():
            path = ROOT / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        print(f"{part['name']} {part['version']}: {len(files)} files")
    LOCK.write_text(json.dumps(parts, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main("--relock" in sys.argv))
