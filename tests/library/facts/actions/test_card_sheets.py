"""Fact cards in a sheet: every problem of a row is a sentence."""

from tests.factories.library import make_card
from tests.library.facts.actions.test_sheets import HEADINGS, SOUND, problems, read


def test_rows_that_repeat_each_other_name_the_earlier_one(member):
    sheet = read(HEADINGS, SOUND, SOUND.replace("Quorum,", "quorum,"), by=member)

    assert problems(sheet) == [
        [],
        ["Address: row 2 has the same.", "Statement: row 2 has the same."],
    ]


def test_a_card_that_exists_is_kept_and_the_differences_are_named(member):
    card = make_card(title="Quorum", figure="3")
    sheet = read("Title,Claim,Kind,Figure", f"Quorum,{card.statement},law,2", SOUND, by=member)

    assert problems(sheet)[0] == [
        "There is a card at this address (live). Edit it in the admin instead.",
        "Figure: the card says “3”, this row “2”.",
    ]


def test_headings_are_known_by_name_or_label_and_the_rest_is_said_to_be_left_out(member):
    sheet = read("TITLE;claim;Kind;does_not_show;Colour", "A;B;law;C;red", by=member)

    assert sheet.problems == ["The column “Colour” is not known, so it is not read."]
    assert sheet.rows == [
        {
            "row": 2,
            "values": {
                "title": "A",
                "statement": "B",
                "kind": "law",
                "does_not_show": "C",
                "slug": "a",
            },
            "problems": [],
            "remark": "Before it can go live, add publisher, title of the source, source’s address,"
            " as at, review by.",
        }
    ]
    sheet = read("Title,Kind", "A,law", by=member)
    assert sheet.problems == ["The column “Statement” is missing."]
    assert problems(sheet) == [["Statement: the cell is empty."]]


def test_a_title_without_letters_needs_an_address_and_topics_have_a_length(member):
    sheet = read("Title,Claim,Kind,Topics", f"!!!,A claim.,law,Long; {'x' * 101}", by=member)

    assert problems(sheet) == [
        [
            f"Topics: “{'x' * 40}…” is longer than 100 characters.",
            "Address: the cell is empty.",
        ]
    ]
