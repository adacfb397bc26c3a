"""A spreadsheet of cards, or of a series' values: every problem first, then an import, once."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ground.refusals import Refused
from library.facts.actions.lifecycle import publish_fact
from library.facts.actions.sheets import import_sheet, read_sheet
from library.facts.models import FactCard, FactSheet
from tests.factories.library import make_card
from tests.factories.party import MemberFactory
from tests.library.facts.views.test_series import make_series
from tests.pages import assert_hidden

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
HEADINGS = "Title,Claim,Kind,Figure,As at,Review by,Topics,Publisher,Source title,Source address"
SOUND = (
    "Quorum,Two members are a quorum.,Law,2,30/06/2026,2027-06-29,Meetings; Companies,"
    "legislation.gov.uk,Companies Act 2006,https://www.legislation.gov.uk/ukpga/2006/46"
)


def read(*rows: str, by, **fields) -> FactSheet:
    return read_sheet("\n".join(rows).encode(), file_name="a.csv", by=by, now=NOW, **fields)


def problems(sheet: FactSheet) -> list[list[str]]:
    return [row["problems"] for row in sheet.rows]


def test_a_sound_row_becomes_a_draft_that_can_go_live(member):
    sheet = read(HEADINGS, SOUND, by=member)
    assert (problems(sheet), FactCard.objects.count()) == ([[]], 0)

    assert import_sheet(sheet, by=member, now=NOW) == 1

    card = FactCard.objects.get()
    assert (card.slug, card.state, card.kind, card.figure, card.owner) == (
        "quorum", "draft", "law", "2", member,
    )  # fmt: skip
    assert (card.as_at, card.review_by) == (datetime.date(2026, 6, 30), datetime.date(2027, 6, 29))
    assert sorted(topic.name for topic in card.topics.all()) == ["Companies", "Meetings"]
    assert publish_fact(card, by=None, now=NOW).state == "live"


def test_importing_a_second_time_does_nothing(member):
    sheet = read(HEADINGS, SOUND, by=member)
    import_sheet(sheet, by=member, now=NOW)
    FactCard.objects.all().delete()

    assert import_sheet(sheet, by=member, now=NOW) == 0
    assert not FactCard.objects.exists()


def test_every_problem_of_every_row_is_a_sentence(member):
    sheet = read(
        HEADINGS,
        f"Long,{'x' * 201},lawful,,31/02/2026,soon,,,,not-an-address",
        ",No title,law,#REF!,2026-01-02,2026-01-01,,,,",
        by=member,
    )

    assert problems(sheet) == [
        [
            "As at: “31/02/2026” is no day. Write it as 2026-06-30 or 30/06/2026.",
            "Review by: “soon” is no day. Write it as 2026-06-30 or 30/06/2026.",
            "Kind: “lawful” is not one of “law”, “computed”.",
            "Claim: ensure this value has at most 200 characters (it has 201).",
            "Source address: enter a valid URL.",
        ],
        [
            "Figure: the cell says #REF!; its formula did not work out.",
            "Review by: the review-by date must come after the as-at date.",
            "Address: the cell is empty.",
            "Title: the cell is empty.",
        ],
    ]
    with pytest.raises(Refused, match="Every row has a problem"):
        import_sheet(sheet, by=member, now=NOW)


def test_rows_that_repeat_each_other_name_the_earlier_one(member):
    sheet = read(HEADINGS, SOUND, SOUND.replace("Quorum,", "quorum,"), by=member)

    assert problems(sheet) == [[], ["Address: row 2 has the same.", "Claim: row 2 has the same."]]


def test_a_card_that_exists_is_kept_and_the_differences_are_named(member):
    card = make_card(title="Quorum", figure="3")
    sheet = read("Title,Claim,Kind,Figure", f"Quorum,{card.statement},law,2", SOUND, by=member)

    assert problems(sheet)[0] == [
        "There is a card at this address already (live). It is kept as it is; change it in the"
        " admin.",
        "Figure: the card says “3”, this row “2”.",
    ]


def test_an_address_taken_since_the_preview_is_left_out_and_said_to_be(member):
    sheet = read(HEADINGS, SOUND, SOUND.replace("Quorum,Two", "Other,Three"), by=member)
    make_card("quorum", statement="The one that was first.")

    assert import_sheet(sheet, by=member, now=NOW) == 1

    sheet.refresh_from_db()
    assert problems(sheet) == [["A card was given this address in the meantime, and was kept."], []]
    assert FactCard.objects.get(slug="quorum").statement == "The one that was first."


def test_headings_are_known_by_name_or_label_and_the_rest_is_said_to_be_left_out(member):
    sheet = read("TITLE;statement;Kind;does_not_show;Colour", "A;B;law;C;red", by=member)

    assert problems(sheet) == [
        ["The column “Colour” is not known, so its cells were not read."],
        [],
    ]
    assert sheet.rows[1]["values"]["does_not_show"] == "C"
    assert problems(read("Title,Kind", "A,law", by=member))[0] == ["The column “Claim” is missing."]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (["A,B", "1,2"], "No column was recognised"),
        ([HEADINGS], "no rows below them"),
        ([""], "The sheet is empty. Nothing was imported."),
        ([HEADINGS, *[SOUND] * 501], "more than 501 rows"),
    ],
    ids=["headings", "rows", "nothing", "many"],
)
def test_what_holds_no_cards_is_refused(member, rows, why):
    with pytest.raises(Refused, match=why):
        read(*rows, by=member)
    assert not FactSheet.objects.exists()


class AnySheet(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), min_size=1, max_size=5))
    def test_whatever_the_cells_say_a_row_has_problems_or_becomes_a_card(self, rows):
        book = openpyxl.Workbook()
        book.active.append(["Title", "Claim", "Kind", "As at"])
        for row in rows:
            book.active.append([openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", c) for c in row])
        data = io.BytesIO()
        book.save(data)
        by = MemberFactory()
        try:
            sheet = read_sheet(data.getvalue(), file_name="a.xlsx", by=by, now=NOW)
        except Refused:
            return
        if sound := len(sheet.sound()):
            assert import_sheet(sheet, by=by, now=NOW) == sound
        assert FactCard.objects.count() == sound


# --- values of a series ----------------------------------------------------------------------
def test_values_are_read_with_their_problems_and_replace_what_is_stored(member):
    series = make_series({"Wales": {2019: 40}})
    sheet = read(
        "Period,Place,Value,Period begins",
        "2019,Wales,32,",
        '2024,Wales,"1,234.5",',
        "Spring,Wales,1,",
        "Year 2019,Dale,1,2019-01-01",
        "2024,Wales,5,",
        "2024,Dale,many,",
        "2024,Dale,,",
        by=member,
        series=series,
    )

    assert problems(sheet) == [
        [],
        [],
        ["Period begins: the cell is empty, and “Spring” is not a year."],
        ["1 January 2019 begins “2019” already, so it cannot begin “Year 2019” too."],
        ["Row 3 has a value for the same place and period."],
        ["Value: “many” is no number."],
        ["Value: the cell is empty.", "Row 7 has a value for the same place and period."],
    ]
    assert sheet.rows[0]["remark"] == "Replaces 40."
    assert import_sheet(sheet, by=member, now=NOW) == 2
    assert list(series.values.values_list("period", "place", "value")) == [
        ("2019", "Wales", Decimal(32)),
        ("2024", "Wales", Decimal("1234.5")),
    ]


# --- in the admin ----------------------------------------------------------------------------
def test_an_editor_gives_a_sheet_looks_at_it_and_imports_it_once(client, editor):
    client.force_login(editor)
    text = f"{HEADINGS}\n{SOUND}\n,No title,law,,,,,,,\n".encode()
    upload = client.get(reverse("factsheet:upload")).content.decode()
    assert "What belongs in it" in upload

    given = {"file": SimpleUploadedFile("mine.csv", text)}
    address = client.post(reverse("factsheet:upload"), given).headers["Location"]
    page = client.get(address).content.decode()
    assert "Import the row without problems as a draft" in page
    assert "Title: the cell is empty." in page
    assert "The sheet has 2 rows." in page
    assert "Show only the row with problems" in page
    assert "Quorum" not in client.get(f"{address}?rows=problems").content.decode()
    client.post(address)
    client.post(address)

    assert FactCard.objects.get().state == "draft"
    assert "It was imported on" in client.get(address).content.decode()


def test_a_heading_that_is_left_out_is_no_row_with_problems(client, editor):
    client.force_login(editor)
    text = f"{HEADINGS},Colour\n,No title,law,,,,,,,,red\n".encode()
    given = {"file": SimpleUploadedFile("mine.csv", text)}
    page = client.post(reverse("factsheet:upload"), given, follow=True).content.decode()
    for said in ("The sheet has one row.", "None is without problems.", "Show only the row with"):
        assert said in page


def test_a_sheet_is_its_givers_alone_and_needs_the_permission(client, member, editor):
    sheet = read(HEADINGS, SOUND, by=member)
    addresses = [reverse("factsheet:preview", args=[sheet.pk]), reverse("factsheet:upload")]

    client.force_login(editor)
    assert_hidden(client, addresses[0])
    client.force_login(member)
    for address in addresses:
        assert client.get(address, follow=True).status_code in (403, 404)


def test_a_file_that_is_no_sheet_is_sent_back_with_a_sentence(client, editor):
    client.force_login(editor)

    given = {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 torn")}
    page = client.post(reverse("factsheet:upload"), given)

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
