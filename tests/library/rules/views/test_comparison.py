"""Editions, what changed between any two of them, and what that is for one member."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.utils import timezone

from library.rules.actions.access import restrict_part
from library.rules.actions.citing_texts import replace_citations
from library.rules.actions.followers import follow
from tests.factories.library import BOOK, SECOND, at, make_edition, make_second, make_work
from tests.library.rules.conftest import counts_told
from tests.pages import assert_hidden, visible_text

EDITIONS_QUERIES = 7
SUMMARY_QUERIES = 15  # with those that keep what was found
CHAPTER_QUERIES = 12
CHANGES_QUERIES = 13
PAGE_QUERIES = 18  # one of them asks whether the edition before had this chapter
COMPARE = "/rules/sample/compare/first-edition/second-edition/"


# --- the editions ----------------------------------------------------------------------------
def test_editions_stand_in_a_timeline_and_any_two_can_be_picked(browser, second):
    page = browser.get("/rules/sample/editions/")

    assert [(each.label, standing.value) for each, standing in page.context["editions"]] == [
        ("Second edition", "in_force"),
        ("First edition", "ended"),
    ]
    assert "From 1 January 2020 to 31 December 2021" in visible_text(page)
    picked = browser.get("/rules/sample/compare/?from=second-edition&to=first-edition")
    assert picked.headers["Location"] == COMPARE
    turned = browser.get("/rules/sample/compare/second-edition/first-edition/")
    assert turned.headers["Location"] == COMPARE
    assert_hidden(browser, "/rules/sample/compare/?from=second-edition&to=none")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_editions_costs_the_same_for_one_and_three(
    browser, db, count, django_assert_num_queries
):
    work = make_work()
    for year in range(count):
        day = timezone.localdate().replace(year=2020 + year, month=1, day=1)
        make_edition(work, label=f"Edition {year}", in_force_from=day)

    with django_assert_num_queries(EDITIONS_QUERIES):
        page = browser.get("/rules/sample/editions/")
    assert len(page.context["editions"]) == count


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("on=2021-05-03", "/rules/sample/2021-05-03/"),
        ("on=2021-05-03&place=7/VIII", "/rules/sample/2021-05-03/7/VIII"),
        ("on=2021-05-03&place=//else.example/", "/rules/sample/2021-05-03/else.example"),
    ],
)
def test_a_day_is_asked_for_in_a_form_which_leads_to_how_it_stood(browser, book, asked, led):
    assert browser.get(f"/rules/sample/editions/?{asked}").headers["Location"] == led


def test_the_form_for_a_day_keeps_the_place_and_says_what_is_no_day(browser, book):
    link = '<a class="button button--quiet" href="/rules/sample/editions/?place=7%2FVIII#day">'
    assert link in browser.get("/rules/sample/7/VIII/").content.decode()
    page = browser.get("/rules/sample/editions/?on=yesterday&place=7/VIII")
    assert "How 7.VIII stood on a day" in visible_text(page)
    assert "Enter a real date as year, month and day, such as 2025-12-31." in visible_text(page)
    assert '<input type="hidden" name="place" value="7/VIII">' in page.content.decode()


def test_a_page_leads_to_what_changed_in_its_chapter_since_the_edition_before(browser, second):
    def compared(address: str) -> list[str]:
        html = browser.get(f"/rules/sample/{address}").content.decode()
        assert ("What changed here since First edition" in html) == ("/compare/" in html)
        return re.findall(r'href="(/rules/sample/compare/[^"]+)"', html)

    clause = at(second, "7.VIII")
    assert compared("7/") == [f"{COMPARE}7/"]
    assert compared("7/VIII/") == [f"{COMPARE}7/#c-{clause.lineage}"]
    assert compared("first-edition/7/") == []
    second.provisions.filter(path="7").update(path="8", lineage=uuid.uuid4())
    assert compared("8/") == []


@pytest.mark.parametrize("editions", [2, 3])
def test_a_page_costs_the_same_with_two_editions_and_three(
    browser, book, editions, django_assert_num_queries
):
    for year in range(1, editions):
        day = book.in_force_from.replace(year=2020 + year)
        make_edition(book.work, label=f"Edition {year}", in_force_from=day)

    with django_assert_num_queries(PAGE_QUERIES):
        browser.get("/rules/sample/7/VIII/")


# --- what changed ----------------------------------------------------------------------------
def test_the_summary_counts_each_kind_chapter_by_chapter(browser, second):
    page = browser.get(COMPARE)

    assert counts_told(page.context["chapters"]) == {
        "4": {"reworded": 1},
        "7": {"renumbered": 1, "removed": 1},
        "appendix-1": {"new": 1},
    }
    assert "1 new, 1 removed, 1 renumbered, 1 reworded." in visible_text(page)


def test_one_chapter_is_shown_side_by_side_word_by_word(browser, second):
    page = browser.get(f"{COMPARE}4/")
    html = page.content.decode()

    assert "[removed: ten ]" in " ".join(visible_text(page).split())
    assert html.count("<del>") == html.count("<ins>") == 1
    (change,) = page.context["page"]
    assert [label for _kind, label in change.labels] == ["Reworded"]
    assert page.context["hidden"] == 2
    everything = browser.get(f"{COMPARE}4/?show=all")
    assert len(everything.context["page"].object_list) == 3


def test_one_chapter_is_shown_as_one_text(browser, second):
    page = browser.get(f"{COMPARE}4/?view=inline")

    words = visible_text(page)
    assert "The quorum is [removed: ten ] [added: twelve ] members." in words
    assert words.count("members.") == 1


def test_renumbered_and_removed_are_told_apart_with_words(browser, second):
    words = visible_text(browser.get(f"{COMPARE}7/"))

    assert "Renumbered Chapter 7 Clause IV is now Chapter 7 Clause V" in words
    assert "Removed" in words
    assert "Not in Second edition" in words
    assert_hidden(browser, f"{COMPARE}9/")


def test_what_moved_to_another_chapter_is_told_in_both(browser, book):
    clause = "### Clause IV — The log\n\n1. A moderator keeps a log.\n"
    moved = BOOK.replace(clause, "").replace("## Chapter 7", f"{clause}\n## Chapter 7")
    make_second(book, moved)

    old, new = browser.get(f"{COMPARE}7/"), browser.get(f"{COMPARE}4/")

    assert [each.after.cited_as for each in old.context["left"]] == ["Chapter 4 Clause IV"]
    assert [each.kinds for each in new.context["page"]] == [("moved",)]


@pytest.mark.parametrize("extra", [1, 3])
def test_comparing_costs_the_same_for_one_new_provision_and_three(
    browser, book, extra, django_assert_num_queries
):
    cache.clear()
    lines = "".join(f"\n{number + 2}. Be kind, say it {number} times." for number in range(extra))
    make_second(book, BOOK.rstrip("\n") + lines + "\n")

    with django_assert_num_queries(SUMMARY_QUERIES):
        summary = browser.get(COMPARE)
    assert counts_told(summary.context["chapters"]) == {"appendix-1": {"new": extra}}
    with django_assert_num_queries(CHAPTER_QUERIES):
        browser.get(f"{COMPARE}appendix-1/")


# --- who may read it -------------------------------------------------------------------------
def test_what_is_restricted_is_neither_shown_nor_counted(client, member, editor, second):
    for provision in (at(second, "appendix-1"), at(second, "4")):
        restrict_part(provision, "editors", by=None, now=timezone.now())

    client.force_login(member)
    page = client.get(COMPARE)
    assert not {"4", "appendix-1"} & set(counts_told(page.context["chapters"]))
    assert "twelve" not in client.get(f"{COMPARE}4/").content.decode()
    assert "Read what others" not in client.get(f"{COMPARE}appendix-1/").content.decode()
    client.force_login(editor)
    assert counts_told(client.get(COMPARE).context["chapters"])["4"] == {"reworded": 1}

    closed = make_edition(make_work("closed", audience="editors"))
    client.force_login(member)
    for page in ("editions", "changes", "feed"):
        assert_hidden(client, f"/rules/{closed.work.slug}/{page}/")


# --- for me ----------------------------------------------------------------------------------
def test_what_changed_for_me_begins_with_what_i_follow_and_what_my_lessons_cite(
    browser, member, book, second
):
    follow(second.work, chapter=at(second, "appendix-1"), by=member, now=timezone.now())
    lesson = {
        "kind": "lesson",
        "title": "The log",
        "url": "/courses/log/",
        "edit_url": "",
        "owner": None,
        "citations": [("sample", "7.V.1")],
    }
    replace_citations(key="1", audience=["members"], **lesson)
    replace_citations(
        key="2", audience=["editors"], **{**lesson, "citations": [("sample", "4.II.1")]}
    )

    page = browser.get("/rules/sample/changes/")

    assert [
        (group["name"], [str(each.chapter.path) for each, _lessons in group["chapters"]])
        for group in page.context["groups"]
    ] == [("followed", ["appendix-1"]), ("cited", ["7"]), ("other", ["4"])]
    assert "Cited in The log" in visible_text(page)
    assert "From First edition to Second edition:" in visible_text(page)


def test_changes_are_told_since_an_edition_and_there_are_none_of_an_only_one(browser, book):
    assert "There is only one edition, so nothing has changed yet." in visible_text(
        browser.get("/rules/sample/changes/")
    )
    second = make_second(book)
    make_second(book, SECOND, label="Third", in_force_from=second.in_force_from.replace(year=2023))

    assert browser.get("/rules/sample/changes/").context["groups"] == []
    since = browser.get("/rules/sample/changes/?since=first-edition")
    assert [group["name"] for group in since.context["groups"]] == ["other"]
    assert_hidden(browser, "/rules/sample/changes/?since=third")


@pytest.mark.parametrize("lessons", [1, 3])
def test_what_changed_for_me_costs_the_same_for_one_lesson_and_three(
    browser, second, lessons, django_assert_num_queries
):
    for number in range(lessons):
        replace_citations(
            kind="lesson",
            key=str(number),
            title=f"Lesson {number}",
            url=f"/courses/{number}/",
            edit_url="",
            audience=["members"],
            owner=None,
            citations=[("sample", "7.V.1")],
        )
    browser.get("/rules/sample/changes/")

    with django_assert_num_queries(CHANGES_QUERIES):
        browser.get("/rules/sample/changes/")
