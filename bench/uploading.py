"""How fast a film arrives in pieces at a real server, and how much memory that takes.

    python -m bench.uploading [--gigabytes 2] [--piece-megabytes 8] [--no-checksum]

Starts gunicorn on a data folder of its own, sends random bytes over this machine's own network,
kills the server half-way, goes on, and compares the SHA-256 of what arrived. Prints one line.
"""

import argparse
import base64
import hashlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TUS = {"Tus-Resumable": "1.0.0", "X-CSRFToken": "a" * 32}
SIGN_IN = """
from django.test import Client
from party.models import Member
client = Client()
client.force_login(Member.objects.create_superuser("bench@members.example", "x"))
print("session=" + client.cookies["sessionid"].value)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PORT = free_port()


def environment(folder: Path) -> dict[str, str]:
    own = {"MEMBERSNET_SECRET_KEY": "only-for-the-bench-" + "x" * 40, "MEMBERSNET_HTTPS": "0"}
    return {**os.environ, **own, "MEMBERSNET_DATA_DIR": str(folder), "EMAIL_URL": "consolemail://"}


def manage(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(folder), check=True, capture_output=True, text=True
    )
    return done.stdout


def serve(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gunicorn", "membersnet.wsgi", "--threads", "4"]
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{PORT}", "--no-control-socket", "--log-level", "warning"],
        cwd=ROOT,
        env=environment(folder),
        start_new_session=True,
    )
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if ask("OPTIONS", "/uploads/").status == 204:
                return server
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    raise SystemExit("The server did not start within a minute.")


def ask(verb: str, url: str, body: bytes | None = None, **headers: str):
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    line.request(verb, url, body=body, headers={**TUS, **told})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer


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
    with tempfile.TemporaryDirectory() as name:
        send(Path(name), chosen)


def send(folder: Path, chosen: argparse.Namespace) -> None:
    manage(folder, "migrate", "--verbosity", "0")
    manage(folder, "createcachetable")
    session = re.search(r"session=(\w+)", manage(folder, "shell", "-c", SIGN_IN))[1]
    TUS["Cookie"] = f"csrftoken={'a' * 32}; sessionid={session}"
    server, piece = serve(folder), os.urandom(chosen.piece_megabytes * 1024**2)
    proof = base64.b64encode(hashlib.sha256(piece).digest()).decode()
    told = {} if chosen.no_checksum else {"Upload_Checksum": f"sha256 {proof}"}
    count = max(2, int(chosen.gigabytes * 1024 / chosen.piece_megabytes))
    url = ask("POST", "/uploads/", Upload_Length=str(count * len(piece))).headers["Location"]
    kind, memory, begun = "application/offset+octet-stream", 0.0, time.monotonic()
    for number in range(count):
        if number == count // 2:
            pause, memory = time.monotonic(), peak_memory(server.pid)
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            server = serve(folder)
            offset = int(ask("HEAD", url).headers["Upload-Offset"])
            assert offset == number * len(piece), "the offset after the kill is wrong"
            begun += time.monotonic() - pause
        at = str(number * len(piece))
        answer = ask("PATCH", url, piece, Upload_Offset=at, Content_Type=kind, **told)
        assert answer.status == 204, answer.status
    took, memory = time.monotonic() - begun, max(memory, peak_memory(server.pid))
    os.killpg(server.pid, signal.SIGKILL)
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
