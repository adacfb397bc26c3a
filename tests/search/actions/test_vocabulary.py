"""What editors teach: kept valid in every process, told in sentences, matched as people type."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from party.permissions import ANYONE, EDITORS, MEMBERS
from search.actions.vocabulary import SearchVocabulary, vocabulary, vocabulary_of
from search.actions.vocabulary_editing import delete_taught, save_taught
from search.models import BestBet, VocabularyEntry
from search.models.vocabulary import new_stamp
from search.questions.parsing import parse
from search.questions.synonyms import SynonymSet

pytestmark = pytest.mark.django_db
MEMBER = frozenset({ANYONE, MEMBERS})
EDITOR = frozenset({ANYONE, MEMBERS, EDITORS})


def entry(*forms: str, **values) -> VocabularyEntry:
    return VocabularyEntry(words="\n".join(forms), **values)


def bet(*questions: str, title: str = "Removing a comment", **values) -> BestBet:
    return BestBet(questions="\n".join(questions), title=title, address="/rules/", **values)


def errors(row) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    return refusal.value.messages


# --- what is known now -----------------------------------------------------------------------
def test_what_is_taught_becomes_sets_of_synonyms_and_a_lone_defined_term_does_not():
    save_taught(entry("CLP", "Constituency Labour Party"), by=None)
    save_taught(entry("throw out", "remove", both_ways=False), by=None)
    save_taught(entry("the log", meaning="The record of moderation."), by=None)

    assert vocabulary().sets == (
        SynonymSet(("CLP", "Constituency Labour Party"), both_ways=True),
        SynonymSet(("throw out", "remove"), both_ways=False),
    )


def test_a_word_counts_from_the_next_question_on_and_a_changed_or_deleted_one_too():
    assert vocabulary().sets == ()

    row = save_taught(entry("CLP", "local party"), by=None)
    assert [found.forms for found in vocabulary().sets] == [("CLP", "local party")]

    row.words = "CLP\nparty"
    save_taught(row, by=None)
    assert [found.forms for found in vocabulary().sets] == [("CLP", "party")]

    delete_taught(row, by=None)
    assert vocabulary().sets == ()


def test_a_pinned_answer_counts_at_once_too():
    row = save_taught(bet("remove a comment"), by=None)
    assert vocabulary().bets_for("remove a comment", MEMBER) == (row,)

    delete_taught(row, by=None)
    assert vocabulary().bets_for("remove a comment", MEMBER) == ()


def test_two_changes_in_a_row_and_one_row_in_the_place_of_another_are_both_seen():
    first = save_taught(entry("CLP", "party"), by=None)
    vocabulary()
    key = first.pk
    first.delete()
    VocabularyEntry.objects.create(pk=key, words="NEC\nnational executive")
    assert [found.forms for found in vocabulary().sets] == [("NEC", "national executive")]


def test_what_another_process_wrote_is_seen_because_only_the_tables_are_asked():
    vocabulary()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_vocabularyentry (words, both_ways, meaning, source, stamp)"
            " VALUES (%s, %s, '', '', %s)",
            ["AGM\nannual general meeting", True, new_stamp()],
        )
    assert [found.forms for found in vocabulary().sets] == [("AGM", "annual general meeting")]


def test_what_was_rolled_back_is_not_remembered():
    with transaction.atomic():
        save_taught(entry("CLP", "party"), by=None)
        assert len(vocabulary().sets) == 1
        transaction.set_rollback(True)

    assert vocabulary().sets == ()


def test_a_question_costs_one_query_and_reads_the_rows_only_after_a_change():
    save_taught(entry("CLP", "party"), by=None)
    with CaptureQueriesContext(connection) as changed:
        first = vocabulary()
    with CaptureQueriesContext(connection) as unchanged:
        again = vocabulary()
        again.bets_for("CLP", MEMBER)
        again.defined_in(parse("CLP"))
    assert (len(changed), len(unchanged)) == (3, 1)
    assert again is first


# --- words that explain themselves -----------------------------------------------------------
@pytest.mark.parametrize(
    ("question", "explained"),
    [
        ("what is a CLP?", ["CLP"]),
        ("which clps are there", ["CLP"]),
        ("is the C.L.P. obliged", ["CLP"]),
        ("rule A I B", []),
        ('who keeps "The Log"', ["the log"]),
        ("may a moderator look into the log", ["moderator", "the log"]),
        ("the logs of moderators", ["the log", "moderator"]),
        ("eclpse of the blog", []),
        ("social media officer", ["social media officer"]),
        ("media officer", []),
        ("BLP or branch", ["BLP"]),
        ("branch", []),
        ("s", []),
        ("", []),
    ],
)
def test_a_term_is_explained_where_one_of_its_forms_stands_in_the_question(question, explained):
    known = vocabulary_of(
        [
            entry("CLP", "Constituency Labour Party", meaning="A local party."),
            entry("the log", meaning="The record."),
            entry("moderator", meaning="A member appointed."),
            entry("social media officer", "SMO", meaning="An officer."),
            entry("officer", "holder"),
            entry("BLP", "branch", both_ways=False, meaning="A branch."),
        ],
        [],
    )
    assert [found.forms[0] for found in known.defined_in(parse(question))] == explained


def test_the_longest_form_explains_and_at_most_three_do():
    known = vocabulary_of(
        [entry(form, meaning="It is.") for form in ("log", "the log", "b", "c", "d")],
        [],
    )
    assert [e.forms[0] for e in known.defined_in(parse("the log"))] == ["the log"]
    assert [e.forms[0] for e in known.defined_in(parse("d c b log d"))] == ["d", "c", "b"]


# --- pinned answers --------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        "remove a comment",
        "How do I remove a comment?",
        "REMOVING COMMENTS",
        "“removed comment”",
        "  remove   the\tcomment!! ",
    ],
)
def test_an_answer_is_pinned_to_the_question_however_it_is_put(typed):
    pinned = bet("remove a comment")
    assert vocabulary_of([], [pinned]).bets_for(typed, MEMBER) == (pinned,)


@pytest.mark.parametrize("typed", ["comment remove", "remove a comment today", "remove", "", "?"])
def test_an_answer_is_not_pinned_to_another_question(typed):
    assert vocabulary_of([], [bet("remove a comment")]).bets_for(typed, MEMBER) == ()


def test_hyphens_make_no_difference_and_a_question_of_slight_words_is_taken_at_its_word():
    joined, split, slight = bet("e-mail"), bet("social media"), bet("who are we")
    joined.pk, split.pk, slight.pk = 1, 2, 3
    known = vocabulary_of([], [joined, split, slight])
    assert known.bets_for("email", MEMBER) == (joined,)
    assert known.bets_for("social-media", MEMBER) == (split,)
    assert known.bets_for("who are we?", MEMBER) == (slight,)
    assert known.bets_for("are we", MEMBER) == ()


def test_only_whoever_may_see_a_pinned_answer_gets_it_and_at_most_three():
    rows = [bet("log", title=f"T{number}", pk=number) for number in range(4)]
    secret = bet("log", title="Secret", pk=9, audience=BestBet.Audience.EDITORS)
    known = vocabulary_of([], [secret, *rows])
    assert known.bets_for("log", MEMBER) == tuple(rows[:3])
    assert known.bets_for("log", EDITOR) == (secret, *rows[:2])
    assert known.bets_for("log", frozenset({ANYONE})) == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(), taught_text=st.text(max_size=60))
def test_any_text_may_be_asked_and_taught(text, taught_text):
    known = vocabulary_of(
        [entry(taught_text, "second", meaning="It is.", pk=1)], [bet(taught_text, text, pk=1)]
    )
    assert isinstance(known, SearchVocabulary)
    assert len(known.defined_in(parse(text))) <= 3
    assert len(known.bets_for(text, MEMBER)) <= 1
