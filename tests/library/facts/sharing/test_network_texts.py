"""Words for each network fit what it takes, and nothing is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.facts.sharing.network_texts import LIMITS, Limit, length, words_for

pytestmark = pytest.mark.any_database
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=120)


def test_a_link_counts_23_on_x_and_on_mastodon_and_all_of_itself_on_bluesky():
    text = "Quorum https://hub.example/facts/quorum-of-a-company-limited/"
    assert length(text, LIMITS["x"]) == len("Quorum ") + 23
    assert length(text, LIMITS["mastodon"]) == len("Quorum ") + 23
    assert length(text, LIMITS["bluesky"]) == len(text)


def test_what_is_not_latin_counts_twice_on_x_alone():
    assert length("é€ 🎉", LIMITS["x"]) == 1 + 2 + 1 + 2
    assert length("é€ 🎉", LIMITS["mastodon"]) == 4


@given(claim=WORDS.map(lambda w: w.strip() or "A claim."), source=WORDS, most=st.integers(1, 400))
def test_words_fit_whatever_a_network_takes_and_nothing_is_cut(claim, source, most):
    limit = Limit("Any", most, "")
    address = "https://hub.example/facts/one/"
    words = words_for(limit, claim=claim, source=source, short="Short.", address=address)
    assert words.startswith(claim.strip())
    assert length(words, limit) <= most or words == claim
