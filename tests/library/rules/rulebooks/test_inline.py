"""A line of Markdown without its markup, and footnotes numbered in the order of their marks."""

import pytest

from library.rules.rulebooks.inline import Inline


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The **quorum** is _ten_ `members`.", "The quorum is ten members."),
        ("See [the guide](https://x.example/a 'Title').", "See the guide."),
        ("Fees &amp; dues<br>are paid.", "Fees & dues are paid."),
        ("![A seal](seal.png) of the branch", "A seal of the branch"),
        (r"A \*star\* stays", "A *star* stays"),
        ("two   spaces", "two spaces"),
    ],
)
def test_words_are_without_markup(text, words):
    assert Inline([text]).words(text) == words


def test_footnotes_have_numbers_in_the_order_of_their_marks():
    inline = Inline(["One[^b] and[^a].", "Two[^b]."])

    assert (inline.mark("b"), inline.mark("a"), inline.mark("unknown")) == ("1", "2", "unknown")
    assert inline.words("Two[^b].") == "Two[^1]."


def test_bold_words_at_a_paragraphs_beginning_are_counted_as_they_are_read():
    inline = Inline([])

    assert inline.run_in("**Of *fees*.** They are paid.") == len("Of fees.")
    assert inline.run_in("They are **paid**.") == 0


def test_a_bare_line_holds_the_same_letters_found_in_another_way():
    line = "See **[the guide](https://x.example/)**<!-- not this -->[^1] <b>now</b>"

    assert Inline([line]).bare(line).split() == ["See", "**[the", "guide]**", "now"]
