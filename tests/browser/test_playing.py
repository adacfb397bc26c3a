"""A film plays from its ladder: jumps, changes of quality, a poor line, a lapsed address."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, landed_at, until, violations

pytestmark = pytest.mark.browser
LESSON = "/courses/moderating-groups/before-you-remove-a-comment/"
VIDEO = "document.querySelector('video')"


@pytest.fixture
def watching(visit):
    """Open the lesson with everything the browser fetches of films written down."""

    def open_lesson(**options):
        page = visit("officer@demo.example", **options)
        page.fetched = []
        page.on("request", lambda request: page.fetched.append(request.url.rpartition("/")[2]))
        page.goto(LESSON)
        return page

    return open_lesson


def play(page):
    page.evaluate(f"{VIDEO}.play()")
    until(page, f"{VIDEO}.src.startsWith('blob:') && {VIDEO}.currentTime > 0.3")


def goes_on(page):
    """The film moves from where it is now."""
    now = page.evaluate(f"{VIDEO}.currentTime")
    until(page, f"!{VIDEO}.paused && {VIDEO}.currentTime > {now} + 0.4")


def test_the_film_plays_from_the_ladder_once_it_is_started_and_jumps(watching):
    page = watching()
    page.get_by_label("Quality").wait_for()
    early = [name for name in page.fetched if "m3u8" in name or "rung" in name or "hls" in name]
    assert early == [], "a page that is only read fetches nothing of the film but its header"
    play(page)
    assert {"film.m3u8", "sound.m3u8", "rung-sound.mp4"} <= set(page.fetched)
    line = page.locator(".transcript a").nth(12)
    second = float(line.get_attribute("data-start"))
    assert landed_at(page, line.click) == pytest.approx(second, abs=1.5)
    goes_on(page)
    assert page.evaluate(f"{VIDEO}.textTracks[0].mode") == "showing"
    page.locator("media-time-range").hover()
    shown = "document.querySelector('media-time-range').getAttribute('mediapreviewimage')"
    until(page, f"{shown}?.includes('/storyboard.jpg')")


def test_a_quality_that_was_chosen_is_shown_and_remembered(watching):
    page = watching()
    page.get_by_label("Quality").select_option("360")
    play(page)
    until(page, f"{VIDEO}.videoHeight === 360")
    page.get_by_label("Quality").select_option("720")
    until(page, f"{VIDEO}.videoHeight === 720")
    goes_on(page)
    page.reload()
    expect(page.get_by_label("Quality")).to_have_value("720")


def test_on_a_poor_line_the_sound_alone_goes_on_from_the_same_second(watching):
    page = watching(viewport=PHONE)
    reported = []
    page.on("request", lambda one: one.method == "POST" and reported.append(one.post_data or ""))
    play(page)
    page.evaluate(f"{VIDEO}.currentTime = 20")
    until(page, f"!{VIDEO}.seeking && {VIDEO}.currentTime > 20")
    page.get_by_label("Speed").select_option("1.5")
    before, since = page.evaluate(f"{VIDEO}.currentTime"), time.monotonic()
    page.get_by_label("Quality").select_option("sound")
    until(page, f"{VIDEO}.videoHeight === 0 && {VIDEO}.currentTime > 20")
    goes_on(page)
    played = page.evaluate(f"{VIDEO}.currentTime") - before
    assert -1 < played < 1.5 * (time.monotonic() - since) + 1, "it went on from the same second"
    assert page.evaluate(f"{VIDEO}.playbackRate") == 1.5
    expect(page.get_by_text("Sound only: the pictures are left out")).to_be_visible()
    page.fetched.clear()
    goes_on(page)
    assert {name for name in page.fetched if "rung" in name} <= {"rung-sound.mp4"}
    assert violations(page) == []
    page.get_by_label("Quality").select_option("auto")
    until(page, f"{VIDEO}.videoHeight > 0 && {VIDEO}.currentTime > 20")
    goes_on(page)
    page.evaluate(f"{VIDEO}.pause()")
    until(page, "document.querySelector('[data-watched]').textContent.includes('per cent')")
    assert reported, "what is watched counts through every change of quality"


def test_an_address_that_has_run_out_is_renewed_without_the_viewers_doing(watching):
    page = watching()
    refused = []

    def lapse(route):
        if "film.m3u8" not in page.fetched:  # the old address; the playlist leads to a new one
            refused.append(route.request.url)
            return route.fulfill(status=403, body="This address of the film has run out.")
        return route.continue_()

    page.get_by_label("Quality").select_option("360")
    play(page)
    page.route("**/rung-*.mp4", lapse)
    page.fetched.clear()
    page.evaluate(f"{VIDEO}.currentTime = 90")
    until(page, f"!{VIDEO}.seeking && {VIDEO}.currentTime > 90.5")
    assert refused
    assert "film.m3u8" in page.fetched
    assert page.locator("[data-said]").inner_text() == ""
    goes_on(page)


def test_a_film_that_cannot_be_fetched_says_so(watching):
    page = watching()
    page.route("**/film.m3u8", lambda route: route.fulfill(status=403, body="no"))
    page.evaluate(f"{VIDEO}.play().catch(() => {{}})")
    expect(page.get_by_text("The film cannot be fetched just now.")).to_be_visible()
    assert page.evaluate(f"{VIDEO}.paused")


def test_a_viewer_who_saves_data_gets_the_smallest_pictures_and_may_keep_the_film(watching):
    page = watching()
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page.goto(LESSON)
    page.fetched.clear()
    play(page)
    page.evaluate(f"{VIDEO}.currentTime = 30")
    until(page, f"!{VIDEO}.seeking && {VIDEO}.currentTime > 30.3")
    assert page.evaluate(f"{VIDEO}.videoHeight") == 360
    assert "rung-720p.mp4" not in page.fetched
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download (MP4, 720p").click()
    assert kept.value.suggested_filename == "before-you-remove-a-comment.mp4"


def test_an_author_sees_the_same_in_the_admin_and_chooses_the_picture(visit):
    page = visit("author@demo.example")
    page.goto("/admin/films/1/")
    play(page)
    goes_on(page)
    stills = page.get_by_role("group", name="Picture", exact=True).get_by_role("radio")
    assert stills.count() >= 2
    other = next(one for one in stills.all() if not one.is_checked())
    value = other.get_attribute("value")
    other.check()
    page.get_by_role("button", name="Use this picture").click()
    expect(page.get_by_text("This is now the picture for the film.")).to_be_visible()
    assert page.locator(f"input[name=still][value='{value}']").is_checked()
    page.get_by_label("Or the picture at another time").fill("1:15")
    page.get_by_role("button", name="Use this picture").click()
    expect(page.get_by_text("At 75.0 s")).to_be_visible()
