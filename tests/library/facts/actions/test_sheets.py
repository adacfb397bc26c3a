"""A sheet of cards, or of a series' values: every problem first, then an import, once."""

import datetime
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ground.refusals import Refused
from library.facts.actions.lifecycle import publish_fact
from library.facts.actions.sheets import import_sheet, read_sheet
from library.facts.models import FactCard, FactSheet
from tests.factories.library import make_card
from tests.factories.party import MemberFactory

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
            "Statement: ensure this value has at most 200 characters (it has 201).",
            "Type: “lawful” is not one of “law”, “computed”.",
            "Source’s address: enter a valid URL.",
            "As at: “31/02/2026” is not a date. Write it as 2026-06-30 or 30/06/2026.",
            "Review by: “soon” is not a date. Write it as 2026-06-30 or 30/06/2026.",
        ],
        [
            "Title: the cell is empty.",
            "Figure: the formula gives #REF!.",
            "Review by: the review-by date must come after the as-at date.",
        ],
    ]
    with pytest.raises(Refused, match="No row can be imported"):
        import_sheet(sheet, by=member, now=NOW)


def test_an_address_taken_since_the_preview_is_left_out_and_said_to_be(member):
    sheet = read(HEADINGS, SOUND, SOUND.replace("Quorum,Two", "Other,Three"), by=member)
    make_card("quorum", statement="The one that was first.")

    assert import_sheet(sheet, by=member, now=NOW) == 1

    sheet.refresh_from_db()
    assert problems(sheet) == [
        ["Another card was given this address, so this one was left out."],
        [],
    ]
    assert FactCard.objects.get(slug="quorum").statement == "The one that was first."


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
