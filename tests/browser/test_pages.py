"""Every page: no accessibility violation, nothing sticks out or jumps, and little to download."""

import pytest

from tests.browser.conftest import DESK, PHONE, status_of, until, violations, wait_for
from tests.browser.demonstration import copy_of_prepared, serving

pytestmark = pytest.mark.browser
LESSON = "/courses/moderating-groups/before-you-remove-a-comment/"
PAGES = {
    None: [
        "/accounts/login/",
        "/verify/",
        "/verify/0000-0000-0000/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-x-y/",
        "/facts/quorum-of-a-company/",
    ],
    "officer": [
        "/",
        "/courses/",
        "/courses/moderating-groups/",
        LESSON,
        "/courses/moderating-groups/house-rules/",
        "/courses/moderating-groups/quiz/",
        "/units/calder-valley/",
        "/notices/",
        "/certificates/",
        "/circulations/2/",
        "/procedures/",
        "/procedures/public-social-media-accounts/",
        "/procedures/public-social-media-accounts/fill/",
        "/procedures/public-social-media-accounts/versions/1/",
    ],
    "member": [
        "/",
        "/search/",
        "/search/?q=remove+a+comment",
        "/search/?q=zyzzyva",
        "/rules/",
        "/rules/sample/",
        "/rules/sample/7/",
        "/rules/sample/7/VIII/",
        "/rules/sample/2025-sample/7/VI/",
        "/rules/sample/editions/",
        "/rules/sample/compare/2025-sample/2026-sample/",
        "/rules/sample/compare/2025-sample/2026-sample/7/",
        "/rules/sample/changes/",
        "/rules/sample/words/",
        "/rules/sample/subjects/",
        "/rules/sample/7/XX/",
        "/facts/",
        "/facts/membership-is-special-category/",
        "/facts/membership-is-special-category/versions/",
        "/series/constituencies-by-region/",
        "/account/",
        "/account/e-mail/",
        "/account/e-mail/x/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/no-such-page/",
    ],
    "lead": [
        "/",
        "/regions/yorkshire-and-the-humber/",
        "/regions/yorkshire-and-the-humber/?state=vacant",
        "/circulations/",
    ],
    "national": ["/regions/", "/circulations/2/acknowledgements/"],
}
# On a phone: titles in a list that are broken into bits, and choices that stick out.
NARROW = """[
  ...[...document.querySelectorAll("td.title")].filter(e => e.clientWidth < 150),
  ...[...document.querySelectorAll("main select")]
    .filter(e => e.getBoundingClientRect().right > innerWidth),
].map(e => `${location.pathname} ${e.outerHTML.slice(0, 80)}`)"""
ADMIN = ["/admin/films/", "/admin/films/new/", "/admin/films/1/"]


def email(person):
    return f"{person}@demo.example" if person else None


