"""A real hub, set up and served by what `make demo` runs, and a real browser before it."""

import os
import shutil
import time
import urllib.request
from pathlib import Path

import pytest

from tests.browser.demonstration import copy_of_prepared, serving
from tests.browser.install_chromium import NAMES

AXE = Path(__file__).resolve().parent / "vendor" / "axe.min.js"
# Reached only when something is broken; what a story waits for takes a second or two as a rule.
WITHIN = 60.0  # seconds
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
# What a browser notes where a report, a draft or a piece was not taken.
NOT_SAVED = (
    "401 (Unauthorized)",
    "409 (Conflict)",
    "413 (Payload Too Large)",
    "503 (Service Unavailable)",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_FAILED",
)


@pytest.fixture(scope="session")
def hub(tmp_path_factory):
    """The demonstration that was set up from nothing once, copied and served for all stories."""
    folder = tmp_path_factory.mktemp("hub")
    copy_of_prepared(folder / "var")
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
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=WITHIN * 1000)
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
        context.set_default_timeout(WITHIN * 1000)
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
    expected = ("404 (Not Found)", "422 (Unprocessable", "409 (Conflict")
    unexpected = [line for line in complaints if not any(one in line for one in expected)]
    # Wagtail answers 400 where its autosave comes after the page was published.
    unexpected = [x for x in unexpected if not ("/admin/" in x and "400 (Bad Request)" in x)]
    # Stories cut the line and end sessions; what the player and the editor then say is looked at.
    unexpected = [x for x in unexpected if not any(one in x for one in NOT_SAVED)]
    # An address of a film's bytes runs out, and the player fetches a fresh one.
    assert [x for x in unexpected if not ("403 (Forbidden)" in x and "/films/" in x)] == []


def sign_in(page, email):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


# Wagtail's badges blink for 25 seconds; what fades in is looked at as it is in the end.
END_ANIMATIONS = """document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
    .forEach((each) => each.finish())"""


def violations(page):
    """Return what axe-core finds on a page, as sentences, once all that fades in has come."""
    page.evaluate(END_ANIMATIONS)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{page.url} {one['id']}: {one['help']} {one['nodes'][0]['html'][:200]}" for one in found
    ]


def until(page, expression, seconds=WITHIN):
    """Wait until an expression holds in the page, asking from outside: the policy forbids eval."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > deadline:
            pytest.fail(f"{page.url}: not within {seconds:.0f} seconds: {expression}")
        time.sleep(0.05)


def wait_for(page, holds, what, seconds=WITHIN):
    """Wait until something outside the page holds; ``what`` says what it is."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"{page.url}: not within {seconds:.0f} seconds: {what}")
        page.wait_for_timeout(50)  # the browser's news arrive meanwhile


def landed_at(page, jump):
    """Return the second at which the page's film is, the moment that a jump ends."""
    page.evaluate(
        "() => { const film = document.querySelector('video'); delete window.landed;"
        "film.addEventListener('seeked', () => { window.landed ??= film.currentTime; }) }"
    )
    jump()
    until(page, "window.landed !== undefined")
    return page.evaluate("window.landed")


def status_of(url: str) -> int:
    with urllib.request.urlopen(url, timeout=WITHIN) as answer:
        return answer.status
