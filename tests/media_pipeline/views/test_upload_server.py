"""A film goes on arriving where it stopped when the server was killed and started again."""

import hashlib
import http.client
import os
import signal
import subprocess
import sys
import time
from http import HTTPStatus
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from media_pipeline.models import Upload
from media_pipeline.views.uploads import PIECE
from tests.browser.demonstration import free_port
from tests.media_pipeline.views.test_uploads import BYTES, VERSION, encoded, proof

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[3]
FILM = os.urandom(3_000_000)


class Server:
    """A real gunicorn on a copy of the test's database."""

    def __init__(self, folder: Path, cookies: str) -> None:
        self.folder, self.cookies, self.port = folder, cookies, free_port()

    def start(self) -> None:
        environment = {
            **os.environ,
            "MEMBERSNET_DATA_DIR": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.folder / 'hub.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "membersnet.settings",
        }
        command = [sys.executable, "-m", "gunicorn", "membersnet.wsgi", "--threads", "4"]
        with (self.folder / "web.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--bind", f"127.0.0.1:{self.port}", "--no-control-socket"],
                cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + 300  # reached only where the server never answers
        while True:
            try:
                assert self.ask("OPTIONS", "/uploads/").status == HTTPStatus.NO_CONTENT
                return
            except (OSError, http.client.HTTPException):
                assert self.process.poll() is None, (self.folder / "web.log").read_text()
                assert time.monotonic() < until
                time.sleep(0.05)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def connect(self) -> http.client.HTTPConnection:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.connect()
        return line

    def headers(self, **more: str) -> dict[str, str]:
        told = {**VERSION, "Cookie": self.cookies, "X-CSRFToken": "a" * 32}
        return {**told, **{name.replace("_", "-"): value for name, value in more.items()}}

    def ask(self, verb: str, url: str, body: bytes = b"", **headers: str):
        line = self.connect()
        line.request(verb, url, body=body or None, headers=self.headers(**headers))
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer


@pytest.fixture
def server(transactional_db, editor, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the server of this test is given a copy of an SQLite database")
    signed_in = Client()
    signed_in.force_login(editor)
    cookies = f"csrftoken={'a' * 32}; sessionid={signed_in.cookies['sessionid'].value}"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "hub.sqlite3")])
    running = Server(tmp_path, cookies)
    running.start()
    yield running
    running.kill()


def send_half(server: Server, url: str, offset: int, piece: bytes) -> http.client.HTTPConnection:
    """Announce a piece, send half of it, and leave the line open once that is on the disk."""
    line = server.connect()
    line.putrequest("PATCH", url)
    told = server.headers(Upload_Offset=str(offset), Content_Type=BYTES, **proofs(piece, offset))
    for name, value in {**told, "Content-Length": str(len(piece))}.items():
        line.putheader(name, value)
    line.endheaders()
    line.send(piece[: len(piece) // 2])
    [part] = (server.folder / "uploads").glob("*.part")
    until = time.monotonic() + 300  # reached only where nothing arrives
    while part.stat().st_size < offset + len(piece) // 2 - PIECE:
        assert time.monotonic() < until
        time.sleep(0.02)
    return line


def proofs(piece: bytes, offset: int) -> dict[str, str]:
    """The first piece goes without a checksum, so that what arrived of it counts."""
    return proof(piece) if offset else {}


def test_a_server_killed_in_mid_upload_is_resumed_to_the_same_checksum(server, tmp_path):
    told = {
        "Upload_Length": str(len(FILM)),
        "Upload_Metadata": f"filename {encoded('film.mp4')}",
    }
    begun = server.ask("POST", "/uploads/", **told)
    assert begun.status == HTTPStatus.CREATED
    url = begun.headers["Location"]

    _open = send_half(server, url, 0, FILM[:1_000_000])
    server.kill()
    server.start()
    offset = int(server.ask("HEAD", url).headers["Upload-Offset"])
    assert 400_000 < offset <= 500_000  # without a checksum all that was written counts

    _open = send_half(server, url, offset, FILM[offset : offset + 1_000_000])
    busy = server.ask("PATCH", url, b"x", Upload_Offset=str(offset), Content_Type=BYTES)
    assert busy.status == HTTPStatus.LOCKED
    server.kill()
    server.start()
    assert int(server.ask("HEAD", url).headers["Upload-Offset"]) == offset  # unproven, so not kept

    while offset < len(FILM):
        piece = FILM[offset : offset + 700_000]
        told = {"Upload_Offset": str(offset), "Content_Type": BYTES, **proof(piece)}
        answer = server.ask("PATCH", url, piece, **told)
        assert answer.status == HTTPStatus.NO_CONTENT
        offset = int(answer.headers["Upload-Offset"])
    [whole] = (tmp_path / "uploads").glob("*.part")
    assert hashlib.sha256(whole.read_bytes()).digest() == hashlib.sha256(FILM).digest()
    assert not Upload.objects.exists()  # the server's own database has the row
