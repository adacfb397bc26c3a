"""A draft is saved as text: what goes on, what is kept, what is refused, and going back."""

import datetime
import random
import uuid

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from library.rules.actions.draft_outline import (
    Stale,
    Unread,
    accept_doubts,
    outline_of,
    restore_version,
    save_outline,
    state_of,
)
from library.rules.models import Edition
from library.rules.rulebooks.outline_text import read_outline
from tests.factories.library import make_edition, make_work
from tests.library.rules.actions.drafts import TEXT, check_whole, rows, words

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)


def save(edition: Edition, old: str, new: str, *, by=None):
    text = outline_of(edition)
    assert old in text
    return save_outline(edition, text.replace(old, new), state=state_of(edition), by=by, now=NOW)


# --- what a save does ------------------------------------------------------------------------
def test_a_draft_reads_as_the_text_it_was_imported_from(draft):
    assert outline_of(draft) == TEXT


def test_the_introduction_is_part_of_the_text(draft):
    version = save(draft, "An introduction.", "An introduction.\n\nIn two parts.")

    draft.refresh_from_db()
    assert draft.introduction == "An introduction.\n\nIn two parts."
    assert version.description == "Provisions: introduction changed."


# --- doubts ----------------------------------------------------------------------------------
def test_what_a_person_found_right_is_not_doubted_again_until_it_changes(draft):
    save(draft, "3. The chair", "5. The chair")
    row = rows(draft)["1/I/5"]

    assert accept_doubts(draft, [row.pk], by=None, now=NOW) == 1
    save(draft, "Minutes are kept", "Minutes are taken")
    assert rows(draft)["1/I/5"].doubt == ""

    save(draft, "5. The chair", "6. The chair")
    assert rows(draft)["1/I/6"].doubt.startswith("“6” follows “2”")
    entry = ModelLogEntry.objects.for_instance(draft).get(action="rules.accept_doubts")
    assert list(entry.data["doubts"]) == ["1/I/5"]


# --- versions --------------------------------------------------------------------------------
def test_every_save_is_a_version_and_the_first_is_what_was_read(draft, member):
    save(draft, "ten members", "twelve members", by=member)
    save(draft, "The chair counts", "The secretary counts", by=member)

    versions = list(draft.versions.order_by("number"))
    assert [version.number for version in versions] == [1, 2, 3]
    assert versions[0].outline == TEXT
    assert versions[0].description == "As read from the file."
    assert versions[2].description == "Provisions: 1 reworded."
    assert (versions[2].by, versions[2].made_at) == (member, NOW)
    entry = ModelLogEntry.objects.for_instance(draft).filter(action="rules.save_draft").first()
    assert entry.data["version"] == [2, 3]
    assert entry.data["changes"]["reworded"] == 1


def test_going_back_to_a_version_makes_a_new_one(draft):
    before = words(draft)
    save(draft, "2. A meeting that has no quorum:\n  A. ends at once; or\n", "")
    save(draft, "## Appendix 1 — Forms", "## Appendix 2 — Forms")

    made = restore_version(draft.versions.get(number=1), state=3, by=None, now=NOW)

    assert words(draft) == before
    assert outline_of(draft) == TEXT
    assert made.number == 4
    assert made.description.startswith("Restored version 1.")
    check_whole(draft)


# --- refusals --------------------------------------------------------------------------------
def test_of_two_librarians_the_second_is_told_and_nothing_is_lost(draft):
    seen = state_of(draft)
    save(draft, "ten members", "twelve members")
    after = outline_of(draft)

    with pytest.raises(Stale, match="someone else saved this draft after you opened it"):
        save_outline(draft, TEXT.replace("The chair", "A teller"), state=seen, by=None, now=NOW)

    assert outline_of(draft) == after
    assert draft.versions.count() == 2


def test_lines_that_cannot_be_read_or_stored_are_named(draft):
    text = f"# Book\n## Chapter 1\n##### Clause\n1. **{'x' * 301}** y\n{{verse}} z\n"
    with pytest.raises(Unread) as refusal:
        save_outline(draft, text, state=0, by=None, now=NOW)
    assert [line for line, _sentence in refusal.value.problems] == [3, 5]

    with pytest.raises(Unread) as refusal:
        save_outline(
            draft,
            text.replace("##### Clause\n", "").replace("{verse} ", ""),
            state=0,
            by=None,
            now=NOW,
        )
    assert refusal.value.problems == [
        (1, "Delete this line. To change the title, edit the work."),
        (3, "The heading is 301 characters. The limit is 300."),
    ]
    assert outline_of(draft) == TEXT


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (TEXT, "Nothing was changed: the text is the same as before."),
        ("Only an introduction.", "This would delete every provision."),
    ],
    ids=["same", "nothing"],
)
def test_what_is_refused_makes_no_version_and_changes_nothing(draft, text, sentence):
    with pytest.raises(Refused) as refusal:
        save_outline(draft, text, state=0, by=None, now=NOW)
    assert sentence in str(refusal.value)
    assert outline_of(draft) == TEXT
    assert not draft.versions.exists()


def test_a_published_edition_stays_as_it_is(book):
    with pytest.raises(Refused, match="is published, so it cannot be changed"):
        save_outline(book, "## Chapter 1\n1. x", state=0, by=None, now=NOW)


# --- any changes -----------------------------------------------------------------------------
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seeds=st.lists(st.integers(0, 10_000), min_size=1, max_size=4))
def test_after_any_changes_rows_are_whole_and_the_first_version_can_be_had_again(db, seeds):
    edition = make_edition(make_work(f"w{uuid.uuid4().hex}"), TEXT, publish=False)
    for seed in seeds:
        text = shuffled(outline_of(edition), random.Random(seed))
        try:
            save_outline(edition, text, state=state_of(edition), by=None, now=NOW)
        except Refused:
            continue
        check_whole(edition)
        assert read_outline(outline_of(edition)).tree == read_outline(text).tree
    if first := edition.versions.filter(number=1).first():
        if outline_of(edition) != TEXT:
            restore_version(first, state=state_of(edition), by=None, now=timezone.now())
        assert outline_of(edition) == TEXT
        check_whole(edition)


def shuffled(text: str, chance: random.Random) -> str:
    """Return a text of which lines were moved, put in or out, doubled or renumbered."""
    lines = text.split("\n")
    for _change in range(chance.randint(1, 5)):
        at = chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                lines.insert(chance.randrange(len(lines)), lines.pop(at))
            case 1:
                lines[at] = f"  {lines[at]}"
            case 2:
                lines[at] = lines[at].removeprefix("  ")
            case 3:
                lines.insert(chance.randrange(len(lines)), lines[at])
            case 4:
                lines[at] = lines[at].replace("1.", "7.")
    return "\n".join(lines)


@pytest.mark.parametrize("rules", [20, 300])
def test_a_save_costs_as_many_queries_in_a_long_edition_as_in_a_short_one(
    db, rules, django_assert_num_queries
):
    text = "\n".join(f"{n}. Rule number {n} of many." for n in range(1, rules + 1))
    edition = make_edition(make_work(), f"## Chapter 1\n\n{text}", publish=False)
    text = outline_of(edition).replace("\n7. ", "\n  7. ")
    with django_assert_num_queries(16):
        save_outline(edition, text, state=0, by=None, now=NOW)
