"""What could not work is refused in a sentence before it is saved."""

import pytest
from django.core.exceptions import ValidationError

from search.actions.vocabulary_editing import save_taught
from search.models import BestBet, VocabularyEntry

pytestmark = pytest.mark.django_db


def entry(*forms: str, **values) -> VocabularyEntry:
    return VocabularyEntry(words="\n".join(forms), **values)


def bet(*questions: str, title: str = "Removing a comment", **values) -> BestBet:
    return BestBet(questions="\n".join(questions), title=title, address="/rules/", **values)


def errors(row) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    return refusal.value.messages


def test_a_form_of_another_entry_is_refused_with_the_name_of_that_entry():
    save_taught(entry("CLP", "Constituency Labour Party"), by=None)

    assert errors(entry("local party", "clp")) == [
        "“clp” stands in another entry already: “CLP, Constituency Labour Party”."
        " Write yours there."
    ]


def test_an_entry_may_be_saved_again_and_entries_may_lead_to_the_same_word_or_to_slight_ones():
    save_taught(save_taught(entry("remove", "delete"), by=None), by=None)
    save_taught(entry("kick out", "remove", both_ways=False), by=None)
    save_taught(entry("throw out", "remove", both_ways=False), by=None)
    save_taught(entry("IT", "computers"), by=None)
    save_taught(entry("racist", "who they are", both_ways=False), by=None)

    assert VocabularyEntry.objects.count() == 5


@pytest.mark.parametrize(
    ("forms", "reasons"),
    [
        (["the", "a"], ["“the” stands in almost", "“a” stands in almost"]),
        (["CLP", "!!!"], ["“!!!” has no letter and no digit to search for."]),
        (["CLP", "x" * 81], [f"“{'x' * 30}…” is too long: write at most 80 characters on a line."]),
        ([f"word{n}" for n in range(31)], ["There are 31 lines; write at most 30."]),
        (["CLP"], ["Write a second form on a line of its own, or say what it means."]),
        (["", "  "], ["Write at least one word."]),
    ],
)
def test_what_could_not_work_is_refused_with_a_sentence(forms, reasons):
    said = errors(VocabularyEntry(words=" \n".join(forms) or " "))
    assert [
        message[: len(reason)] for message, reason in zip(said, reasons, strict=True)
    ] == reasons


def test_a_pinned_answer_without_a_sensible_question_or_address_is_refused():
    assert errors(bet("?!")) == ["“?!” has no letter and no digit to search for."]
    assert errors(bet("x " * 150)) == [
        "“x x x x x x x x x x x x x x x …” is too long: write at most 200 characters on a line."
    ]
    assert errors(BestBet(questions="a\nb", title="T", address="javascript:alert(1)")) == [
        "Write an address of the hub that begins with /, or with https://."
    ]
