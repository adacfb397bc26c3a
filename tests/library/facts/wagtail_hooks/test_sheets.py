"""Spreadsheets in the admin: uploaded, previewed, imported once, and theirs who uploaded them."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ground.refusals import Refused
from library.facts.actions.sheets import read_sheet
from library.facts.models import FactCard
from tests.library.facts.actions.test_sheets import HEADINGS, NOW, SOUND, problems, read
from tests.library.facts.views.test_series import make_series
from tests.pages import assert_hidden, visible_text


def test_an_editor_uploads_a_sheet_checks_it_and_imports_it_once(client, editor):
    client.force_login(editor)
    text = f"{HEADINGS}\n{SOUND}\n,No title,law,,,,,,,\n".encode()
    upload = visible_text(client.get(reverse("factsheet:index")))
    assert "Title Yes The quorum of a company’s meeting" in upload
    assert "Publisher To go live legislation.gov.uk (The National Archives)" in upload

    given = {"file": SimpleUploadedFile("mine.csv", text)}
    address = client.post(reverse("factsheet:index"), given).headers["Location"]
    page = visible_text(client.get(address))
    assert "2 rows. 1 can be imported." in page
    assert "Import 1 card as a draft" in page
    assert "3 – No title – Title: the cell is empty. 2 Quorum" in page  # problems stand first
    client.post(address)
    client.post(address)

    assert FactCard.objects.get().state == "draft"
    assert "Imported on" in visible_text(client.get(address))


def test_the_preview_says_what_was_left_out_and_that_nothing_can_be_imported(client, editor):
    client.force_login(editor)
    text = f"{HEADINGS},Colour\n,No title,law,,,,,,,,red\n".encode()
    given = {"file": SimpleUploadedFile("mine.csv", text)}
    page = visible_text(client.post(reverse("factsheet:index"), given, follow=True))
    for part in (
        "1 row. 0 can be imported.",
        "The column “Colour” is not known, so it is not read.",
        "No row can be imported. Fix the errors and upload the file again.",
    ):
        assert part in page


def test_a_sheet_is_its_givers_alone_and_needs_the_permission(client, member, editor):
    sheet = read(HEADINGS, SOUND, by=member)
    addresses = [reverse("factsheet:preview", args=[sheet.pk]), reverse("factsheet:index")]

    client.force_login(editor)
    assert_hidden(client, addresses[0])
    client.force_login(member)
    for address in addresses:
        refused = visible_text(client.get(address, follow=True))
        assert "You do not have permission" in refused
        assert "Two members" not in refused


def test_a_file_that_is_no_sheet_is_sent_back_with_a_sentence(client, editor):
    client.force_login(editor)

    given = {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 torn")}
    page = client.post(reverse("factsheet:index"), given)

    assert "no XLSX that can be read" in page.content.decode()


@pytest.mark.parametrize("kind", ["cards", "values"])
def test_the_blank_sheet_has_headings_that_are_read_and_an_explained_example(client, editor, kind):
    client.force_login(editor)
    data = client.get(reverse(f"factsheet:{kind}_xlsx")).content

    sheet, explained = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    headings = [cell.value for cell in sheet[1]]
    assert [row[0].value for row in explained.iter_rows(min_row=2)] == headings
    series = make_series({}) if kind == "values" else None
    with pytest.raises(Refused, match="no rows below them"):
        read_sheet(data, file_name="blank.xlsx", by=editor, now=NOW, series=series)
    example = [row[3].value or "" for row in explained.iter_rows(min_row=2)]
    if kind == "cards":
        book = openpyxl.Workbook()
        book.active.append(headings)
        book.active.append(example)
        written = io.BytesIO()
        book.save(written)
        found = read_sheet(written.getvalue(), file_name="example.xlsx", by=editor, now=NOW)
        assert problems(found) == [[]]
