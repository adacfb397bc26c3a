"""Footnotes stand apart from the text, their marks in it."""

from library.rules.rulebooks.pdf.blocks import blocks_of
from tests.library.rules.rulebooks.pdf.pages import LONG, shown


def test_footnotes_stand_apart_and_their_marks_are_kept(pdf):
    source = f"+ Each member#footnote[One who has paid.] votes.\n+ {LONG}#footnote[Or sooner.]"

    assert shown(blocks_of(pdf(source))) == [
        ("item", 1, "1.", "Each member[^1] votes."),
        ("item", 1, "2.", f"{LONG}[^2]"),
        ("footnote", 0, "1", "One who has paid."),
        ("footnote", 0, "2", "Or sooner."),
    ]
