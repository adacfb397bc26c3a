"""A librarian changes a draft as text beside its source, without JavaScript."""

import html
import json
import re
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library.rules.actions.draft_outline import outline_of, save_outline, state_of
from library.rules.actions.import_worker import source_of
from library.rules.models import Edition
from tests.factories.library import make_edition, make_work
from tests.pages import assert_hidden

RULE = "1. The quorum is ten members."


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def draft(db) -> Edition:
    edition = make_edition(make_work(), publish=False)
    edition.provisions.update(doubt="")
    given = source_of(edition)
    for index, row in enumerate(edition.provisions.order_by("position")):
        words = " ".join(filter(None, [row.label, row.heading, row.text]))
        given.source.append({"text": words, "page": 2, "line": index + 1, "style": "item"})
        edition.provisions.filter(pk=row.pk).update(source_from=index, source_until=index + 1)
    given.source.append({"text": "Page 3 of 9", "page": 3, "line": 900, "style": "running"})
    given.left_out = [{"line": 900, "page": 3, "text": "Page 3 of 9", "reason": "A running foot."}]
    given.warnings = ["A line stood between two columns."]
    given.save()
    return edition


def page_of(client, edition: Edition) -> str:
    return client.get(reverse("edition:draft", args=[edition.pk])).content.decode()


def typed(page: str) -> str:
    """Return what stands in the page's textarea."""
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    return html.unescape(found[1])


