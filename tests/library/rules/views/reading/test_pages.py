"""The pages members read: rules by chapter, provisions at their own addresses, fact cards."""

import datetime
import re

import pytest

from library.rules.models import Edition, Work
from tests.factories.library import make_card, make_edition, make_work
from tests.pages import assert_hidden, visible_text

# Session, member, her permissions (2) and regions (2) are six of each. A chapter asks for the work
# and its editions (3), what it is, the contents, the text, references and their targets (2), words,
# what refers to it (3), and what the reader follows.
WORKS_QUERIES = 6
CHAPTER_QUERIES = 16


def links_in(html: str) -> dict[str, str]:
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return {" ".join(re.sub(r"<[^>]+>", " ", words).split()): href for href, words in found}


@pytest.mark.parametrize(
    "address", ["/rules/", "/rules/sample/", "/rules/sample/7/", "/facts/", "/facts/quorum/"]
)
def test_every_page_asks_strangers_to_sign_in_and_has_one_heading(client, book, member, address):
    make_card()

    assert client.get(address).headers["Location"] == f"/accounts/login/?next={address}"
    client.force_login(member)
    html = client.get(address).content.decode()
    assert html.count("<h1") == 1
    title = re.search(r"<title>(.*?)</title>", html).group(1)
    heading = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL).group(1)
    assert title.startswith(heading)


def test_the_list_shows_each_work_with_its_edition_and_whether_it_is_a_sample(browser, book):
    make_edition(make_work("open", title="Open rules", kind=Work.Kind.POLICY))
    make_edition(make_work("closed", audience=Work.Audience.EDITORS))
    make_edition(make_work("draft"), publish=False)

    response = browser.get("/rules/")

    found = [
        (work.slug, edition.label, standing)
        for work, edition, standing in response.context["works"]
    ]
    assert found == [
        ("open", "First edition", Edition.Standing.IN_FORCE),
        ("sample", "First edition", Edition.Standing.IN_FORCE),
    ]
    assert visible_text(response).count("Sample") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_works_costs_the_same_queries_for_one_and_three(
    browser, db, count, django_assert_num_queries
):
    for number in range(count):
        make_edition(make_work(f"work-{number}"))

    with django_assert_num_queries(WORKS_QUERIES):
        assert len(browser.get("/rules/").context["works"]) == count


def test_the_list_leads_on_to_the_procedures_that_registered_there(browser, db):
    html = browser.get("/rules/").content.decode()

    assert '<a href="/procedures/">procedures, standing orders and policies</a>' in html


def test_the_contents_name_every_chapter_and_clause_and_lead_there(browser, book):
    response = browser.get("/rules/sample/")

    contents = re.search(r'<ol class="contents__list">.*?</ol>', response.content.decode(), re.S)
    assert links_in(contents.group()) == {
        "Chapter 4 — Meetings": "/rules/sample/4/",
        "Clause II Quorum": "/rules/sample/4/II/",
        "Chapter 7 — Online groups": "/rules/sample/7/",
        "Clause IV The log": "/rules/sample/7/IV/",
        "Clause VIII Removing a comment": "/rules/sample/7/VIII/",
        "Appendix 1 — House rules": "/rules/sample/appendix-1/",
    }
    assert "An introduction to the rules." in visible_text(response)


@pytest.mark.parametrize("address", ["/rules/sample/", "/rules/sample/7/"])
def test_a_sample_says_so_on_every_page(browser, book, address):
    assert "This is a sample" in visible_text(browser.get(address))
    Work.objects.update(sample=False)
    assert "This is a sample" not in visible_text(browser.get(address))


def test_what_a_member_may_not_read_or_is_not_published_is_not_there(browser, db):
    make_edition(make_work("closed", audience=Work.Audience.EDITORS))
    make_edition(make_work("draft"), publish=False)

    for address in ("closed/", "closed/7/", "closed/7/VIII", "draft/", "draft/7/", "none/"):
        assert_hidden(browser, f"/rules/{address}")


def test_an_edition_that_has_ended_is_shown_with_a_banner(browser, book):
    Edition.objects.update(in_force_until=datetime.date(2021, 2, 28))

    for address in ("/rules/sample/", "/rules/sample/7/"):
        assert "This edition is no longer in force. It ended on 28 February 2021." in visible_text(
            browser.get(address)
        )
    assert "No longer in force" in visible_text(browser.get("/rules/"))


