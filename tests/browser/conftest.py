"""A real hub, set up and served by what `make demo` runs, and a real browser before it."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.install_chromium import NAMES

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = Path(__file__).resolve().parent / "vendor" / "axe.min.js"
PASSWORD = "membersnet-demo"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
# Without these Debian's Chromium calls home, which a closed network turns into long waits.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
]


@dataclass(frozen=True)
class Hub:
    """A running hub: its address, its data folder and what `make demo` printed."""

    url: str
    data: Path
    printed: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(data: Path, log: Path):
    """Run the demonstration in a data folder until the block ends; Ctrl-C must stop it all."""
    port = free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MEMBERSNET_") and name != "DATABASE_URL"
    }
    environment |= {"MEMBERSNET_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
    environment["HF_HUB_OFFLINE"] = "1"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "demo", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + 420
        while "Ctrl-C stops" not in log.read_text():
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"The demonstration did not start:\n{log.read_text()[-4000:]}")
            time.sleep(0.2)
        yield Hub(f"http://localhost:{port}", data, log.read_text())
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        if process.poll() is None:
            process.kill()
            pytest.fail("The demonstration did not stop within 30 seconds of Ctrl-C.")


@pytest.fixture(scope="session")
def hub(tmp_path_factory):
    """The demonstration, set up from nothing once for all stories."""
    folder = tmp_path_factory.mktemp("hub")
    with serving(folder / "var", folder / "demo.log") as running:
        yield running


def chromium() -> str | None:
    return os.environ.get("MEMBERSNET_CHROMIUM") or next(
        (found for name in NAMES if (found := shutil.which(name))), None
    )


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium; stories are skipped where there is none."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine; set MEMBERSNET_CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def signed_in():
    """The cookies of those who signed in once already, by e-mail address."""
    return {}


@pytest.fixture
def visit(browser, hub, signed_in):
    """Open a page as somebody (or as nobody), and fail at the end if its console complained."""
    contexts, complaints = [], []

    def open_as(email=None, *, viewport=DESK, scheme="light", javascript=True):
        context = browser.new_context(
            base_url=hub.url,
            viewport=viewport,
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="en-GB",
            storage_state=signed_in.get(email),
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda m: (
                m.type == "error"
                and complaints.append(f"{page.url}: {m.text} {m.location.get('url', '')}")
            ),
        )
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        if email:
            page.goto("/")
            if "/login/" in page.url:  # the first time, or somebody signed out meanwhile
                sign_in(page, email)
                signed_in[email] = context.storage_state()
        return page

    yield open_as
    for context in contexts:
        context.close()
    expected = ("404 (Not Found)", "422 (Unprocessable")
    unexpected = [line for line in complaints if not any(one in line for one in expected)]
    # Wagtail answers 400 where its autosave comes after the page was published.
    unexpected = [x for x in unexpected if not ("/admin/" in x and "400 (Bad Request)" in x)]
    # An address of a film's bytes runs out, and the player fetches a fresh one.
    assert [x for x in unexpected if not ("403 (Forbidden)" in x and "/films/" in x)] == []


def sign_in(page, email):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


def violations(page):
    """Return what axe-core finds on a page, as sentences, once nothing fades in any more."""
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline and page.evaluate(
        "document.getAnimations().some((one) => one.playState === 'running')"
    ):
        time.sleep(0.05)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{page.url} {one['id']}: {one['help']} {one['nodes'][0]['html'][:200]}" for one in found
    ]


def until(page, expression, seconds=20.0):
    """Wait until an expression holds in the page, asking from outside: the policy forbids eval."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > deadline:
            pytest.fail(f"{page.url}: never {expression}")
        time.sleep(0.05)


def status_of(url: str) -> int:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status
