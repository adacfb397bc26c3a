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
from library.rules.actions.access import restrict_part
from library.rules.actions.draft_outline import (
    Stale,
    Unread,
    accept_doubts,
    outline_of,
    restore_version,
    save_outline,
    source_of,
    state_of,
)
from library.rules.actions.lineage import confirm_lineage
from library.rules.models import Edition, Provision
from library.rules.rulebooks.outline_text import read_outline
from tests.factories.library import make_edition, make_work

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)
TEXT = """\
An introduction.

## Chapter 1 — Meetings

### Clause I — Quorum

Some words before the rules.

1. The quorum is ten members of the branch.
2. A meeting that has no quorum:
  A. ends at once; or
  B. goes on as a talk among friends.
3. The chair counts those who are present.

### Clause II — Minutes

1. Minutes are kept by the secretary.

## Appendix 1 — Forms

1. Use the form.
"""


@pytest.fixture
def draft(db) -> Edition:
    return make_edition(make_work(), f"# Book\n\n{TEXT}", publish=False)


def save(edition: Edition, old: str, new: str, *, by=None):
    text = outline_of(edition)
    assert old in text
    return save_outline(edition, text.replace(old, new), state=state_of(edition), by=by, now=NOW)


def rows(edition: Edition) -> dict[str, Provision]:
    return {row.path: row for row in edition.provisions.all()}


def words(edition: Edition) -> list[str]:
    """Return every provision's address and words, in reading order."""
    found = edition.provisions.order_by("position")
    return [f"{row.path}: {' '.join(filter(None, [row.heading, row.text]))}" for row in found]


def check_whole(edition: Edition) -> None:
    """Positions are 0 to n - 1, ranges nest as the parents say, and addresses are the tree's."""
    found = list(edition.provisions.order_by("position"))
    assert [row.position for row in found] == list(range(len(found)))
    by_pk = {row.pk: row for row in found}
    above: list[Provision] = []
    for row in found:
        while above and above[-1].end <= row.position:
            above.pop()
        assert row.parent_id == (above[-1].pk if above else None)
        assert row.position < row.end <= (above[-1].end if above else len(found))
        assert row.path.rpartition("/")[0] == (by_pk[row.parent_id].path if row.parent_id else "")
        above.append(row)


# --- what a save does ------------------------------------------------------------------------
def test_a_draft_reads_as_the_text_it_was_imported_from(draft):
    assert outline_of(draft) == TEXT


def test_a_line_moved_in_stands_below_the_one_before_and_keeps_its_row(draft):
    before = rows(draft)

    save(draft, "3. The chair", "  C. The chair")

    after = rows(draft)
    assert after["1/I/2/C"].pk == before["1/I/3"].pk
    assert after["1/I/2/C"].lineage == before["1/I/3"].lineage
    assert after["1/I/2/C"].citation == "1.I.2.C"
    check_whole(draft)


def test_fifty_faults_are_put_right_by_one_save(db):
    lines = "\n".join(f"{n}. Rule number {n} of many." for n in range(1, 52))
    edition = make_edition(make_work(), f"## Chapter 1\n\n{lines}", publish=False)
    before = set(edition.provisions.values_list("pk", flat=True))
    text = outline_of(edition).replace("\n2. ", "\n  2. ")
    for number in range(3, 52):
        text = text.replace(f"\n{number}. ", f"\n  {number}. ")

    version = save_outline(edition, text, state=0, by=None, now=NOW)

    assert version.description == "Provisions: 50 put on another level."
    assert set(edition.provisions.values_list("pk", flat=True)) == before
    assert edition.provisions.filter(path__startswith="1/1/").count() == 50
    check_whole(edition)


def test_untouched_provisions_keep_rows_lineages_and_source(draft):
    draft.provisions.filter(path="1/II/1").update(page=4, source_from=7, source_until=8)
    before = rows(draft)

    save(draft, "1. The quorum is ten", "1. The quorum is twelve")

    after = rows(draft)
    assert {path: row.pk for path, row in after.items()} == {p: r.pk for p, r in before.items()}
    assert [row.lineage for row in after.values()] == [row.lineage for row in before.values()]
    assert (after["1/II/1"].page, after["1/II/1"].source_from) == (4, 7)


def test_a_line_split_in_two_makes_a_new_provision_that_follows_what_the_old_one_does(book):
    later = datetime.date(2030, 1, 1)
    edition = make_edition(book.work, label="Later", in_force_from=later, publish=False)
    confirm_lineage(edition, by=None, now=NOW)

    save(
        edition,
        "1. Before acting, a moderator keeps a copy, subject to Clause IV.1.",
        "1. Before acting, a moderator keeps a copy,\n2. subject to Clause IV.1.",
    )

    after = rows(edition)
    assert after["7/VIII/1"].descent == "confirmed"
    assert after["7/VIII/2"].text == "subject to Clause IV.1."
    check_whole(edition)


