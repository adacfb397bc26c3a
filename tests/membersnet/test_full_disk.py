"""The hub on a disk that is really full, really locked and really read-only.

Needs to mount a small disk: root, and a kernel that allows it; skipped elsewhere.
"""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.db import connection

from membersnet.sqlite.base import log_of
from party.models import Member
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
PASSWORD = "seven green bicycles"


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


def environment(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "MEMBERSNET_DATA_DIR": str(data),
        "MEMBERSNET_SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "membersnet.settings",
        "DATABASE_URL": f"sqlite:///{data / 'hub.sqlite3'}",
        "MEMBERSNET_HTTPS": "0",
    }


class Hub:
    """A hub whose data folder is on the small disk, and a member who is signed in."""

    def __init__(self, disk: Path, member: Member, cookie: str) -> None:
        self.disk, self.data = disk, disk / "data"
        self.email, self.cookie = member.email, cookie
        self.database = self.data / "hub.sqlite3"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        serve = ["-m", "gunicorn", "membersnet.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [sys.executable, *serve, "--threads", "2", "--timeout", "120"],
            cwd=ROOT,
            env=environment(self.data),
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

    def ask(
        self, address: str, data: bytes | None = None, *, signed_in: bool = True
    ) -> tuple[int, str]:
        token = "a" * 32
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{address}", data)
        session = f"sessionid={self.cookie}; " if signed_in else ""
        request.add_header("Cookie", f"{session}csrftoken={token}")
        request.add_header("X-CSRFToken", token)
        try:
            with urllib.request.urlopen(request, timeout=100) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def sign_in(self, password: str = PASSWORD) -> tuple[int, str]:
        given = {"login": self.email, "password": password}
        data = urllib.parse.urlencode(given).encode()
        return self.ask("/accounts/login/", data, signed_in=False)

    def ask_for_new_password(self) -> tuple[int, str]:
        data = urllib.parse.urlencode({"email": self.email}).encode()
        return self.ask("/accounts/password/reset/", data, signed_in=False)

    def pages(self) -> dict[str, int]:
        return {address: self.ask(address)[0] for address in PAGES}

    def empty_log(self) -> None:
        """Bring all to the file itself: in a log that is there already a little more has room."""
        with closing(sqlite3.connect(self.database)) as file:
            wait_until(lambda: not file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])

    def close(self) -> None:
        """Stop, and wait until the killed let go of their files: with the last the log goes."""
        self.stop()
        wait_until(lambda: self.empty_log() or not log_of(self.database).exists())

    def fill(self) -> Path:
        """Leave no room on the disk, and none in the log either."""
        filler = self.disk / "filler"
        self.empty_log()
        subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=4096"], capture_output=True)
        log = log_of(self.database)
        assert (os.statvfs(self.disk).f_bavail, log.exists() and log.stat().st_size) == (0, 0)
        return filler


@pytest.fixture(scope="module")
def static(tmp_path_factory):
    """The site's static files, collected once."""
    folder = tmp_path_factory.mktemp("collected")
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"],
        cwd=ROOT,
        env=environment(folder),
        check=True,
    )
    return folder / "static"


@pytest.fixture
def hub(disk, client, static):
    make_course()
    member = MemberFactory(password=make_password(PASSWORD, hasher=Argon2PasswordHasher()))
    client.force_login(member)
    found = Hub(disk, member, client.cookies["sessionid"].value)
    shutil.copytree(static, found.data / "static")
    with closing(sqlite3.connect(found.database)) as file:
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")
    found.start()
    yield found
    found.stop()


ALL_WELL = dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("again", [False, True], ids=["as it was", "started again"])
def test_on_a_full_disk_reading_goes_on_and_writing_is_refused_until_there_is_room(hub, again):
    assert hub.pages() == ALL_WELL
    if again:
        hub.close()
    filler = hub.fill()
    if again:
        hub.start()
    assert hub.pages() == ALL_WELL
    status, told = hub.ask("/notices/e-mail/", b"wanted=off")
    assert status == (503 if again else 507)
    assert "Nothing was changed. What you typed is still in your browser" in told
    for status, told in [hub.sign_in(), hub.sign_in("wrong"), hub.ask_for_new_password()]:
        assert (status, "Nothing was changed" in told) == (503 if again else 507, True)
    assert hub.ask("/healthz") == (503, '{"state": "not ready"}')
    filler.unlink()
    assert hub.ask("/notices/e-mail/", b"wanted=off")[0] == 200
    assert hub.sign_in()[0] == 200
    assert hub.pages() == ALL_WELL


def test_beside_a_lock_that_is_held_reading_goes_on_and_writing_is_refused(hub):
    with closing(sqlite3.connect(hub.database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert hub.pages() == ALL_WELL
        status, told = hub.ask("/notices/e-mail/", b"wanted=off")
        assert (status, "The hub is busy" in told or "takes long" in told) == (503, True)
    assert hub.ask("/notices/e-mail/", b"wanted=off")[0] == 200


def test_on_a_read_only_disk_reading_goes_on_and_writing_is_refused(hub):
    hub.close()
    remount = ["mount", "-o", "remount,ro", str(hub.disk)]
    wait_until(lambda: subprocess.run(remount).returncode == 0)
    hub.start()
    assert hub.pages() == ALL_WELL
    status, told = hub.ask("/notices/e-mail/", b"wanted=off")
    assert (status, "can only be read just now" in told) == (503, True)
    status, told = hub.sign_in()
    assert (status, "can only be read just now" in told) == (503, True)
