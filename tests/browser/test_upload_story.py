"""An author sends a film over a slow line, pauses, closes the page, and goes on where she was."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, sign_in, until, violations
from tests.databases import ROOT

pytestmark = pytest.mark.browser
SLOW = 500_000  # bytes a second: a quarter of a minute for the film


@pytest.fixture(scope="module")
def long_film(tmp_path_factory):
    """A committed film several times over: what counts here is that it takes a few seconds."""
    path = tmp_path_factory.mktemp("upload") / "a long film.mp4"
    path.write_bytes((ROOT / "demo/films/before-you-remove-a-comment.mp4").read_bytes() * 4)
    return path


def line(page, bytes_a_second):
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    throughput = {"downloadThroughput": -1, "uploadThroughput": bytes_a_second}
    conditions = {"offline": False, "latency": 5, **throughput}
    session.send("Network.emulateNetworkConditions", conditions)


def state_is(page, state):
    until(page, f"document.querySelector('[data-film-upload]').dataset.state === '{state}'")


def test_a_film_is_paused_closed_and_gone_on_with(visit, hub, long_film):
    page = visit("author@demo.example", viewport=PHONE, scheme="dark")
    page.goto("/admin/films/new/")
    line(page, SLOW)
    page.set_input_files("#id_film", long_film)
    sentence = page.locator("[data-part=sentence]")
    expect(sentence).to_contain_text(re.compile(r"MB of 7\.\d\sMB, \d+%\. .+ a second, \d+ s left"))
    until(page, "document.querySelector('[data-part=bar]').value > 0.3")
    page.get_by_role("button", name="Pause").press("Enter")
    state_is(page, "paused")
    expect(sentence).to_contain_text(re.compile("Paused. .+ of .+ uploaded"))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    page.goto("/admin/films/new/")
    expect(page.get_by_text("Choose the same file below to carry on.")).to_be_visible()
    page.locator("#id_title").fill("Sent in two goes")
    page.set_input_files("#id_film", long_film)
    said = page.get_by_role("status").filter(has_text="was partly uploaded: carrying on from")
    expect(said).to_be_attached()
    line(page, -1)
    page.get_by_role("main").get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_url(re.compile(r"/admin/films/\d+/"))  # by itself, once the film has arrived
    expect(page.get_by_role("main").get_by_text("“Sent in two goes” is uploaded.")).to_be_attached()
    originals = (hub.data / "media" / "originals").iterdir()
    wanted = hashlib.sha256(long_film.read_bytes()).hexdigest()
    assert wanted in {hashlib.sha256(path.read_bytes()).hexdigest() for path in originals}


def test_a_film_is_gone_on_with_after_signing_in_in_another_tab(visit, long_film):
    page = visit("author@demo.example")
    page.goto("/admin/films/new/")
    line(page, SLOW)
    page.set_input_files("#id_film", long_film)
    until(page, "document.querySelector('[data-part=bar]').value > 0.3")
    page.context.clear_cookies(name="sessionid")
    state_is(page, "stopped")
    said = page.get_by_role("alert").filter(has_text="You are signed out. What is uploaded is kept")
    expect(said).to_be_visible()
    another_tab = page.context.new_page()
    sign_in(another_tab, "author@demo.example")
    another_tab.close()
    line(page, -1)
    page.get_by_role("button", name="Carry on").click()
    state_is(page, "arrived")
    page.goto("/admin/films/new/")
    page.get_by_role("button", name="Remove a long film.mp4").first.click()
    expect(page.get_by_text("“a long film.mp4” was removed.")).to_be_attached()


def test_what_cannot_be_taken_is_said_at_once_and_a_refused_form_keeps_the_film(
    visit, long_film, tmp_path
):
    page = visit("author@demo.example")
    page.goto("/admin/films/new/")
    empty = tmp_path / "empty.mp4"
    empty.touch()
    page.set_input_files("#id_film", empty)
    expect(page.get_by_role("alert").filter(has_text="The file is empty.")).to_be_visible()
    page.set_input_files("#id_film", long_film)
    state_is(page, "arrived")
    page.locator("#id_script").fill("Typed, and not to be lost.")
    page.get_by_role("main").get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("“a long film.mp4” (7")).to_be_visible()
    expect(page.locator("#id_script")).to_have_value("Typed, and not to be lost.")
    expect(page.get_by_text("This field is required.")).to_be_visible()
    assert violations(page) == []
    page.goto("/admin/films/new/")
    page.get_by_role("button", name="Remove a long film.mp4").first.click()
    expect(page.get_by_text("“a long film.mp4” was removed.")).to_be_attached()
