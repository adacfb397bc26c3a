"""The environment that the demonstration runs in: a data folder, a secret of its own, no HTTPS."""

import os
import secrets
import socket
from pathlib import Path

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  compared with what the person chose
ROOT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return where the demonstration keeps its data, and make sure that it is there."""
    folder = Path(os.environ.get("MEMBERSNET_DATA_DIR") or ROOT / "var").resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "log").mkdir(exist_ok=True)
    return folder


def own_secret(folder: Path) -> str:
    """Return the demonstration's secret key, made once and readable by its owner alone."""
    path = folder / "secret-key"
    if not path.exists():
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def own_names(host: str) -> set[str]:
    """Return this machine's names where it serves every network: its name and its address."""
    if host not in EVERYWHERE:
        return set()
    names = {socket.gethostname()}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an example address; nothing is sent
            names.add(probe.getsockname()[0])
        except OSError:
            pass
    return names


def prepare_environment(host: str, port: int) -> None:
    """Set what settings.py reads, keeping whatever is set already."""
    folder = data_folder()
    os.environ["MEMBERSNET_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "membersnet.settings"
    os.environ["MEMBERSNET_DEMO"] = "1"
    os.environ.setdefault("MEMBERSNET_SECRET_KEY", own_secret(folder))
    os.environ.setdefault("MEMBERSNET_OPERATORS_TOKEN", secrets.token_urlsafe(30))
    os.environ.setdefault("MEMBERSNET_HTTPS", "0")
    os.environ.setdefault("MEMBERSNET_LOG_LEVEL", "WARNING")  # the set-up prints its own steps
    imprint = "Promoted by A. Sample, 1 Sample Street, Sampletown (a demonstration)"
    os.environ.setdefault("MEMBERSNET_IMPRINT", imprint)
    named = f"[{host}]" if ":" in host else host
    hosts = {"localhost", "127.0.0.1", "[::1]", named, *own_names(host)}
    os.environ.setdefault("MEMBERSNET_HOSTS", ",".join(sorted(hosts)))
    shown = "localhost" if host in {*EVERYWHERE, "127.0.0.1"} else named
    os.environ.setdefault("MEMBERSNET_BASE_URL", f"http://{shown}:{port}")
