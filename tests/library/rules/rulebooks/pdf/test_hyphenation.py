"""Words that the end of a line divides are whole again."""

import pytest

from library.rules.rulebooks.pdf.hyphenation import KnownWords


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a govern-", "ment of govern- ment"], "a government of govern- ment"),
        (["the vice-", "chair stands"], "the vice-chair stands"),
        (["every well-", "known member"], "every well-known member"),
        (["a tabu-", "lation"], "a tabulation"),
        (["in 2020-", "21"], "in 2020- 21"),
        (["a hy\u00ad", "phen"], "a hyphen"),
        (["one—", "two"], "one—two"),
    ],
)
def test_hyphens_at_the_ends_of_lines_go_only_where_the_word_is_one(lines, joined):
    known = KnownWords(["that the government is known vice-chair of it", "so a member stands by"])

    assert known.joined(lines) == joined
