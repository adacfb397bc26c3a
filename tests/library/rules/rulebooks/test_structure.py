"""What stands below what, from headings, lists and typed numbers; and that nothing is lost."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import Block, every, places
from tests.library.rules.rulebooks.outlines import built, items, outline, paragraphs


# --- typed numbers -----------------------------------------------------------------------------
def test_dotted_numbers_nest_by_their_dots():
    texts = ["1 Name", "1.1 The name.", "1.1.1 In Welsh.", "1.2 The logo.", "2.1 Aims."]
    heads = [Block("1 Name", "heading", level=1), *paragraphs(*texts[1:4])]
    tree = build([*heads, Block("2 Aims", "heading", level=1), Block(texts[4])]).tree

    assert outline(tree) == [
        "clause 1: Name",
        "  provision 1.1: The name.",
        "    provision 1.1.1: In Welsh.",
        "  provision 1.2: The logo.",
        "clause 2: Aims",
        "  provision 2.1: Aims.",
    ]
    found = [(place.path, place.cited_as) for place in places(tree)]
    assert found[2] == ("1/1/1", "Clause 1.1.1")
    assert found[5] == ("2/1", "Clause 2.1")


def test_a_paragraph_between_two_of_a_row_stands_between_them():
    texts = ["1. one:", "(a) x", "Words between.", "(b) y", "Words after."]

    assert built(Block("Clause I — A", "heading", level=1), *paragraphs(*texts)) == [
        "clause I: A",
        "  provision 1: one:",
        "    provision a: x",
        "    lead_in: Words between.",
        "    provision b: y",
        "  lead_in: Words after.",
    ]


# --- headings ------------------------------------------------------------------------------------
def test_headings_of_unknown_or_equal_level_nest_by_what_they_are_called():
    names = ["Part I: A", "Chapter 1: B", "Section 1: C", "Section 2: D", "Chapter 2: E", "Part II"]

    assert built(*(Block(name, "heading") for name in names)) == [
        "part I: A",
        "  chapter 1: B",
        "    section 1: C",
        "    section 2: D",
        "  chapter 2: E",
        "part II: ",
    ]


def test_a_number_alone_takes_the_heading_below_it():
    heads = [("ARTICLE I", 2), ("Offices", 3), ("ARTICLE II", 2), ("Agents", 3)]

    assert built(*(Block(text, "heading", level=level) for text, level in heads)) == [
        "article I: Offices",
        "article II: Agents",
    ]


def test_a_heading_that_runs_into_its_text_is_told_from_it():
    text = "Section 2.1. Delaware. The address of the office."

    (article,) = build([Block("Article II", "heading", level=1), Block(text, run_in=22)]).tree
    (section,) = article.children
    assert (section.kind, section.number) == ("section", "2.1")
    assert (section.heading, section.text) == ("Delaware.", "The address of the office.")


# --- lists --------------------------------------------------------------------------------------
def test_bullets_are_unnumbered_and_nest():
    blocks = [Block("Appendix B", "heading", level=1), Block("May:", "item", "", 1)]

    assert built(*blocks, Block("added a duty", "item", "•", 2), Block("June", "item", "", 1)) == [
        "appendix B: ",
        "  lead_in: May:",
        "    lead_in: added a duty",
        "  lead_in: June",
    ]


# --- tables, footnotes, what is beside the text ---------------------------------------------
def test_a_table_is_its_rows_and_a_footnote_stands_below_its_mark():
    table = Block("", "table", rows=[["Post", "Term"], ["Chair[^1]", "one year"]])
    note = Block("Elected in May.", "footnote", "1")

    assert built(Block("Clause I", "heading", level=1), table, note) == [
        "clause I: ",
        "  table: Post | Term\nChair[^1] | one year",
        "    footnote 1: Elected in May.",
    ]


def test_what_is_beside_the_text_is_left_out_and_listed():
    beside = [
        Block("Contents", "heading", level=1),
        Block("Chapter 1 Names ..... 3"),
        Block("Rule book 2026", "running", page=2),
        Block("Chapter 1 Names", "heading", level=1),
        Block("Really?", "comment", reason="A comment beside the text."),
    ]
    reading = build(beside)

    assert outline(reading.tree) == ["chapter 1: Names"]
    assert [left.text for left in reading.left_out] == [
        "Contents",
        "Chapter 1 Names ..... 3",
        "Rule book 2026",
        "Really?",
    ]
    assert all(left.reason for left in reading.left_out)


# --- addresses and sources -------------------------------------------------------------------
def test_no_address_is_longer_than_can_be_stored():
    deep = [Block(f"A long heading {'x' * 50} {n}", "heading", level=n) for n in range(1, 9)]

    found = places(build([*deep, *items("1.", "2.")]).tree)
    assert max(len(place.path) for place in found) <= 200
    assert len({place.path for place in found}) == len(found) == 9  # the first is the title


def test_every_node_names_the_blocks_it_was_made_of():
    blocks = [Block("ARTICLE I", "heading", level=2), Block("Offices", "heading", level=3)]
    reading = build([*blocks, *items("1.")])

    found = [(node.kind, node.source_from, node.source_until) for node in every(reading.tree)]
    assert found == [("article", 0, 2), ("provision", 2, 3)]
    assert reading.source[2].text == "at 1."


# --- invariants -----------------------------------------------------------------------------------
words = st.text("abcXYZé £1.,;:()", max_size=30)
labels = st.sampled_from(
    ["", "1.", "2.", "a.", "(i)", "(iv)", "A.", "1.1", "2.3.", "•", "Article I."]
)
texts = st.builds(
    str.__add__, st.sampled_from(["", "1. ", "(b) ", "2.1 ", "Section 3. ", "Part I "]), words
)
blocks = st.lists(
    st.builds(
        Block,
        text=texts,
        style=st.sampled_from(["heading", "paragraph", "item", "footnote", "contents", "comment"]),
        label=labels,
        level=st.integers(0, 5),
        run_in=st.integers(0, 12),
    )
    | st.builds(Block, st.just(""), st.just("table"), rows=st.lists(st.lists(words), max_size=3)),
    max_size=12,
)


def letters(*texts: str) -> Counter[str]:
    return Counter(c for text in texts for c in text.casefold() if c.isalnum())


@settings(max_examples=50, deadline=None)
@given(blocks, st.booleans())
def test_every_letter_and_digit_of_any_blocks_is_in_the_tree_or_was_left_out(given, certain):
    reading = build(given, levels_certain=certain)
    nodes = list(every(reading.tree))
    held = letters(
        *(f"{n.kind if n.number else ''}{n.number}{n.heading}{n.text}" for n in nodes),
        *(left.text for left in reading.left_out),
        reading.title,
        reading.introduction,
    )
    source = letters(*(b.label + b.text + "".join(map("".join, b.rows)) for b in given))

    assert source - held == Counter()
    assert not [warning for warning in reading.warnings if "no place in the tree" in warning]
    paths = [place.path for place in places(reading.tree)]
    assert len(paths) == len(set(paths))