def said(page: str) -> str:
    """Return the words of a page, as one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def save(client, edition: Edition, text: str, *, state: int | None = None, right=()):
    """Send the form, as a browser does: with line ends of two characters."""
    state = state_of(edition) if state is None else state
    fields = {"text": text.replace("\n", "\r\n"), "state": state, "right": list(right)}
    return client.post(reverse("edition:draft", args=[edition.pk]), fields, follow=True)


def test_the_text_stands_beside_its_source_and_they_lead_to_each_other(admin, draft):
    page = page_of(admin, draft)

    assert typed(page) == outline_of(draft)
    line = outline_of(draft).split("\n").index(RULE) + 1
    index = draft.provisions.get(path="4/II/1").source_from
    assert f'id="s-{index}" data-line="{line}"' in page
    assert f'href="#L{line}"' in page
    data = json.loads(re.search(r'<script id="outline-data"[^>]*>(.*?)</script>', page)[1])
    assert [line, index, index] in data["links"]
    assert "Page 3 of 9 — A running foot." in said(page).replace(" A running", " — A running", 1)


def test_what_is_saved_is_a_version_and_the_page_says_what_was_changed(admin, draft, editor):
    answer = save(admin, draft, outline_of(draft).replace("ten members", "twelve members"))

    page = said(answer.content.decode())
    assert "Saved as version 2. Provisions: 1 reworded." in page
    assert draft.provisions.get(path="4/II/1").text == "The quorum is twelve members."
    assert "2 versions" in page
    assert draft.versions.get(number=2).by == editor


def test_doubts_come_first_and_are_ticked_where_they_are_right(admin, draft):
    draft.provisions.filter(path__in=["4/II/1", "7/VIII/3"]).update(doubt="Number 2 is missing.")
    first = draft.provisions.get(path="4/II/1")
    page = page_of(admin, draft)
    line = outline_of(draft).split("\n").index(RULE) + 1
    assert "2 things to check" in said(page)
    assert f"Line {line}, Chapter 4 Clause II.1 Number 2 is missing. Already right" in said(page)
    assert "A line stood between two columns." in page
    assert "Publish" not in said(page)

    answer = save(admin, draft, outline_of(draft), right=[first.pk])

    page = said(answer.content.decode())
    assert "1 thing is right as it is." in page
    assert "1 thing to check" in page
    assert not draft.versions.exists()


def test_once_nothing_is_doubtful_the_next_step_is_offered(admin, draft):
    publish = reverse("edition:publish", args=[draft.pk])
    lineage = reverse("rules_lineage", args=[draft.pk])
    assert f'href="{publish}"' in page_of(admin, draft)

    draft.provisions.filter(path="4/II/1").update(descent="proposed")
    page = page_of(admin, draft)
    assert f'href="{lineage}"' in page
    assert f'href="{publish}"' not in page


def test_what_is_taken_out_is_listed_until_it_is_put_back(admin, draft):
    before = outline_of(draft)
    answer = save(admin, draft, before.replace(f"{RULE}\n", ""))
    page = said(answer.content.decode())
    assert "2 texts of the source are not in the draft" in page
    assert f"{RULE} Not in the draft any more. Page 2, line 3" in page

    page = said(save(admin, draft, before).content.decode())
    assert "1 text of the source is not in the draft" in page
    assert "Not in the draft any more." not in page


def test_lines_that_cannot_be_read_are_named_and_the_text_is_kept(admin, draft):
    text = outline_of(draft).replace(RULE, f"{RULE}\n{{verse}} Nothing.\n<b>Typed.</b>")
    answer = save(admin, draft, text)

    page = answer.content.decode()
    line = text.split("\n").index("{verse} Nothing.") + 1
    assert "1 line cannot be read" in said(page)
    assert f"Line {line} : “verse” is no kind of provision." in said(page)
    assert typed(page).replace("\r\n", "\n") == text
    assert page.count("<title>Error:") == 1 or "Error:" in page
    assert not draft.versions.exists()


def test_a_form_from_before_another_save_is_refused_and_nothing_is_lost(admin, draft):
    seen, before = state_of(draft), outline_of(draft)
    theirs = before.replace("ten members", "twelve members")
    save_outline(draft, theirs, state=seen, by=None, now=draft.made_by.created_at)

    mine = before.replace("keeps a log.", "keeps a log of all.")
    page = save(admin, draft, mine, state=seen).content.decode()

    assert "someone else saved this draft after you opened it" in said(page)
    assert typed(page).replace("\r\n", "\n") == mine
    assert "What is different in the saved version" in said(page)
    assert "twelve" in said(page)
    assert outline_of(draft) == theirs

    save(admin, draft, mine)  # the form carries the newest state now: it was seen
    assert 'name="state" value="2"' in page
    assert outline_of(draft) == mine
    assert draft.versions.get(number=2).outline == theirs


def test_a_version_shows_what_was_changed_and_can_be_had_again(admin, draft):
    before = outline_of(draft)
    save(admin, draft, before.replace("ten members", "twelve members"))
    address = reverse("edition:version", args=[draft.pk, 1])
    page = admin.get(address).content.decode()
    assert "As read from the file." in said(page)
    assert "Restore this version" in said(page)

    restore = reverse("edition:restore", args=[draft.pk, 1])
    answer = admin.post(restore, {"state": 2}, follow=True)

    assert "Version 3: Restored version 1." in said(answer.content.decode())
    assert outline_of(draft) == before
    assert_hidden(admin, reverse("edition:version", args=[draft.pk, 9]))
    answer = admin.post(restore, {"state": 2}, follow=True)
    assert "someone else saved this draft after you opened it" in said(answer.content.decode())


def test_a_published_edition_has_no_text_to_change(admin, book):
    assert_hidden(admin, reverse("edition:draft", args=[book.pk]))


@pytest.mark.parametrize("rules", [1, 300])
def test_the_page_asks_as_much_for_a_long_draft_as_for_a_short_one(admin, rules):
    text = "\n".join(f"{n}. Rule {n}." for n in range(1, rules + 1))
    edition = make_edition(make_work(), f"## Chapter 1\n{text}", publish=False)
    page_of(admin, edition)

    with CaptureQueriesContext(connection) as captured:
        page = page_of(admin, edition)

    assert len([query for query in captured if "rules_" in query["sql"]]) == 9
    assert typed(page).count("Rule") == rules


def sent_as_a_form(client, edition: Edition, text: str, token: str = ""):
    body = urlencode({"text": text, "state": 0, "csrfmiddlewaretoken": token})
    address = reverse("edition:draft", args=[edition.pk])
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


def test_a_text_that_is_too_large_to_send_comes_back_with_a_sentence(editor, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    before, text = outline_of(draft), "## Chapter 1\n\n" + "1. Motions — in time.\n" * 90_000
    assert len(urlencode({"text": text})) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    page = sent_as_a_form(client, draft, text).content.decode()

    assert typed(page) == text
    assert "Nothing was saved, because the text is too large to send. The limit is 2.5 MB" in page
    assert outline_of(draft) == before


def test_a_text_is_saved_only_with_the_forms_own_token(editor, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    text = outline_of(draft).replace("ten members", "twelve members")

    assert sent_as_a_form(client, draft, text).status_code == 403
    page = page_of(client, draft)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    assert sent_as_a_form(client, draft, text, token).status_code == 302
    assert "twelve members" in outline_of(draft)
