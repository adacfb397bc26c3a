"""Every page: no accessibility violation, nothing sticks out on a phone, and little to download."""

import pytest

from tests.browser.conftest import PHONE, serving, status_of, violations

pytestmark = pytest.mark.browser
LESSON = "/courses/moderating-groups/before-you-remove-a-comment/"
PAGES = {
    None: [
        "/accounts/login/",
        "/verify/",
        "/verify/0000-0000-0000/",
        "/accounts/password/reset/",
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
        "/no-such-page/",
    ],
    "lead": [
        "/",
        "/regions/yorkshire-and-the-humber/",
        "/regions/yorkshire-and-the-humber/?state=vacant",
        "/circulations/",
    ],
    "national": ["/regions/", "/circulations/2/answers/"],
}
ADMIN = ["/admin/films/", "/admin/films/new/", "/admin/films/1/"]


def email(person):
    return f"{person}@demo.example" if person else None


@pytest.mark.parametrize("person", PAGES, ids=str)
def test_axe_finds_no_violation(visit, person):
    page = visit(email(person))
    found = []
    for address in PAGES[person]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("person", PAGES, ids=str)
def test_on_a_phone_in_the_dark_nothing_sticks_out_and_axe_finds_no_violation(visit, person):
    page = visit(email(person), scheme="dark", viewport=PHONE)
    found, wrong = [], []
    for address in PAGES[person]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth")
        headings = page.locator("h1").count()
        title = page.title()
        if wide > PHONE["width"] or headings != 1 or not title.endswith(" – Membersnet"):
            wrong.append((address, wide, headings, title))
        found += violations(page)
    assert wrong == []
    assert found == []


def test_axe_finds_no_violation_in_our_pages_of_the_admin(visit):
    page = visit("author@demo.example")
    found = []
    for address in ADMIN:
        page.goto(address)
        found += violations(page)
    # Wagtail's own header and menu both hold a search without a name.
    assert [one for one in found if "landmark-unique" not in one] == []


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
    addresses, weights = {}, {}
    session.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: weights.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(address)
    page.wait_for_load_state("networkidle")
    listed = {addresses[key]: weight for key, weight in weights.items() if key in addresses}
    context.close()
    assert all(one.startswith((hub.url, "data:")) for one in listed)
    pages_own = {one: n for one, n in listed.items() if ".mp4" not in one}
    assert sum(pages_own.values()) <= 100 * 1024, pages_own


def test_the_demonstration_tells_its_address_and_logins(hub):
    assert hub.url.rsplit(":", 1)[1] in hub.printed
    for person in ("officer", "member", "lead", "author", "national"):
        assert f"{person}@demo.example" in hub.printed
    assert status_of(f"{hub.url}/healthz") == 200


def test_a_second_start_repeats_no_work(hub, tmp_path):
    with serving(hub.data, tmp_path / "second.log") as second:
        assert status_of(f"{second.url}/healthz") == 200
        assert "Making the database" not in second.printed
