"""Numbers before paragraphs are those that Word would draw."""

import pytest

from library.rules.rulebooks.docx.lists import Lists
from tests.library.rules.rulebooks.docx.parts import element, level, paragraph
from tests.library.rules.rulebooks.outlines import outline


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    xml = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'
    return Lists(element("numbering", xml), {})


def test_lists_of_several_levels_count_restart_and_write_their_numbers(read):
    steps = [
        ("a", 1, 0),
        ("b", 1, 1),
        ("c", 1, 2),
        ("d", 1, 1),
        ("e", 1, 0),
        ("f", 1, 1),
        ("g", 2, 0),
    ]
    reading = read(
        paragraph("Names", style="Heading1"), *(paragraph(t, num=n, depth=d) for t, n, d in steps)
    )

    assert outline(reading.tree) == [
        "article I: Names",
        "  provision 1: a",
        "    provision 1.1: b",
        "      provision a: c",
        "    provision 1.2: d",
        "  provision 2: e",
        "    provision 2.1: f",
        "  provision 7: g",
    ]


@pytest.mark.parametrize(
    ("style", "start", "drawn"),
    [
        ("decimal", 7, "7."),
        ("lowerLetter", 27, "aa."),
        ("upperLetter", 54, "BBB."),
        ("lowerRoman", 4, "iv."),
        ("upperRoman", 19, "XIX."),
        ("decimalZero", 7, "07."),
        ("cardinalText", 2, "Two."),
        ("cardinalText", 200, "200."),
        ("chicago", 3, "3."),
    ],
)
def test_a_number_is_written_in_the_style_of_its_level(style, start, drawn):
    first = level(0, style, "%1.").replace('<w:start w:val="1"/>', f'<w:start w:val="{start}"/>')

    assert lists(first).count("1", 0) == drawn


def test_a_legal_level_writes_the_levels_above_it_in_digits():
    counted = lists(
        level(0, "upperRoman", "Article %1"), level(1, "decimal", "%1.%2", "<w:isLgl/>")
    )

    assert [counted.count("1", depth) for depth in (0, 0, 1, 1)] == [
        "Article I",
        "Article II",
        "2.1",
        "2.2",
    ]


def test_a_level_starts_again_only_where_its_list_says_so():
    never = lists(
        level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    )
    after_the_first = lists(
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "%2."),
        level(2, "lowerRoman", "%3.", '<w:lvlRestart w:val="1"/>'),
    )

    assert [never.count("1", depth) for depth in (0, 1, 0, 1)] == ["1.", "(1)", "2.", "(2)"]
    assert [after_the_first.count("1", depth) for depth in (0, 1, 2, 1, 2, 0, 2)] == [
        *("1.", "a.", "i.", "b.", "ii.", "2.", "i."),
    ]


def test_lists_made_of_one_go_on_counting_until_one_begins_at_a_number_of_its_own():
    counted = lists(
        level(0, "decimal", "%1."),
        nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="9"/></w:lvlOverride></w:num>',
    )

    assert [counted.count(num, 0) for num in ("1", "2", "3", "3", "1")] == [
        *("1.", "2.", "9.", "10.", "11."),
    ]


def test_a_list_may_draw_one_level_otherwise_than_the_list_it_is_made_of():
    other = level(0, "lowerLetter", "(%1)")
    counted = lists(
        level(0, "decimal", "%1."),
        nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2">'
        f'<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{other}</w:lvlOverride></w:num>',
    )

    assert [counted.count("1", 0), counted.count("2", 0)] == ["1.", "(b)"]


def test_a_list_that_links_to_a_style_counts_in_the_list_of_that_style():
    root = element(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "Rule %1")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Rules"/></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>',
    )
    counted = Lists(root, {"Rules": "4"})

    assert [counted.count(num, 0) for num in ("4", "5", "4")] == ["Rule 1", "Rule 2", "Rule 3"]


def test_bullets_and_lists_that_are_not_there_draw_nothing():
    bullets = lists(level(0, "bullet", "•"))

    assert [bullets.count("1", 0), bullets.count("1", 5), bullets.count("8", 0)] == ["", "", ""]
    assert Lists(None, {}).count("1", 0) == ""


def test_words_that_a_level_without_a_number_draws_are_its_number():
    assert lists(level(0, "none", "Preamble")).count("1", 0) == "Preamble"


def test_what_is_damaged_in_a_level_is_read_as_if_it_were_not_there():
    damaged = level(0, "decimal", "%1.").replace('w:val="1"', 'w:val="first"')
    endless = level(0, "lowerLetter", "%1.").replace('w:val="1"', 'w:val="9999999999999"')

    assert lists(damaged).count("1", 0) == "1."
    assert lists(endless).count("1", 0) == f"{'n' * 9}."


def test_a_paragraph_style_has_the_level_that_names_it():
    counted = lists(
        level(0, "decimal", "%1."), level(1, "decimal", "%2.", '<w:pStyle w:val="Sub"/>')
    )

    assert counted.level_of_style("1", "Sub") == 1
    assert counted.level_of_style("1", "Other") == counted.level_of_style("7", "Sub") == 0
