"""What the demonstration's search is taught: it loads, it can be run again, and it is true."""

import pytest

from demo.loader import CONTENT, people, read, vocabulary
from library.rules.rulebooks.outline_text import read_outline
from library.rules.rulebooks.tree import places
from party.models import Member
from search.models import VocabularyEntry
from search.permissions import can_pin_answers, can_see_asked, can_teach_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> dict[str, VocabularyEntry]:
    vocabulary.load()
    return {entry.forms[0]: entry for entry in VocabularyEntry.objects.all()}


def test_every_entry_is_loaded_and_loading_twice_changes_nothing(entries):
    assert len(entries) == len(read("vocabulary.yaml"))
    stamps = dict(VocabularyEntry.objects.values_list("pk", "stamp"))
    vocabulary.load()
    assert dict(VocabularyEntry.objects.values_list("pk", "stamp")) == stamps


def test_what_an_editor_has_changed_stays_changed(entries):
    entries["CLP"].meaning = "Ours."
    entries["CLP"].save()
    vocabulary.load()
    assert VocabularyEntry.objects.get(pk=entries["CLP"].pk).meaning == "Ours."


def test_the_partys_abbreviations_find_and_say_what_they_stand_for(entries):
    stand_for = {
        "CLP": "Constituency Labour Party",
        "BLP": "Branch Labour Party",
        "NEC": "National Executive Committee",
        "NCC": "National Constitutional Committee",
        "LGC": "Local Government Committee",
        "AGM": "annual general meeting",
        "GM": "general meeting",
        "EC": "executive committee",
        "SMO": "social media officer",
        "PPC": "prospective parliamentary candidate",
    }
    for short, long in stand_for.items():
        assert long in entries[short].forms
        assert f"{short} is short for {long}" in entries[short].meaning


def test_the_terms_that_the_rule_book_defines_are_explained_in_its_own_words(entries):
    reading = read_outline((CONTENT / "rulebook.md").read_text())
    defined = {
        place.node.text: f"Sample Rule Book, {place.cited_as}"
        for place in places(reading.tree)
        if place.citation in ("1.II.1", "1.II.2", "1.II.3")
    }
    assert len(defined) == 3
    for first in ("online space", "moderator", "the log"):
        meaning, source = entries[first].meaning, entries[first].source
        (rule,) = [text for text, citation in defined.items() if citation == source]
        assert rule.lower() == f'"{first}" means {meaning[0].lower()}{meaning[1:]}'.lower()


def test_the_demonstrations_author_may_teach_and_read_what_was_asked_and_a_member_may_not():
    people.load_people()
    may = {
        name: [
            allowed(Member.objects.get(email=f"{name}@demo.example"))
            for allowed in (can_see_asked, can_teach_words, can_pin_answers)
        ]
        for name in ("author", "member")
    }
    assert may == {"author": [True, True, True], "member": [False, False, False]}
