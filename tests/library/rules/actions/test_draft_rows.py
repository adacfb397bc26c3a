"""Which of a draft's rows goes on in which, and what is written then."""

import datetime

import pytest

from ground.refusals import Refused
from library.rules.actions.access import restrict_part
from library.rules.actions.draft_outline import outline_of
from library.rules.actions.draft_rows import Changes, replace_tree
from library.rules.actions.import_worker import source_of
from library.rules.actions.lineage import confirm_lineage
from library.rules.models import Edition
from library.rules.rulebooks.outline_text import read_outline
from tests.factories.library import make_edition, make_work
from tests.library.rules.actions.drafts import TEXT, check_whole, rows, words

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)


def write(edition: Edition, text: str) -> Changes:
    return replace_tree(edition, read_outline(text).tree, source_of(edition))


def change(edition: Edition, old: str, new: str) -> Changes:
    text = outline_of(edition)
    assert old in text
    return write(edition, text.replace(old, new))


def test_a_line_moved_in_stands_below_the_one_before_and_keeps_its_row(draft):
    before = rows(draft)

    change(draft, "3. The chair", "  C. The chair")

    after = rows(draft)
    assert after["1/I/2/C"].pk == before["1/I/3"].pk
    assert after["1/I/2/C"].lineage == before["1/I/3"].lineage
    assert after["1/I/2/C"].citation == "1.I.2.C"
    check_whole(draft)


def test_fifty_faults_are_put_right_at_once(db):
    lines = "\n".join(f"{n}. Rule number {n} of many." for n in range(1, 52))
    edition = make_edition(make_work(), f"## Chapter 1\n\n{lines}", publish=False)
    before = set(edition.provisions.values_list("pk", flat=True))
    text = outline_of(edition).replace("\n2. ", "\n  2. ")
    for number in range(3, 52):
        text = text.replace(f"\n{number}. ", f"\n  {number}. ")

    assert write(edition, text) == Changes(0, 0, reworded=0, renumbered=0, moved=50)
    assert set(edition.provisions.values_list("pk", flat=True)) == before
    assert edition.provisions.filter(path__startswith="1/1/").count() == 50
    check_whole(edition)


def test_untouched_provisions_keep_rows_lineages_and_source(draft):
    draft.provisions.filter(path="1/II/1").update(page=4, source_from=7, source_until=8)
    before = rows(draft)

    change(draft, "1. The quorum is ten", "1. The quorum is twelve")

    after = rows(draft)
    assert {path: row.pk for path, row in after.items()} == {p: r.pk for p, r in before.items()}
    assert [row.lineage for row in after.values()] == [row.lineage for row in before.values()]
    assert (after["1/II/1"].page, after["1/II/1"].source_from) == (4, 7)


