"""What docs/operating/ gives to operators is what their programs read and what the hub does."""

import re
import shutil
import subprocess

import pytest
from django.conf import settings

from tests.conftest import ROOT
from tests.programs import program

FOLDER = ROOT / "docs" / "operating"
NGINX = (FOLDER / "nginx.conf").read_text()
UNITS = sorted(FOLDER.glob("*.service")) + sorted(FOLDER.glob("*.timer"))


def limits() -> dict[str, int]:
    """The proxy's limits by address; that of the server is the one of `/`."""
    found = {"/": int(re.search(r"^    client_max_body_size (\d+);", NGINX, re.MULTILINE)[1])}
    for address, block in re.findall(r"location (/\S+) \{([^}]*)\}", NGINX):
        if limit := re.search(r"client_max_body_size (\d+);", block):
            found[address] = int(limit[1])
    return found


def test_the_proxy_lets_through_what_the_hub_reads_and_no_more():
    large = {prefix: most for prefix, _permission, most in settings.LARGE_BODIES}
    assert limits() == {"/": settings.SMALL_BODY, **large}


def test_each_process_is_started_again_whatever_ended_it():
    services = [path for path in UNITS if path.suffix == ".service" and "backup" not in path.name]
    assert len(services) == 2
    for path in services:
        assert re.findall(r"^Restart=(\w+)$", path.read_text(), re.MULTILINE) == ["always"]
        assert "StartLimitIntervalSec=0" in path.read_text()


@pytest.mark.nightly
def test_nginx_reads_its_configuration(tmp_path):
    nginx = program("nginx")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=hub"]
    subprocess.run(
        [*make, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    here = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", str(certificate), NGINX)
    here = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", str(key), here)
    here = here.replace("/var/log/nginx", str(tmp_path))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{here}\n}}\n")
    read = subprocess.run(
        [nginx, "-t", "-c", str(whole), "-e", str(tmp_path / "log")], capture_output=True, text=True
    )
    assert "syntax is ok" in read.stderr
    assert (read.returncode, "[warn]" in read.stderr) == (0, False)


@pytest.mark.nightly
def test_systemd_reads_its_units(tmp_path):
    systemd = program("systemd-analyze", "systemd")
    for path in UNITS:
        text = re.sub(r"/srv/membersnet/.venv/bin/\w+", "/bin/true", path.read_text())
        (tmp_path / path.name).write_text(text.replace("/srv/membersnet", str(tmp_path)))
    names = [str(tmp_path / path.name.replace("@.", "@media.")) for path in UNITS]
    shutil.copy(
        tmp_path / "membersnet-worker@.service", tmp_path / "membersnet-worker@media.service"
    )
    read = subprocess.run([systemd, "verify", "--man=no", *names], capture_output=True, text=True)
    ours = [line for line in read.stderr.splitlines() if "membersnet" in line]
    assert (read.returncode, ours) == (0, [])
