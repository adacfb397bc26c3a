"""How fast a film arrives in pieces at a real server, and how much memory that takes.

    python -m bench.uploading [--gigabytes 2] [--piece-megabytes 8] [--no-checksum]

Starts gunicorn on a data folder of its own, sends random bytes over this machine's own network,
kills the server half-way, goes on, and compares the SHA-256 of what arrived. Prints one line.
"""

import argparse
import base64
import hashlib
import os
import re
import time
from pathlib import Path

from bench.own_hub import own_hub, sign_in
from bench.server import Server

TUS = {"Tus_Resumable": "1.0.0"}


def peak_memory(group: int) -> float:
    """The largest resident set of a process of the group so far, in megabytes."""
    most = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if os.getpgid(int(status.parent.name)) == group:
                most = max(most, int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]))
        except (OSError, TypeError):
            continue
    return most / 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--gigabytes", type=float, default=2.0)
    options.add_argument("--piece-megabytes", type=int, default=8)
    options.add_argument("--no-checksum", action="store_true")
    chosen = options.parse_args()
    with own_hub() as folder:
        send(folder, Server(sign_in(staff=True)), chosen)


def send(folder: Path, server: Server, chosen: argparse.Namespace) -> None:
    server.start()
    ask, piece = server.ask, os.urandom(chosen.piece_megabytes * 1024**2)
    proof = base64.b64encode(hashlib.sha256(piece).digest()).decode()
    told = TUS if chosen.no_checksum else {**TUS, "Upload_Checksum": f"sha256 {proof}"}
    count = max(2, int(chosen.gigabytes * 1024 / chosen.piece_megabytes))
    url = ask("POST", "/uploads/", **TUS, Upload_Length=str(count * len(piece))).location
    kind, memory, begun = "application/offset+octet-stream", 0.0, time.monotonic()
    for number in range(count):
        if number == count // 2:
            pause, memory = time.monotonic(), peak_memory(server.master.pid)
            server.kill()
            server.start()
            offset = int(ask("HEAD", url, **TUS).headers["Upload-Offset"])
            assert offset == number * len(piece), "the offset after the kill is wrong"
            begun += time.monotonic() - pause
        at = str(number * len(piece))
        answer = ask("PATCH", url, piece, Upload_Offset=at, Content_Type=kind, **told)
        assert answer.status == 204, answer.status
    took, memory = time.monotonic() - begun, max(memory, peak_memory(server.master.pid))
    server.kill()
    [arrived] = (folder / "uploads").glob("*.part")
    begun, digest = time.monotonic(), hashlib.sha256()
    with arrived.open("rb") as file:
        while part := file.read(4 * 1024**2):
            digest.update(part)
    hashing = time.monotonic() - begun
    wanted = hashlib.sha256()
    for _ in range(count):
        wanted.update(piece)
    same = "the same SHA-256" if digest.digest() == wanted.digest() else "ANOTHER SHA-256"
    size = count * len(piece) / 1024**2
    print(
        f"{size:.0f} MB in {took:.1f} s ({size / took:.0f} MB/s), killed once, {same}; "
        f"largest server process {memory:.0f} MB; hashing it {hashing:.1f} s"
    )


if __name__ == "__main__":
    main()
