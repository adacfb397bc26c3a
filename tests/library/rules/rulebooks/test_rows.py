"""A number stands below what the row that it continues stands below."""

import pytest

from library.rules.rulebooks.numbering import parsed
from library.rules.rulebooks.rows import DEEPEST, TOO_DEEP, Open, Rows
from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import Block, Node
from tests.library.rules.rulebooks.outlines import built, items, outline, paragraphs


def opened(*levels: int) -> Rows:
    """Return rows in which an item of each level is open."""
    rows = Rows([], levels_certain=False)
    rows.items = [Open(Node("provision", "1"), level, parsed("1."), []) for level in levels]
    return rows


def test_typed_numbers_go_back_to_the_row_they_continue():
    texts = ["1. one", "(a) x", "(i) p", "(ii) q", "(b) y", "2. two", "(a) z"]

    assert built(Block("Rule 1. Words", "heading", level=1), *paragraphs(*texts)) == [
        "rule 1: Words",
        "  provision 1: one",
        "    provision a: x",
        "      provision i: p",
        "      provision ii: q",
        "    provision b: y",
        "  provision 2: two",
        "    provision a: z",
    ]


def test_an_i_after_an_h_is_a_letter_unless_an_ii_follows():
    letters = [f"({letter}) {letter}" for letter in "abcdefghij"]
    roman = [*letters[:8], "(i) one", "(ii) two", "(i) letter", "(j) j"]

    assert len(build(paragraphs(*letters)).tree[0].children) == 10
    assert outline(build(paragraphs(*roman)).tree[0].children)[-5:] == [
        "provision h: h",
        "  provision i: one",
        "  provision ii: two",
        "provision i: letter",
        "provision j: j",
    ]


def test_a_row_of_the_same_level_nests_where_the_outer_one_goes_on():
    flat = [*items("1.", "2."), *items("a.", "b."), *items("3.")]

    assert [line.split(":")[0] for line in outline(build(flat).tree)] == [
        "part",
        "  provision 1",
        "  provision 2",
        "    provision a",
        "    provision b",
        "  provision 3",
    ]


def test_a_row_that_begins_below_a_colon_is_below_it_though_its_level_is_the_same():
    flat = [Block("Notice is given:", "item", "1.", 1), *items("(a)", "(b)")]

    assert outline(build(flat).tree) == [
        "part: ",
        "  provision 1: Notice is given:",
        "    provision a: at (a)",
        "    provision b: at (b)",
    ]


def test_where_levels_are_certain_they_alone_say_what_stands_below_what():
    blocks = [*items("1."), *items("a."), *items("2."), *items("(i)", level=2)]

    assert outline(build(blocks, levels_certain=True).tree) == [
        "part: ",
        "  provision 1: at 1.",
        "  provision a: at a.",
        "  provision 2: at 2.",
        "    provision i: at (i)",
    ]


def test_a_row_ends_at_a_heading():
    texts = ["1. one", "(a) x"]

    assert built(
        Block("Rule 1", "heading", level=1), *paragraphs(*texts),
        Block("Rule 2", "heading", level=1), *paragraphs("(b) y"),
    ) == [
        "rule 1: ",
        "  provision 1: one",
        "    provision a: x",
        "rule 2: ",
        "  provision b: y",
    ]  # fmt: skip


def test_a_number_that_comes_again_stays_in_its_row():
    assert built(Block("Rule 1", "heading", level=1), *paragraphs("1. a", "2. b", "2. c")) == [
        "rule 1: ",
        "  provision 1: a",
        "  provision 2: b",
        "  provision 2: c",
    ]


def test_dotted_numbers_go_back_to_the_row_whose_steps_they_share():
    texts = ["1. one", "1.1. below", "1.1.1. deep", "1.2. below", "2.1. another"]

    assert built(Block("Rule 1", "heading", level=1), *paragraphs(*texts))[1:] == [
        "  provision 1: one",
        "    provision 1.1: below",
        "      provision 1.1.1: deep",
        "    provision 1.2: below",
        "    provision 2.1: another",
    ]


def test_what_is_deeper_than_can_be_stood_is_put_on_the_deepest_level_and_doubted():
    rows = opened(*range(1, DEEPEST + 1))
    label = parsed("(a)")

    place = rows.place(0, DEEPEST + 1, label)

    assert (place.depth, place.doubt) == (DEEPEST - 1, TOO_DEEP)
    assert opened(*range(1, DEEPEST)).place(0, DEEPEST, label).doubt == ""


@pytest.mark.parametrize(
    ("levels", "level", "depth"),
    [
        ((1, 2, 3), 3, 2),
        ((1, 2, 3), 2, 1),
        ((1, 2), 5, 2),
        ((1, 2), 0, 0),
        ((0, 0), 0, 2),
        ((0, 1, 2), 0, 1),
        ((), 3, 0),
    ],
)
def test_a_paragraph_stands_below_the_items_of_higher_levels_and_below_typed_numbers(
    levels, level, depth
):
    assert opened(*levels).depth_of_unnumbered(level) == depth


@pytest.mark.parametrize(
    ("before", "label", "meaning"),
    [
        ([], "i", [("i", 1, 0)]),
        (["h"], "i", [("a", 9, 0)]),
        (["i", "ii"], "iii", [("i", 3, 0)]),
        (["1", "2"], "2A", [("1", 2, 1)]),
    ],
)
def test_what_a_number_means_is_settled_by_the_one_before_it(before, label, meaning):
    rows = Rows([], levels_certain=False)
    for number in [*before, label]:
        place = rows.place(0, 1, parsed(f"({number})"))
        rows.items = [Open(Node("provision", number), 1, parsed(f"({number})"), place.meaning)]

    assert place.meaning == meaning
