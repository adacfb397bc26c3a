"""An officer turns lines of a film into a clip, which a running worker makes, and takes it away."""

import re

import av
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, violations

pytestmark = pytest.mark.browser
LESSON = "/courses/moderating-groups/before-you-remove-a-comment/"
MADE_WITHIN = 600_000  # milliseconds; reached only where the worker stands still
IMPRINT = "Promoted by A. Person on behalf of Membersnet, both at 1 Example Street, London SW1A 1AA"


def test_an_officer_takes_a_clip_of_two_lines_away(visit, tmp_path):
    page = visit("officer@demo.example")
    page.goto(LESSON)
    words = [page.locator(".transcript__text").nth(at).inner_text() for at in (3, 4)]
    page.get_by_role("button", name="Choose lines here").click()
    page.get_by_label(f"Take into the clip: {words[0]}").check()
    page.get_by_label(f"Take into the clip: {words[1]}").check()
    page.get_by_role("link", name="Make a clip of 2 lines").click()

    preview = page.locator("[data-preview]")
    expect(preview).to_contain_text(words[0])
    expect(preview).to_contain_text(words[1])
    page.get_by_label("1:1, square").check()
    page.get_by_label("Title", exact=True).fill("Take one minute")
    page.get_by_role("button", name="Make the clip").click()
    expect(page.get_by_role("alert")).to_contain_text("Read the imprint, then tick")
    assert violations(page) == []
    expect(page.get_by_label("Title", exact=True)).to_have_value("Take one minute")
    page.get_by_label("Imprint", exact=True).fill(IMPRINT)
    page.get_by_label("I have read the imprint").check()
    page.get_by_role("button", name="Make the clip").click()

    expect(page.locator("#clip-work")).to_be_visible()
    download = page.get_by_role("link", name="Download the clip")
    expect(download).to_be_visible(timeout=MADE_WITHIN)
    assert violations(page) == []
    expect(page.locator("#clip-words")).to_contain_text(words[0].split()[0])
    with page.expect_download() as waiting:
        download.click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name == "take-one-minute-1x1.mp4"
    with av.open(str(path)) as film:
        picture = film.streams.video[0]
        assert (picture.width, picture.height) == (1080, 1080)
        assert len(film.streams.audio) == 1
        assert 2 < film.duration / av.time_base < 30

    page.get_by_role("button", name="Delete this clip").click()
    expect(page.get_by_role("heading", name="My clips")).to_be_visible()
    expect(page.get_by_text("You have made no clips yet.")).to_be_visible()


def test_without_javascript_the_lines_are_chosen_on_a_page_of_their_own(visit):
    page = visit("officer@demo.example", viewport=PHONE, javascript=False)
    page.goto(LESSON)
    page.get_by_role("link", name="Make a clip for social media").click()
    page.get_by_label(re.compile("First line")).nth(1).check()
    page.get_by_label(re.compile("Last line")).nth(2).check()
    page.get_by_role("button", name="Show length and words").click()
    expect(page.locator("[data-preview]")).to_contain_text(re.compile(r"The clip lasts \d+\.\d s"))
