"""How a version is kept: its cues, its score, the words of its cues."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_version_has_its_score_and_the_words_of_its_cues(heard):
    assert heard.score == 100.0
    words = heard.cues.get().words
    assert [word["text"] for word in words] == ["we", "remove", "the", "common", "today."]