def test_an_edition_still_to_come_is_shown_with_a_banner(browser, db):
    make_edition(make_work(), in_force_from=datetime.date(2999, 3, 1))

    assert "This edition is not yet in force. It begins on 1 March 2999." in visible_text(
        browser.get("/rules/sample/")
    )


@pytest.mark.parametrize("provisions", [1, 3])
def test_a_chapter_costs_the_same_queries_for_one_and_three_provisions(
    browser, db, provisions, django_assert_num_queries
):
    rules = "".join(f"{n}. See Clause I.{n}.\n" for n in range(1, provisions + 1))
    make_edition(make_work(), f"## Chapter 1\n### Clause I\n{rules}")

    with django_assert_num_queries(CHAPTER_QUERIES):
        response = browser.get("/rules/sample/1/")
    assert response.content.decode().count('class="provision depth-1"') == provisions


def test_a_chapter_that_does_not_exist_is_not_there(browser, book):
    assert_hidden(browser, "/rules/sample/99/")


@pytest.mark.parametrize("address", ["7/", "7/VIII/", "appendix-1/"])
def test_a_pages_heading_can_be_cited_too(browser, book, address):
    html = browser.get(f"/rules/sample/{address}").content.decode()

    page = book.provisions.get(path=address.strip("/"))
    head = re.search(r'<header class="rules__head" ([^>]*)><h1>', html).group(1)
    assert head == (
        f'data-citation="{page.cited_as}" data-link="/rules/sample/{address}"'
        f' data-permanent="{page.get_permanent_url()}"'
    )


@pytest.mark.parametrize(
    ("address", "example"), [("", "4.II"), ("7/", "7.IV"), ("7/VIII/", "7.VIII.1")]
)
def test_the_example_of_a_citation_is_one_of_this_book(browser, book, address, example):
    html = browser.get(f"/rules/sample/{address}").content.decode()

    assert f'placeholder="such as {example}"' in html
    assert 'placeholder="such as' not in browser.get("/rules/sample/9/9/").content.decode()


@pytest.mark.parametrize("place", ["", "7/", "7/VIII/"])
def test_a_draft_offers_nothing_that_cannot_work_before_it_is_published(
    client, editor, book, place
):
    later = datetime.date(2999, 1, 1)
    draft = make_edition(book.work, label="Draft", in_force_from=later, publish=False)
    client.force_login(editor)

    response = client.get(f"/admin/edition/preview/{draft.pk}/{place}")
    html = response.content.decode()
    assert "A draft, as readers will see it." in visible_text(response)
    for dead in ("data.pdf", "/subjects/", "/words/", "/editions/", "/follow/", "/compare/"):
        assert dead not in html
    assert 'name="cite"' not in html
    assert 'id="copy-tools"' not in html
    nowhere = client.get(f"/admin/edition/preview/{draft.pk}/99/").content.decode()
    assert 'name="cite"' not in nowhere
    assert "/subjects/" not in nowhere


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("7/VIII/3/A", "/rules/sample/7/VIII/#VIII.3.A"),
        ("7/VIII/3/A/", "/rules/sample/7/VIII/#VIII.3.A"),
        ("7/viii/3/a", "/rules/sample/7/VIII/#VIII.3.A"),
        ("7.VIII.3.A", "/rules/sample/7/VIII/#VIII.3.A"),
        ("7", "/rules/sample/7/"),
        ("Appendix-1", "/rules/sample/appendix-1/"),
        ("appendix-1/1", "/rules/sample/appendix-1/#1"),
    ],
)
def test_a_provisions_address_leads_to_its_place_on_its_chapters_page(
    browser, book, address, place
):
    page = browser.get(f"/rules/sample/{address}", follow=True)
    assert page.redirect_chain[-1] == (place, 302)
    _path, _hash, provision = place.partition("#")
    assert f'id="{provision}"' in page.content.decode() or not provision


@pytest.mark.parametrize(
    "address", ["7/VIII/99", "7/XX", "9/I/1", "7//3", "%00", "7/%00X", "7/VIII/3/A/x"]
)
def test_the_address_of_a_provision_that_does_not_exist_is_not_there(browser, book, address):
    assert_hidden(browser, f"/rules/sample/{address}")
