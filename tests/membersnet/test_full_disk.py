"""The hub on a disk that is really full, really locked and really read-only.

Needs to mount a small disk: root, and a kernel that allows it; skipped elsewhere.
"""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.conftest import ROOT
from tests.factories.courses import make_course
from tests.factories.party import MemberFactory
from tests.media_pipeline.real_workers import wait_until

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a disk of SQLite's"),
]
PAGES = ["/", "/courses/", "/rules/", "/facts/", "/procedures/", "/notices/", "/search/?q=rule"]


@pytest.fixture
def disk(tmp_path):
    """A disk of 64 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "membersnet", str(place)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine allows no disk to be mounted (it takes root)")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


class Hub:
    """A hub whose data folder is on the small disk, and a member who is signed in."""

    def __init__(self, disk: Path, cookie: str) -> None:
        self.disk, self.data, self.cookie = disk, disk / "data", cookie
        self.database = self.data / "hub.sqlite3"
        self.environment = {
            **os.environ,
            "MEMBERSNET_DATA_DIR": str(self.data),
            "MEMBERSNET_SECRET_KEY": settings.SECRET_KEY,
            "DJANGO_SETTINGS_MODULE": "membersnet.settings",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "MEMBERSNET_HTTPS": "0",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        serve = ["-m", "gunicorn", "membersnet.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [sys.executable, *serve, "--threads", "2", "--timeout", "120"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                return self.ask("/healthz")
            time.sleep(0.2)
        raise AssertionError("gunicorn did not answer within two minutes")

    def stop(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def ask(self, address: str, data: bytes | None = None) -> tuple[int, str]:
        token = "a" * 32
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{address}", data)
        request.add_header("Cookie", f"sessionid={self.cookie}; csrftoken={token}")
        request.add_header("X-CSRFToken", token)
        try:
            with urllib.request.urlopen(request, timeout=100) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def pages(self) -> dict[str, int]:
        return {address: self.ask(address)[0] for address in PAGES}

    def empty_log(self) -> None:
        """Bring all to the file itself: in a log that is there already a little more has room."""
        with closing(sqlite3.connect(self.database)) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def fill(self) -> Path:
        filler = self.disk / "filler"
        subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=4096"], capture_output=True)
        assert os.statvfs(self.disk).f_bavail == 0
        return filler


@pytest.fixture
def hub(disk, client):
    make_course()
    client.force_login(MemberFactory())
    found = Hub(disk, client.cookies["sessionid"].value)
    found.data.mkdir()
    with closing(sqlite3.connect(found.database)) as file:
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")
    manage = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
    subprocess.run(manage, cwd=ROOT, env=found.environment, check=True)
    found.start()
    yield found
    found.stop()


ALL_WELL = dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("again", [False, True], ids=["as it was", "started again"])
def test_on_a_full_disk_reading_goes_on_and_writing_is_refused_until_there_is_room(hub, again):
    assert hub.pages() == ALL_WELL
    if again:
        hub.stop()  # and with the last connection the log goes
    hub.empty_log()
    filler = hub.fill()
    if again:
        hub.start()
    assert hub.pages() == ALL_WELL
    status, told = hub.ask("/notices/e-mail/", b"wanted=on")
    assert status == (503 if again else 507)
    assert "Nothing was changed. What you typed is still in your browser" in told
    assert hub.ask("/healthz") == (503, '{"state": "not ready"}')
    filler.unlink()
    assert hub.ask("/notices/e-mail/", b"wanted=on")[0] == 200
    assert hub.pages() == ALL_WELL


def test_beside_a_lock_that_is_held_reading_goes_on_and_writing_is_refused(hub):
    with closing(sqlite3.connect(hub.database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert hub.pages() == ALL_WELL
        status, told = hub.ask("/notices/e-mail/", b"wanted=on")
        assert (status, "The hub is busy" in told or "takes long" in told) == (503, True)
    assert hub.ask("/notices/e-mail/", b"wanted=on")[0] == 200


def test_on_a_read_only_disk_reading_goes_on_and_writing_is_refused(hub):
    hub.stop()
    hub.empty_log()
    remount = ["mount", "-o", "remount,ro", str(hub.disk)]
    wait_until(lambda: subprocess.run(remount).returncode == 0)  # the killed let go of their files
    hub.start()
    assert hub.pages() == ALL_WELL
    status, told = hub.ask("/notices/e-mail/", b"wanted=on")
    assert (status, "can only be read just now" in told) == (503, True)
