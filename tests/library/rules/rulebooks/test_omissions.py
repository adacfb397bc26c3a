"""What of a source is not in a draft: what was left out, and what was taken out since."""

from library.rules.rulebooks.omissions import GONE, omissions
from library.rules.rulebooks.tree import Block, ExcludedText, Node

SOURCE = [
    Block("Rules of the society", "heading", line=1),
    Block("These rules were adopted in the spring of last year.", line=2),
    Block("Members meet once a month in the old hall.", "item", "1.", line=3),
    Block("Page 3", "running", line=4),
    Block("The quorum is ten members of the society.", "item", "2.", line=5),
    Block("Notice", "item", "3.", line=6),
]
FOOT = ExcludedText(4, "Page 3", "A running foot.")


def tree(first: str, second: str, third: str = "Notice") -> list[Node]:
    texts = [(first, 2), (second, 4), (third, 5)]
    below = [
        Node("provision", str(n), text=text, source_from=at, source_until=at + 1)
        for n, (text, at) in enumerate(texts, 1)
        if text
    ]
    return [Node("part", children=below)]


def found(nodes: list[Node], introduction: str = SOURCE[1].text) -> list[tuple[int, str]]:
    return [(left.line, left.reason) for left in omissions(SOURCE, [FOOT], nodes, introduction)]


def test_nothing_but_what_the_reader_left_out_is_missing_at_first():
    assert found(tree(SOURCE[2].text, SOURCE[4].text)) == [(4, "A running foot.")]


def test_words_put_right_are_still_there():
    put_right = "Members meet twice a month in the new hall."
    assert found(tree(put_right, SOURCE[4].text)) == [(4, "A running foot.")]


def test_what_was_taken_out_is_listed_in_the_order_of_the_source():
    assert found(tree(SOURCE[2].text, "")) == [(4, "A running foot."), (5, GONE)]
    assert found(tree("", SOURCE[4].text)) == [(3, GONE), (4, "A running foot.")]


def test_what_stands_elsewhere_is_not_missing():
    joined = f"{SOURCE[2].text} {SOURCE[4].text}"
    assert found(tree(joined, "")) == [(4, "A running foot.")]


def test_a_short_text_that_is_gone_is_listed_too():
    assert found(tree(SOURCE[2].text, SOURCE[4].text, "")) == [(4, "A running foot."), (6, GONE)]


def test_what_is_gone_from_the_introduction_is_listed():
    assert found(tree(SOURCE[2].text, SOURCE[4].text), "") == [(2, GONE), (4, "A running foot.")]


def test_of_two_equal_texts_one_is_missed():
    twice = [*SOURCE, Block(SOURCE[4].text, "item", "4.", line=7)]
    nodes = tree(SOURCE[2].text, SOURCE[4].text)
    assert [left.line for left in omissions(twice, [FOOT], nodes, SOURCE[1].text)] == [4, 7]


def test_a_left_out_text_that_was_put_in_is_not_listed():
    words = "Adopted by the annual meeting of the society."
    left = ExcludedText(9, words, "A remark beside the text, not part of it.")
    nodes = [*tree(SOURCE[2].text, SOURCE[4].text), Node("lead_in", text=words)]
    assert omissions(SOURCE, [FOOT, left], nodes, SOURCE[1].text) == [FOOT]
    assert omissions(SOURCE, [FOOT, left], nodes[:1], SOURCE[1].text) == [FOOT, left]
