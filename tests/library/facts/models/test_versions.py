"""Versions of fact cards: what became different, and who may read each."""

from django.contrib.auth.models import AnonymousUser

from library.facts.models import FactVersion
from tests.factories.library import make_card


def changes(before: dict, after: dict) -> list[tuple]:
    return [tuple(each) for each in FactVersion(data=after).changes_since(FactVersion(data=before))]


def test_a_change_of_words_is_shown_word_by_word():
    assert changes({"statement": "Two are enough."}, {"statement": "Three are enough."}) == [
        ("statement", [("gone", "Two "), ("new", "Three "), ("same", "are enough.")])
    ]


def test_days_and_choices_are_shown_as_they_are_read():
    before, after = {"as_at": "", "state": "draft"}, {"as_at": "2026-06-30", "state": "live"}
    assert [pieces[-1][1] for _label, pieces in changes(before, after)] == [
        "30 June 2026",
        str(FactVersion(data=after).state_label()),
    ]


def test_what_stayed_the_same_is_no_change():
    assert changes({"title": "One", "topics": "A"}, {"title": "One", "topics": "B"}) == [
        ("topics", [("gone", "A"), ("new", "B")])
    ]


def test_a_version_is_read_by_its_own_audience_however_the_card_is_opened_later(member):
    card = make_card(audience="members")
    type(card).objects.update(audience="anyone")
    assert not FactVersion.objects.visible_to(AnonymousUser()).exists()
    assert FactVersion.objects.visible_to(member).count() == 1
