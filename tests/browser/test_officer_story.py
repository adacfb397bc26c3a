"""An officer takes the course, earns her certificate, and her region's number changes."""

import re

import pytest
import yaml
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, landed_at, until, violations
from tests.databases import ROOT

pytestmark = pytest.mark.browser
COURSE = "/courses/moderating-groups/"
FILM_LESSON = f"{COURSE}before-you-remove-a-comment/"
CLOCK = "document.querySelector('video').currentTime"


def quiz():
    return yaml.safe_load((ROOT / "demo" / "content" / "quiz.yaml").read_text())["questions"]


def play(page):
    page.evaluate("document.querySelector('video').play()")


def wait_for_second(page, second):
    until(page, f"{CLOCK} >= {second}")


def covered_posts(page):
    """Return the number of posts that the region's page calls held by a trained officer."""
    page.goto("/regions/yorkshire-and-the-humber/")
    sentence = page.get_by_text(re.compile(r"\d+ of \d+ posts are held by a trained")).inner_text()
    return int(sentence.split()[0])


def test_a_film_plays_with_captions_and_a_transcript_that_jumps(visit):
    page = visit("officer@demo.example")
    page.goto(FILM_LESSON)
    play(page)
    wait_for_second(page, 2)
    shown = page.evaluate(
        "[...document.querySelector('video').textTracks]"
        ".filter(t => t.kind === 'captions').map(t => t.mode)"
    )
    assert shown == ["showing"]
    first_cue = page.evaluate("document.querySelector('video').textTracks[0].cues[0].text")
    assert first_cue.replace("\n", " ") == page.locator(".transcript__text").first.inner_text()

    line = page.locator(".transcript a").nth(4)
    second = float(line.get_attribute("data-start"))
    assert landed_at(page, line.click) == pytest.approx(second, abs=1.5)
    expect(line).to_have_attribute("aria-current", "true")


def test_a_film_left_in_the_middle_goes_on_at_that_second(visit):
    page = visit("officer@demo.example")
    page.goto(FILM_LESSON)
    page.locator(".transcript a").nth(6).click()
    begun = float(page.locator(".transcript a").nth(6).get_attribute("data-start"))
    wait_for_second(page, begun + 3)
    with page.expect_response(re.compile("/progress/")):
        page.evaluate("document.querySelector('video').pause()")
    left = page.evaluate(CLOCK)
    page.goto("/")

    another_device = visit("officer@demo.example", viewport=PHONE)
    another_device.goto(FILM_LESSON)
    until(another_device, f"Math.abs({CLOCK} - {left}) < 1")
    expect(another_device.get_by_text("The film carries on where you left off.")).to_be_visible()


def test_skipping_to_the_end_is_not_watching(visit):
    page = visit("officer@demo.example")
    page.goto(f"{COURSE}keeping-a-record/")
    play(page)
    wait_for_second(page, 1)
    with page.expect_response(re.compile("/progress/")):
        page.evaluate("v = document.querySelector('video'); v.currentTime = v.duration - 1")
        until(page, "document.querySelector('video').ended")
    page.get_by_role("button", name="I have finished this lesson").click()
    watched = page.get_by_text(re.compile(r"You have watched \d+ per cent of the film"))
    assert int(re.search(r"\d+", watched.inner_text())[0]) < 50


def finish_lesson(page, slug):
    page.goto(f"{COURSE}{slug}/")
    if not page.get_by_role("heading", name="Finished?").count():
        return
    box = page.get_by_label("I have read the transcript instead of watching")
    if box.count():
        box.check()
    page.get_by_role("button", name="I have finished this lesson").click()
    done = page.get_by_role("heading", name="This lesson is done")
    expect(done).to_be_focused()  # beside the button that was pressed


def answer(page, right):
    """Answer every question of the quiz, with its right answers or with one wrong one."""
    for question in quiz():
        group = page.get_by_role("group", name=question["text"])
        chosen = [a["text"] for a in question["answers"] if a["correct"] is right]
        for text in chosen if right else chosen[:1]:
            group.get_by_label(text, exact=True).check()
    page.get_by_role("button", name="Submit answers").click()


def test_the_course_ends_in_a_certificate_that_anyone_can_check_and_a_region_counts(visit):
    lead = visit("lead@demo.example")
    before = covered_posts(lead)

    page = visit("officer@demo.example", viewport=PHONE)
    page.goto(COURSE)
    for address in page.locator(".step h3 a").evaluate_all("all => all.map(a => a.pathname)"):
        if not address.endswith("/quiz/"):
            finish_lesson(page, address.removeprefix(COURSE).strip("/"))

    page.goto(f"{COURSE}quiz/")
    page.get_by_role("button", name="Submit answers").click()
    expect(page.get_by_text("Answer question 1.").first).to_be_visible()
    answer(page, right=False)
    expect(page.get_by_role("heading", name="Not passed yet")).to_be_visible()
    page.get_by_role("link", name="Try again").click()
    answer(page, right=True)
    expect(page.get_by_role("heading", name="Congratulations, Olivia")).to_be_visible()
    assert violations(page) == []
    certificate = page.url
    page.get_by_role("link", name="See your answers").click()
    expect(page.get_by_role("heading", name="You passed")).to_be_visible()
    expect(page.get_by_text("10 of 10 right")).to_be_visible()
    feedback = quiz()[0]["answers"][0]["feedback"]
    expect(page.get_by_text(feedback)).to_be_visible()
    assert violations(page) == []

    page.get_by_role("link", name="See your certificate").click()
    assert page.url == certificate.removesuffix("?earned")
    code = page.locator("dd.mono").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)

    stranger = visit()
    stranger.goto("/verify/")
    stranger.get_by_label("Verification code").fill(code.lower().replace("-", " "))
    stranger.get_by_role("button", name="Check").click()
    expect(stranger.get_by_role("heading", name="This certificate is valid")).to_be_visible()
    expect(stranger.get_by_text("Olivia Sampleford")).to_be_visible()
    assert stranger.get_by_text("officer@demo.example").count() == 0
    assert violations(stranger) == []

    assert covered_posts(lead) == before + 1
    lead.goto("/units/calder-valley/")
    expect(lead.get_by_role("main").get_by_text("Trained", exact=True)).to_be_visible()


def test_without_javascript_the_film_has_controls_and_each_line_leads_to_its_second(visit):
    page = visit("officer@demo.example", javascript=False)
    page.goto(FILM_LESSON)
    expect(page.locator("video[controls]")).to_be_visible()
    line = page.locator(".transcript a").nth(3)
    second = line.get_attribute("data-start")
    line.click()
    assert f"#t={float(second):g}" in page.locator("video source").first.get_attribute("src")
