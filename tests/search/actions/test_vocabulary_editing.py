"""What editors teach is logged with who changed what."""

import pytest
from wagtail.models import ModelLogEntry

from search.actions.vocabulary_editing import delete_taught, save_taught
from search.models import BestBet, VocabularyEntry
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


def entry(*forms: str, **values) -> VocabularyEntry:
    return VocabularyEntry(words="\n".join(forms), **values)


def bet(*questions: str, title: str = "Removing a comment", **values) -> BestBet:
    return BestBet(questions="\n".join(questions), title=title, address="/rules/", **values)


def test_the_audit_log_says_who_changed_what_from_what_to_what():
    person = MemberFactory()
    row = save_taught(entry("CLP", "party"), by=person)
    row.meaning = "Constituency Labour Party."
    save_taught(row, by=person)
    delete_taught(VocabularyEntry.objects.get(), by=person)

    made, changed, deleted = ModelLogEntry.objects.filter(object_id=str(row.pk)).order_by("pk")
    assert [each.action for each in (made, changed, deleted)] == [
        "wagtail.create",
        "wagtail.edit",
        "wagtail.delete",
    ]
    assert {made.user, changed.user, deleted.user} == {person}
    assert made.data["changes"]["words"] == [None, "CLP\nparty"]
    assert changed.data["changes"] == {"meaning": ["", "Constituency Labour Party."]}
    assert deleted.data["changes"]["words"] == ["CLP\nparty", None]
    assert deleted.deleted


def test_pinning_is_logged_too():
    row = save_taught(bet("remove a comment"), by=None)
    row.title = "How to remove a comment"
    save_taught(row, by=None)

    changed = ModelLogEntry.objects.get(action="wagtail.edit")
    assert changed.data["changes"] == {"title": ["Removing a comment", "How to remove a comment"]}