# What a browser counts as having moved by itself: `layout-shift` of the Layout Instability API.
COUNT_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput) window.shifts.push(entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""
MOST_SHIFT = 0.02


def open_with_a_late_typeface(page, address):
    """Open a page as a first visit does, its typeface last of all; return how far it jumped."""
    waiting = []
    page.route("**/*.woff2", lambda route: waiting.append(route))  # a route also empties the cache
    page.goto(address, wait_until="domcontentloaded")
    until(page, "performance.getEntriesByName('first-contentful-paint').length")
    wait_for(page, lambda: waiting, "the page asks for its typeface")
    while waiting:
        waiting.pop().continue_()
    page.unroute("**/*.woff2")
    until(page, "document.readyState === 'complete' && document.fonts.status === 'loaded'")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")
    return page.evaluate("window.shifts.reduce((sum, each) => sum + each, 0)")


@pytest.mark.parametrize("person", PAGES, ids=str)
def test_a_page_passes_axe_fits_a_phone_and_never_jumps_when_its_typeface_comes_late(visit, person):
    page = visit(email(person))
    page.add_init_script(COUNT_SHIFTS)
    violating, wrong, jumping = [], [], []
    for address in PAGES[person]:
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        shift = open_with_a_late_typeface(page, address)
        if shift > MOST_SHIFT:
            jumping.append((address, shift))
        violating += [f"dark, on a phone: {each}" for each in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        headings = page.locator("h1").count()
        title = page.title()
        if wide > PHONE["width"] or headings != 1 or not title.endswith(" – Membersnet"):
            wrong.append((address, wide, headings, title))
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        violating += violations(page)
    assert violating == []
    assert wrong == []
    assert jumping == []


@pytest.mark.parametrize(
    ("person", "address"),
    [("officer", "/"), ("officer", LESSON), ("member", "/rules/sample/7/VIII/")],
)
def test_nor_does_a_page_jump_on_a_wide_screen(visit, person, address):
    page = visit(email(person))
    page.add_init_script(COUNT_SHIFTS)
    assert open_with_a_late_typeface(page, address) <= MOST_SHIFT


def test_axe_finds_no_violation_in_our_pages_of_the_admin(visit):
    page = visit("author@demo.example")
    found, narrow = [], []
    for address in ADMIN:
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        page.goto(address)
        found += violations(page)
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {each}" for each in violations(page)]
        narrow += page.evaluate(NARROW)
    # Wagtail's own header and menu both hold a search without a name.
    assert [one for one in found if "landmark-unique" not in one] == []
    assert narrow == []


def test_a_rules_text_stands_on_the_first_screen_of_a_phone_with_its_tools_folded(visit):
    page = visit(email("member"))
    page.set_viewport_size(PHONE)
    page.goto("/rules/sample/7/VIII/")
    first = page.get_by_text("A comment is removed for what it says").bounding_box()
    assert first["y"] + first["height"] < PHONE["height"]
    pdf = page.get_by_role("link", name="PDF of this page")
    assert not pdf.is_visible()
    page.get_by_text("Download, follow, go to a citation").click()
    assert pdf.is_visible()
    page.set_viewport_size(DESK)
    page.reload()
    assert pdf.is_visible()


def test_the_keyboard_gets_past_a_transcript_with_one_key(visit):
    page = visit(email("officer"))
    page.goto(LESSON)
    page.locator(".transcript a").first.focus()
    page.keyboard.press("Shift+Tab")
    skip = page.get_by_role("link", name="Skip the transcript")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["height"] > 20
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "plain text"


@pytest.mark.parametrize(
    ("person", "address"),
    [
        ("officer", "/"),
        ("officer", LESSON),
        ("member", "/search/?q=quorum"),
        ("member", "/rules/sample/7/VIII/"),
        ("member", "/facts/membership-is-special-category/"),
        ("lead", "/regions/yorkshire-and-the-humber/"),
    ],
)
def test_a_first_view_weighs_at_most_100_kb_without_film(visit, browser, hub, person, address):
    signed_in = visit(email(person))
    context = browser.new_context(
        base_url=hub.url, viewport=PHONE, storage_state=signed_in.context.storage_state()
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    addresses, weights, loading = {}, {}, set()
    session.on(
        "Network.requestWillBeSent",
        lambda event: event.get("type") != "Media" and loading.add(event["requestId"]),
    )
    session.on("Network.loadingFailed", lambda event: loading.discard(event["requestId"]))
    session.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
    )

    def finished(event):
        weights[event["requestId"]] = event["encodedDataLength"]
        loading.discard(event["requestId"])

    session.on("Network.loadingFinished", finished)
    page.goto(address)
    wait_for(page, lambda: not loading, "everything that the page asks for has come")
    listed = {addresses[key]: weight for key, weight in weights.items() if key in addresses}
    context.close()
    assert all(one.startswith((hub.url, "data:")) for one in listed)
    pages_own = {one: n for one, n in listed.items() if ".mp4" not in one}
    assert sum(pages_own.values()) <= 100 * 1024, pages_own


def test_the_demonstration_tells_its_address_and_logins(hub):
    assert hub.url.rsplit(":", 1)[1] in hub.printed
    assert "Making the database" not in hub.printed  # it was copied with all that is in it
    for person in ("officer", "member", "lead", "author", "national"):
        assert f"{person}@demo.example" in hub.printed
    assert status_of(f"{hub.url}/healthz") == 200


def test_a_second_start_repeats_no_work(tmp_path):
    copy_of_prepared(tmp_path / "var")
    with serving(tmp_path / "var", tmp_path / "second.log") as second:
        assert status_of(f"{second.url}/healthz") == 200
        assert "Making the database" not in second.printed


def test_the_main_menu_is_one_line_on_a_phone_in_any_typeface(visit):
    page = visit("author@demo.example", viewport=PHONE)
    heights = []
    for letters in ("0px", "4px"):  # a wider typeface, as the letters' spacing makes one
        page.evaluate(f"document.documentElement.style.letterSpacing = '{letters}'")
        heights.append(page.locator(".site-nav").bounding_box()["height"])
    assert heights[0] == heights[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
