"""Somebody puts captions right by keyboard alone, and a member reads what she wrote."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, sign_in, until, violations

pytestmark = pytest.mark.browser
LESSON = "/courses/moderating-groups/keeping-a-record/"
FILM = "Keeping a record"


def open_editor(page):
    """From the list of films to the editor of one, by the keys."""
    page.goto("/admin/films/")
    tab_to(page, page.get_by_role("main").get_by_role("link", name=FILM, exact=True).first)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Edit captions"))
    page.keyboard.press("Enter")
    expect(page.locator(".cue--active")).to_be_visible()


def tab_to(page, target, most=120):
    expect(target).to_be_visible()
    for _step in range(most):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{target} is not reached with the Tab key")


def texts(page):
    return page.locator(".cue").evaluate_all(
        "(rows) => rows.map((row) => row.querySelector('.cue__text').textContent)"
    )


def told(page, sentence):
    expect(page.locator("[data-told]")).to_contain_text(sentence)


def saved(page):
    expect(page.locator("[data-state=saved]")).to_contain_text(re.compile(r"Saved at \d\d:"))


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_captions_are_put_right_by_keyboard_alone_and_a_member_reads_them(visit):
    page = visit("author@demo.example")
    open_editor(page)
    try:
        write(page)
        speak_and_replace(page)
        survive_a_reload(page)
        publish(page)
        member = visit("member@demo.example")
        member.goto(LESSON)
        lines = member.locator(".transcript__text")
        expect(lines.first).to_have_text("Write it down at once.")
        expect(member.get_by_text("Captions: reviewed by Anwen Specimen on")).to_be_visible()
        address = member.locator("video track[kind=captions]").first.get_attribute("src")
        vtt = member.request.get(address).text()
        assert "<v Ann Example>Write it down at once." in vtt
    finally:
        restore(page)


def write(page):
    """Edit, split, merge, nudge, insert, delete, undo, redo."""
    before = texts(page)
    text = page.locator("#cue-text")
    tab_to(page, text)
    press(page, "Control+a")
    page.keyboard.type("Write it down at once. Then wait.")
    assert texts(page)[0] == "Write it down at once. Then wait."
    press(page, "Home", *["Control+ArrowRight"] * 5, "Alt+Enter")
    told(page, "Split in two.")
    assert texts(page)[:2] == ["Write it down at once.", "Then wait."]
    expect(text).to_be_focused()
    expect(text).to_have_value("Then wait.")
    start = page.locator("#cue-start").input_value()
    press(page, "Alt+.")
    told(page, "Start 0:0")
    assert page.locator("#cue-start").input_value() > start
    press(page, "Alt+,", "Alt+ArrowUp", "Alt+m")
    told(page, "Merged with the next cue.")
    assert texts(page)[0] == "Write it down at once. Then wait."
    press(page, "Control+z")
    told(page, "Undone.")
    assert texts(page)[:2] == ["Write it down at once.", "Then wait."]
    press(page, "Control+Shift+z")
    told(page, "Done again.")
    press(page, "Control+z", "Alt+ArrowDown", "Alt+Delete")
    told(page, "Cue deleted.")
    assert texts(page) == ["Write it down at once.", *before[1:]]
    press(page, "Alt+i")
    told(page, "Empty cue inserted.")
    expect(text).to_have_value("")
    press(page, "Control+z")
    assert texts(page) == ["Write it down at once.", *before[1:]]


def speak_and_replace(page):
    """Name the speaker of several cues, find and replace, hear a word."""
    for _cue in range(5):
        press(page, "Alt+ArrowUp")
    press(page, "Alt+x", "Alt+ArrowDown", "Alt+x", "Alt+s")
    expect(page.locator("[data-chosen]")).to_have_text("2 chosen")
    tab_to(page, page.locator("#speaker-set"))
    page.keyboard.type("Ann Example")
    press(page, "Enter")
    assert page.locator(".cue__speaker").all_inner_texts()[:3] == ["Ann Example"] * 2 + [""]
    press(page, "Escape", "Alt+r")
    expect(page.locator("#find-text")).to_be_focused()
    page.keyboard.type("the")
    expect(page.locator("[data-found]")).to_contain_text(re.compile(r"Found \d+ times"))
    press(page, "Tab")
    page.keyboard.type("THE")
    press(page, "Tab", "Tab", "Space")
    tab_to(page, page.get_by_role("button", name="Replace all"))
    press(page, "Enter")
    told(page, "Replaced")
    assert any(" THE " in f" {text} " for text in texts(page))
    press(page, "Escape", "Control+z")
    told(page, "Undone.")
    assert not any("THE" in text.split() for text in texts(page))
    until(page, "document.querySelector('video').readyState >= 1")
    press(page, "Alt+w")
    until(page, "document.querySelector('video').currentTime > 0.1")
    until(page, "document.querySelector('video').paused")


def survive_a_reload(page):
    """What was written a moment before a reload is there again, and is saved."""
    saved(page)
    page.locator("#cue-text").focus()
    press(page, "Control+End")
    page.keyboard.type(" Now")
    page.reload()
    expect(page.locator(".cue--active")).to_be_visible()
    assert any(text.endswith(" Now") for text in texts(page))
    tab_to(page, page.locator("#cue-text"))
    press(page, "Control+s")
    saved(page)
    page.reload()
    expect(page.locator(".cue--active")).to_be_visible()
    assert any(text.endswith(" Now") for text in texts(page))


def publish(page):
    tab_to(page, page.get_by_role("button", name="Publish and mark as reviewed"))
    press(page, "Enter")
    said = re.compile("is shown to viewers, and marked: reviewed by")
    expect(page.get_by_text(said)).to_be_visible()


def restore(page):
    """Leave the demonstration as it was: show the first version again."""
    page.goto("/admin/films/")
    page.get_by_role("main").get_by_role("link", name=FILM, exact=True).first.click()
    first = page.locator(".caption-version").last
    if first.get_by_role("button", name="Show this one").count():
        first.get_by_role("button", name="Show this one").click()
        expect(page.get_by_text("Version 1 is what viewers get now.")).to_be_visible()


def test_what_was_written_while_signed_out_is_saved_and_published_after_the_next_sign_in(visit):
    page = visit("author@demo.example")
    open_editor(page)
    try:
        page.context.clear_cookies(name="sessionid")
        tab_to(page, page.locator("#cue-text"))
        press(page, "Control+End")
        page.keyboard.type(" Kept")
        press(page, "Control+s")
        told(page, "You are signed out, so nothing was saved.")
        another_tab = page.context.new_page()
        sign_in(another_tab, "author@demo.example")
        another_tab.close()
        page.evaluate("dispatchEvent(new Event('focus'))")  # as a browser does for the tab gone to
        saved(page)
        written = next(text for text in texts(page) if text.endswith(" Kept"))
        publish(page)
        page.goto(LESSON)
        expect(page.locator(".transcript__text").first).to_have_text(written)
    finally:
        restore(page)


def test_axe_finds_nothing_in_the_editor_and_nothing_sticks_out(visit):
    page = visit("author@demo.example")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/films/")
    page.get_by_role("main").get_by_role("link", name="Before you remove a comment").first.click()
    page.get_by_role("button", name="Edit captions").click()
    expect(page.locator(".cue--active")).to_be_visible()
    editor, found = page.url, []
    for scheme, viewport in (("light", DESK), ("dark", PHONE)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(viewport)
        for address in (editor, f"{editor}text/"):
            page.goto(address)
            for panel in page.locator("[aria-controls$=-panel]").all():
                panel.click()
            found += violations(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_text("Viewers see no difference.")).to_be_visible()
    page.goto(editor)
    found += violations(page)
    # Wagtail's own header and menu both hold a search without a name.
    assert [one for one in found if "landmark-unique" not in one] == []


def test_without_scripts_the_captions_are_edited_as_text(visit):
    page = visit("author@demo.example", javascript=False)
    page.goto("/admin/films/")
    page.get_by_role("main").get_by_role("link", name=FILM, exact=True).first.click()
    page.get_by_role("button", name="Edit captions").click()
    page.get_by_role("link", name="Edit the captions as text").click()
    written = page.get_by_label("Captions (WebVTT)").input_value()
    page.get_by_label("Captions (WebVTT)").fill(written.replace("WEBVTT", "not captions", 1))
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("This is not a WebVTT caption file")).to_be_visible()
    page.get_by_label("Captions (WebVTT)").fill(written)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("Saved. Viewers get it once it is published.")).to_be_visible()
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_text("Viewers see no difference.")).to_be_visible()