def test_a_line_put_in_that_stood_in_the_edition_before_is_proposed_to_follow_it(book):
    text = "## Appendix 1 — House rules\n\n1. Argue about ideas."
    later = datetime.date(2030, 1, 1)
    edition = make_edition(book.work, text, label="Later", in_force_from=later, publish=False)
    confirm_lineage(edition, by=None, now=NOW)

    save(edition, "1. Argue about ideas.", "1. Argue about ideas.\n2. A moderator keeps a log.")

    new = rows(edition)["appendix-1/2"]
    assert new.predecessor == book.provisions.get(citation="7.IV.1")
    assert new.lineage == new.predecessor.lineage


def test_the_introduction_is_part_of_the_text(draft):
    version = save(draft, "An introduction.", "An introduction.\n\nIn two parts.")

    draft.refresh_from_db()
    assert draft.introduction == "An introduction.\n\nIn two parts."
    assert version.description == "Provisions: introduction changed."


def test_what_is_put_in_from_the_source_knows_where_it_stood(draft):
    given = source_of(draft)
    given.source = [{"text": "4. A rule left out.", "page": 3, "line": 40, "style": "item"}]
    given.save()

    save(draft, "present.\n", "present.\n4. A rule left out.\n")

    row = rows(draft)["1/I/4"]
    assert (row.page, row.source_from, row.source_until) == (3, 0, 1)


# --- doubts ----------------------------------------------------------------------------------
def test_doubts_are_found_again_after_each_save(draft):
    save(draft, "3. The chair", "5. The chair")
    assert rows(draft)["1/I/5"].doubt == ("“5” follows “2”: something may be missing between them.")

    save(draft, "5. The chair", "3. The chair")
    assert rows(draft)["1/I/3"].doubt == ""


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
    assert versions[0].description == "As it was read from the file."
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
    assert made.description.startswith("Back to version 1.")
    check_whole(draft)


# --- refusals --------------------------------------------------------------------------------
def test_of_two_librarians_the_second_is_told_and_nothing_is_lost(draft):
    seen = state_of(draft)
    save(draft, "ten members", "twelve members")
    after = outline_of(draft)

    with pytest.raises(Stale, match="Somebody saved this draft after you opened it"):
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
        (1, "The title is the work’s, and changed on its own page. Take this line out."),
        (3, "The heading has 301 characters, and 300 fit."),
    ]
    assert outline_of(draft) == TEXT


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (TEXT, "Nothing was changed: the draft reads like that already."),
        ("Only an introduction.", "Nothing would be left of the edition."),
        (
            TEXT.replace("## Chapter 1 — Meetings", "## First edition"),
            "cannot be the address of a chapter",
        ),
        (
            "## Chapter 1\n" + "".join(f"{' ' * n}{'IV' * 9}. x\n" for n in range(12)),
            "would stand too deep in the tree",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(draft, text, sentence):
    before = words(draft)
    if "IVIV" in text:
        text = "## Chapter 1\n" + "".join(
            f"{' ' * n}{{provision {'8' * 20}}} x\n" for n in range(60)
        )
    with pytest.raises(Refused) as refusal:
        save_outline(draft, text, state=0, by=None, now=NOW)
    assert sentence in str(refusal.value)
    assert words(draft) == before
    assert not draft.versions.exists()


def test_a_published_edition_stays_as_it_is(book):
    with pytest.raises(Refused, match="a published edition stays as it is"):
        save_outline(book, "## Chapter 1\n1. x", state=0, by=None, now=NOW)


# --- who may read it -------------------------------------------------------------------------
def audiences(edition: Edition) -> dict[str, str]:
    found = edition.provisions.order_by("position").exclude(audience="members")
    return dict(found.values_list("path", "audience"))


def test_what_is_moved_out_of_a_restricted_chapter_stays_restricted(draft):
    restrict_part(rows(draft)["1"], "officers", by=None, now=NOW)

    text = TEXT.replace("3. The chair counts those who are present.\n\n", "")
    text += "2. The chair counts those who are present.\n"
    save_outline(draft, text, state=0, by=None, now=NOW)

    assert audiences(draft)["1/I/1"] == "officers"
    assert audiences(draft)["appendix-1/2"] == "officers"
    assert audiences(draft)["appendix-1"] == "officers"  # a part is for some or for all, as a whole


def test_what_takes_restricted_words_in_is_restricted_too(draft):
    restrict_part(rows(draft)["1"], "officers", by=None, now=NOW)

    line = "The chair counts those who are present."
    text = TEXT.replace(f"3. {line}\n", "").replace("Use the form.", f"Use the form. {line}")
    save_outline(draft, text, state=0, by=None, now=NOW)

    assert draft.provisions.get(text__startswith="Use the form.").audience == "officers"


def test_what_is_put_below_something_restricted_is_restricted(draft):
    restrict_part(rows(draft)["1"], "officers", by=None, now=NOW)

    save(draft, "1. Minutes are", "1. A new rule for all.\n2. Minutes are")

    assert draft.provisions.get(text="A new rule for all.").audience == "officers"


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
