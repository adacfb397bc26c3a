"""A librarian brings rules in, puts the draft right as text, goes back and publishes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations, wait_for

pytestmark = pytest.mark.browser
RULES = """\
# Garden rules

## Meetings

1. The branch meets once a month, except that it meets:
2. twice in the month of May;
3. twice in the month of June; and
4. never in the month of August.
5. The quorum is ten members.
"""


def bring_in(page, name: str, text: str):
    """Import rules as a new work, and open the draft that is made of them."""
    page.goto("/admin/rulesimport/new/")
    page.locator("#id_title").fill(f"The {name} rules")
    page.locator("#id_slug").fill(name)
    page.locator("#id_label").fill("2030 edition")
    page.locator("#id_in_force_from").fill("2030-01-01")
    file = {"name": f"{name}.md", "mimeType": "text/markdown", "buffer": text.encode()}
    page.set_input_files("input[type=file]", file)
    page.locator("main form[enctype] button[type=submit]").click()
    edition = page.get_by_role("link", name="See the edition")
    wait_for(page, lambda: page.reload() and edition.count(), "the file is read")
    edition.click()
    page.get_by_role("link", name="Text beside source").click()


def lines(page) -> list[str]:
    """Return the lines that the editor shows."""
    return page.locator(".cm-line").evaluate_all("all => all.map(line => line.textContent)")


def choose(page, first: str, count: int):
    """Choose lines by keyboard, from the one that begins so."""
    page.locator(".cm-line").filter(has_text=first).first.click()
    page.keyboard.press("Home")
    for _line in range(count):
        page.keyboard.press("Shift+ArrowDown")


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def change_by_keyboard(page):
    """Move three lines in with Tab, number afresh, split, join, find and replace."""
    choose(page, "2. twice", 3)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Renumber").click()
    assert [line.strip() for line in lines(page) if line.startswith("  ")] == [
        "1. twice in the month of May;",
        "2. twice in the month of June; and",
        "3. never in the month of August.",
    ]
    choose(page, "5. The quorum", 0)
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("6. Proxies are not counted.")
    page.get_by_role("button", name="Find and replace").click()
    page.get_by_role("textbox", name="Find", exact=True).fill("ten members")
    page.get_by_role("textbox", name="Replace", exact=True).fill("twelve members")
    page.get_by_role("button", name="Replace all").click()
    page.keyboard.press("Escape")
    assert "5. The quorum is twelve members." in lines(page)


def leave_by_keyboard(page):
    """Tab is the editor's own until Escape is pressed."""
    page.locator(".cm-content").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.cm-content')")


def test_a_draft_is_put_right_as_text_gone_back_on_and_published(visit):
    page = visit("national@demo.example")
    bring_in(page, "garden", RULES)
    change_by_keyboard(page)
    save(page)

    expect(page.get_by_text("Saved as version 2.").first).to_be_visible()
    text = lines(page)
    assert "  3. never in the month of August." in text
    assert "6. Proxies are not counted." in text
    expect(page.get_by_text("1 thing to check")).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^Line \d+, .*5$")).first.click()
    expect(page.locator(".draft-block.is-marked")).to_contain_text("The quorum is ten members.")
    page.keyboard.press("Home")
    page.keyboard.press("Delete")
    page.keyboard.type("2")
    leave_by_keyboard(page)
    assert violations(page) == []
    save(page)

    page.locator(".draft-versions summary").click()
    page.get_by_role("link", name="Version 2").click()
    expect(page.locator(".draft-changes").first).to_contain_text("twelve")
    page.get_by_role("button", name="Restore this version").click()
    expect(page.get_by_text("Restored version 2.").first).to_be_visible()
    assert "5. The quorum is twelve members." in lines(page)

    page.locator("[name=right]").check()
    save(page)
    page.get_by_role("link", name="Publish").first.click()
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("The garden rules, 2030 edition is published.").first).to_be_visible()
    page.get_by_role("link", name="Read it").click()
    page.get_by_role("link", name="Meetings").click()
    expect(page.get_by_role("main")).to_contain_text("The quorum is twelve members.")


def test_without_javascript_the_same_text_is_saved_from_a_plain_field(visit):
    page = visit("national@demo.example", javascript=False)
    bring_in(page, "plain", RULES)
    field = page.get_by_role("textbox", name="Text of the draft")
    text = field.input_value()
    assert text.startswith("## Meetings\n\n1. The branch meets once a month,")

    field.fill(text.replace("\n2. twice", "\n  ! twice").replace("  ! ", "  {verse} "))
    save(page)
    expect(page.get_by_text("“verse” is no kind of provision.")).to_be_visible()
    assert "  {verse} twice" in field.input_value()

    field.fill(text.replace("\n2. twice", "\n  1. twice"))
    save(page)
    expect(page.get_by_text("Saved as version 2.").first).to_be_visible()
    assert "\n  1. twice in the month of May;\n" in field.input_value()