def test_a_line_split_in_two_makes_a_new_provision_that_follows_what_the_old_one_does(book):
    later = datetime.date(2030, 1, 1)
    edition = make_edition(book.work, label="Later", in_force_from=later, publish=False)
    confirm_lineage(edition, by=None, now=NOW)

    change(
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

    change(edition, "1. Argue about ideas.", "1. Argue about ideas.\n2. A moderator keeps a log.")

    new = rows(edition)["appendix-1/2"]
    assert new.predecessor == book.provisions.get(citation="7.IV.1")
    assert new.lineage == new.predecessor.lineage


def test_what_is_put_in_from_the_source_knows_where_it_stood(draft):
    given = source_of(draft)
    given.source = [{"text": "4. A rule left out.", "page": 3, "line": 40, "style": "item"}]
    given.save()

    change(draft, "present.\n", "present.\n4. A rule left out.\n")

    row = rows(draft)["1/I/4"]
    assert (row.page, row.source_from, row.source_until) == (3, 0, 1)


def test_doubts_are_found_again_after_each_change(draft):
    change(draft, "3. The chair", "5. The chair")
    assert rows(draft)["1/I/5"].doubt == ("“5” follows “2”: something may be missing between them.")

    change(draft, "5. The chair", "3. The chair")
    assert rows(draft)["1/I/3"].doubt == ""


def audiences(edition: Edition) -> dict[str, str]:
    found = edition.provisions.order_by("position").exclude(audience="members")
    return dict(found.values_list("path", "audience"))


def test_what_is_moved_out_of_a_restricted_chapter_stays_restricted(draft):
    restrict_part(rows(draft)["1"], "officers", by=None, now=NOW)

    text = TEXT.replace("3. The chair counts those who are present.\n\n", "")
    text += "2. The chair counts those who are present.\n"
    write(draft, text)

    assert audiences(draft)["1/I/1"] == "officers"
    assert audiences(draft)["appendix-1/2"] == "officers"
    assert audiences(draft)["appendix-1"] == "officers"  # a part is for some or for all, as a whole


def test_what_takes_restricted_words_in_is_restricted_too(draft):
    restrict_part(rows(draft)["1"], "officers", by=None, now=NOW)

    line = "The chair counts those who are present."
    text = TEXT.replace(f"3. {line}\n", "").replace("Use the form.", f"Use the form. {line}")
    write(draft, text)

    assert draft.provisions.get(text__startswith="Use the form.").audience == "officers"


def test_what_is_put_below_something_restricted_is_restricted(draft):
    restrict_part(rows(draft)["1"], "officers", by=None, now=NOW)

    change(draft, "1. Minutes are", "1. A new rule for all.\n2. Minutes are")

    assert draft.provisions.get(text="A new rule for all.").audience == "officers"


# --- what is refused -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Only an introduction.", "This would delete every provision."),
        (
            TEXT.replace("## Chapter 1 — Meetings", "## First edition"),
            "cannot be the address of a chapter",
        ),
        (
            "## Chapter 1\n" + "".join(f"{' ' * n}{{provision {'8' * 20}}} x\n" for n in range(60)),
            "would stand too deep in the tree",
        ),
    ],
    ids=["nothing", "address", "depth"],
)
def test_what_cannot_be_is_refused_and_no_row_is_changed(draft, text, sentence):
    before = words(draft)
    with pytest.raises(Refused) as refusal:
        write(draft, text)
    assert sentence in str(refusal.value)
    assert words(draft) == before


# --- how much it was -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("ten members", "twelve members", Changes(0, 0, reworded=1, renumbered=0, moved=0)),
        ("### Clause II", "### Clause III", Changes(0, 0, reworded=0, renumbered=1, moved=0)),
        ("3. The chair", "  C. The chair", Changes(0, 0, reworded=0, renumbered=1, moved=1)),
        ("1. Use the form.", "1. Use the form.\n2. Or write a letter to the secretary.",
         Changes(1, 0, reworded=0, renumbered=0, moved=0)),
        ("3. The chair counts those who are present.\n", "",
         Changes(0, 1, reworded=0, renumbered=0, moved=0)),
    ],
    ids=["reworded", "renumbered", "moved", "added", "removed"],
)  # fmt: skip
def test_it_says_how_many_provisions_are_new_gone_or_different(draft, old, new, changes):
    assert change(draft, old, new) == changes
    check_whole(draft)


def test_two_lines_joined_are_one_row_that_stands_for_both_places_of_the_source(draft):
    kept, taken = rows(draft)["1/I/1"].pk, rows(draft)["1/I/3"].pk
    for pk, start in ((kept, 4), (taken, 9)):
        draft.provisions.filter(pk=pk).update(source_from=start, source_until=start + 1)
    line = "The chair counts those who are present."
    text = TEXT.replace(f"3. {line}\n", "").replace("of the branch.", f"of the branch. {line}")

    assert write(draft, text).removed == 1

    joined = rows(draft)["1/I/1"]
    assert (joined.pk, joined.source_from, joined.source_until) == (kept, 4, 10)
    assert joined.text == f"The quorum is ten members of the branch. {line}"
    check_whole(draft)
