"""The patterns of citations: where one may begin, and what belongs to it."""

import pytest

from library.citations import forms


@pytest.mark.parametrize(
    ("text", "begins"),
    [("see clause 4", True), ("£4.50", False), ("a@ch7.org", False), ("(ch. VII)", True)],
)
def test_a_citation_begins_at_its_word_and_never_in_a_price_or_an_address(text, begins):
    assert bool(forms.BEGINNING.search(text)) == begins


@pytest.mark.parametrize(
    ("text", "number"), [("ch7", "7"), ("ch. VII", "VII"), ("Chapter seven", "seven")]
)
def test_a_chapter_has_its_number_in_figures_numerals_or_words(text, number):
    assert forms.CHAPTER.fullmatch(text)["number"] == number


def test_a_dotted_citation_has_its_chapter_clause_and_steps():
    found = forms.DOTTED.fullmatch("7.VIII.3.A")
    assert (found["chapter"], found["clause"], found["steps"]) == ("7", "VIII", ".3.A")


def test_the_version_of_a_program_stands_before_a_number_that_is_no_citation():
    assert forms.VERSION.search("since Django ")
    assert not forms.VERSION.search("since rule ")
