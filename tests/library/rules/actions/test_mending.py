"""A librarian mends a draft's tree: what each change does, what is kept, what is refused."""

import datetime
import re
from collections import Counter

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from library.rules.actions.access import restrict_provision
from library.rules.actions.draft_history import state_of
from library.rules.actions.mending import (
    change_introduction,
    change_kind,
    change_words,
    clear_doubt,
    demote_provision,
    join_provision,
    leave_out_provision,
    move_provision,
    promote_provision,
    put_in_left_out,
    renumber_provision,
    split_provision,
    undo_mend,
)
from library.rules.models import Edition, Provision
from library.rules.rulebooks import mending
from library.rules.rulebooks.mending import CannotMend
from library.rules.rulebooks.tree import LeftOut, Node, places
from search.models import ChangedEntry
from tests.factories.library import make_edition, make_work

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)
BOOK = """\
# Book of Rules

## Chapter 1 — Meetings

### Clause I — Quorum

Some words before the rules.

1. The quorum is ten members.
2. A meeting that has no quorum
  A. ends; or
  B. goes on as a talk.
3. The chair counts.

### Clause II — Minutes

1. Minutes are kept.

## Appendix 1 — Forms

1. Use the form.
"""


@pytest.fixture
def draft(db) -> Edition:
    return make_edition(make_work(), BOOK, publish=False)


def outline(edition: Edition) -> list[str]:
    """Return every provision's address and words, in reading order."""
    rows = edition.provisions.order_by("position")
    return [f"{row.path}: {' '.join(filter(None, [row.heading, row.text]))}" for row in rows]


def at(edition: Edition, path: str) -> Provision:
    return edition.provisions.get(path=path)


def do(action, edition: Edition, path: str, *args, **options):
    """Do a change to the provision at a path, having seen the draft as it is."""
    return action(at(edition, path), *args, **options, state=state_of(edition), by=None, now=NOW)


def check_whole(edition: Edition) -> None:
    """Positions are 0 to n - 1, ranges nest as the parents say, and addresses are the tree's."""
    rows = list(edition.provisions.order_by("position"))
    assert [row.position for row in rows] == list(range(len(rows)))
    by_pk = {row.pk: row for row in rows}
    above: list[Provision] = []
    for row in rows:
        while above and above[-1].end <= row.position:
            above.pop()
        assert row.parent_id == (above[-1].pk if above else None)
        assert row.position < row.end <= (above[-1].end if above else len(rows))
        assert row.path.rpartition("/")[0] == (by_pk[row.parent_id].path if row.parent_id else "")
        above.append(row)


# --- what each change does -------------------------------------------------------------------
def test_promoting_takes_what_follows_along_so_that_nothing_is_read_in_another_order(draft):
    do(promote_provision, draft, "1/I/2/A")

    assert outline(draft)[4:8] == [
        "1/I/2: A meeting that has no quorum",
        "1/I/A: ends; or",
        "1/I/A/B: goes on as a talk.",
        "1/I/3: The chair counts.",
    ]
    check_whole(draft)


def test_demoting_puts_a_provision_with_all_below_it_under_the_one_before(draft):
    do(demote_provision, draft, "1/I/2")

    assert outline(draft)[3:7] == [
        "1/I/1: The quorum is ten members.",
        "1/I/1/2: A meeting that has no quorum",
        "1/I/1/2/A: ends; or",
        "1/I/1/2/B: goes on as a talk.",
    ]
    assert at(draft, "1/I/1/2/A").cited_as == "Chapter 1 Clause I.1.2.A"
    assert at(draft, "1/I/1/2/A").citation == "1.I.1.2.A"
    check_whole(draft)


def test_joining_adds_number_and_words_to_the_text_before(draft):
    do(join_provision, draft, "1/I/2/B")
    do(join_provision, draft, "1/I/2/A")

    assert (
        outline(draft)[4] == "1/I/2: A meeting that has no quorum A. ends; or B. goes on as a talk."
    )
    assert outline(draft)[5] == "1/I/3: The chair counts."
    check_whole(draft)


def test_splitting_reads_the_number_that_the_second_part_begins_with(draft):
    do(change_words, draft, "1/I/1", heading="", text="The quorum is ten. 1A. Or twelve.")
    do(split_provision, draft, "1/I/1", len("The quorum is ten. "))

    assert outline(draft)[3:5] == ["1/I/1: The quorum is ten.", "1/I/1A: Or twelve."]
    check_whole(draft)


def test_what_is_split_off_a_clause_stands_first_below_it(draft):
    do(change_words, draft, "1/II", heading="Minutes", text="Of all meetings. And of talks.")
    do(split_provision, draft, "1/II", len("Of all meetings. "))

    assert outline(draft)[8:11] == [
        "1/II: Minutes Of all meetings.",
        "1/II/lead-1: And of talks.",
        "1/II/1: Minutes are kept.",
    ]
    check_whole(draft)


def test_renumbering_may_take_the_following_along_in_their_style(draft):
    do(renumber_provision, draft, "1/I/1", "4", following=True)
    do(renumber_provision, draft, "1/I/5/A", "c", following=True)
    do(renumber_provision, draft, "1/I", "V", following=True)

    assert [line.partition(":")[0] for line in outline(draft)[1:10]] == (
        ["1/V", "1/V/lead-1", "1/V/4", "1/V/5", "1/V/5/c", "1/V/5/d", "1/V/6", "1/VI", "1/VI/1"]
    )
    check_whole(draft)


@pytest.mark.parametrize(
    ("numbers", "first", "expected"),
    [
        (["1", "1", "1"], "7", ["7", "8", "9"]),
        (["H", "J", "K"], "H", ["H", "I", "J"]),
        (["a", "ii", "iv"], "i", ["i", "ii", "iii"]),
        (["V", "V", "VIII"], "V", ["V", "VI", "VII"]),
        (["A", "B", "V", "W"], "C", ["C", "D", "E", "F"]),
        (["2.1", "2.1"], "2.4", ["2.4", "2.5"]),
        (["3A", "3A"], "3A", ["3A", "3B"]),
        (["z", "z"], "z", ["z", "aa"]),
        (["1", "", "2"], "5", ["5", "", "6"]),
    ],
)
def test_numbers_go_on_in_the_style_that_their_row_has(numbers, first, expected):
    tree = [Node("provision" if number else "lead_in", number, text="x") for number in numbers]

    mending.renumber(tree, tree[0], first, following=True)

    assert [node.number for node in tree] == expected


def test_a_number_of_no_known_style_is_given_to_one_provision_alone():
    tree = [Node("provision", "1"), Node("provision", "2")]

    with pytest.raises(CannotMend, match="what comes after “§9x!”"):
        mending.renumber(tree, tree[0], "§9x!", following=True)
    mending.renumber(tree, tree[0], "§9x!", following=False)

    assert [node.number for node in tree] == ["§9x!", "2"]


def test_a_provision_made_a_lead_in_keeps_its_number_in_its_text(draft):
    do(change_kind, draft, "1/I/3", "lead_in")
    do(change_kind, draft, "appendix-1", "schedule")

    assert "1/I/lead-2: 3. The chair counts." in outline(draft)
    assert at(draft, "schedule-1").cited_as == "Schedule 1"
    check_whole(draft)


def test_moving_takes_all_below_along(draft):
    do(move_provision, draft, "1/II", up=True)
    do(move_provision, draft, "1/II", up=False)
    do(move_provision, draft, "1/I/2", up=False)

    assert [line.partition(":")[0] for line in outline(draft)[3:8]] == (
        ["1/I/1", "1/I/3", "1/I/2", "1/I/2/A", "1/I/2/B"]
    )
    check_whole(draft)


def test_what_is_left_out_stays_in_a_list_and_can_be_put_in_elsewhere(draft):
    do(leave_out_provision, draft, "1/I/2", reason="A running head.", below=False)

    assert "1/I/A: ends; or" in outline(draft)
    assert draft.made_by.left_out == [
        {
            "line": 0,
            "text": "2. A meeting that has no quorum",
            "reason": "A running head.",
            "page": None,
            "audience": "",
        }
    ]
    do(put_in_left_out, draft, "1/I/A", 0, below=False, kind="provision")

    draft.made_by.refresh_from_db()
    assert draft.made_by.left_out == []
    assert outline(draft)[4:7] == [
        "1/I/A: ends; or",
        "1/I/2: A meeting that has no quorum",
        "1/I/B: goes on as a talk.",
    ]
    check_whole(draft)


def test_a_doubt_is_cleared_when_a_person_says_that_it_is_right(draft):
    draft.provisions.filter(path="1/I/3").update(doubt="Number 3 was drawn apart.")

    do(clear_doubt, draft, "1/I/3")

    assert not draft.provisions.exclude(doubt="").exists()


# --- rows keep who they are ------------------------------------------------------------------
def test_an_introduction_is_changed_logged_and_undone(draft, member):
    before, tree = draft.introduction, outline(draft)
    change_introduction(draft, " Read this first. ", state=0, by=member, now=NOW)
    draft.refresh_from_db()
    assert draft.introduction == "Read this first."
    entry = ModelLogEntry.objects.for_instance(draft).get(action="rules.mend")
    assert (entry.user, entry.data["change"]) == (member, "introduction")

    with pytest.raises(Refused, match="reads like that already"):
        change_introduction(draft, "Read this first.", state=state_of(draft), by=member, now=NOW)
    undo_mend(draft, state=state_of(draft), by=member, now=NOW)
    draft.refresh_from_db()
    assert (draft.introduction, outline(draft)) == (before, tree)


def test_the_introduction_of_a_published_edition_stays(book):
    with pytest.raises(Refused, match="a published edition stays as it is"):
        change_introduction(book, "Other words.", state=0, by=None, now=NOW)


def test_untouched_provisions_keep_their_rows_and_lineages(draft):
    before = {row.text: (row.pk, row.lineage) for row in draft.provisions.exclude(text="")}

    do(demote_provision, draft, "1/I/2")
    do(split_provision, draft, "1/II/1", len("Minutes "))
    do(leave_out_provision, draft, "1/I/3", reason="Not a rule.", below=True)

    after = {row.text: (row.pk, row.lineage) for row in draft.provisions.exclude(text="")}
    gone = {"The chair counts.", "Minutes are kept."}
    assert {text: after[text] for text in before if text not in gone} == {
        text: before[text] for text in before if text not in gone
    }
    assert after["Minutes"] == before["Minutes are kept."]
    check_whole(draft)


def test_everything_can_be_undone_the_last_first(draft):
    stages = [(outline(draft), list(draft.provisions.values_list("pk", "lineage", "parent")))]
    for action, path, args, options in [
        (promote_provision, "1/I/2/A", [], {}),
        (split_provision, "1/I/3", [4], {}),
        (renumber_provision, "1/I/1", ["9"], {"following": True}),
        (leave_out_provision, "1/I", [], {"reason": "All wrong.", "below": True}),
        (restrict_provision, "appendix-1", ["officers"], {}),
        (join_provision, "appendix-1/1", [], {}),
    ]:
        if action is restrict_provision:
            restrict_provision(at(draft, path), *args, by=None, now=NOW)
        else:
            do(action, draft, path, *args, **options)
        stages.append(
            (outline(draft), list(draft.provisions.values_list("pk", "lineage", "parent")))
        )
    assert at(draft, "appendix-1").audience == "officers"

    for stage in stages[-2::-1]:
        undo_mend(draft, state=state_of(draft), by=None, now=NOW)
        kept = list(draft.provisions.values_list("pk", "lineage", "parent"))
        assert (outline(draft), kept) == stage
        check_whole(draft)

    assert at(draft, "appendix-1").audience == "members"
    assert draft.made_by.left_out == []
    with pytest.raises(Refused, match="no change left"):
        undo_mend(draft, state=state_of(draft), by=None, now=NOW)


def test_each_change_is_in_the_audit_log_in_words(draft, member):
    promote_provision(at(draft, "1/I/2/A"), state=0, by=member, now=NOW)
    undo_mend(draft, state=state_of(draft), by=member, now=NOW)

    entries = ModelLogEntry.objects.for_instance(draft).order_by("pk")
    assert [(entry.action, entry.user_id, entry.data) for entry in entries][-2:] == [
        (
            "rules.mend",
            member.pk,
            {
                "change": "promote",
                "provision": "Chapter 1 Clause I.2.A",
                "said": "“Chapter 1 Clause I.2.A” was put one level up.",
            },
        ),
        (
            "rules.undo_mend",
            member.pk,
            {"undone": "“Chapter 1 Clause I.2.A” was put one level up."},
        ),
    ]


# --- what is refused -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("action", "path", "args", "options", "why"),
    [
        (promote_provision, "1", [], {}, "at the top already"),
        (demote_provision, "1/I", [], {}, "Nothing stands before it"),
        (demote_provision, "1/I/1", [], {}, "nothing goes below those"),
        (join_provision, "1", [], {}, "could be joined with"),
        (join_provision, "1/I/3", [], {}, "Something stands below the one before it"),
        (split_provision, "1/I/1", [10_000], {}, "left for the second part"),
        (move_provision, "1", [], {"up": True}, "It is the first here"),
        (move_provision, "appendix-1", [], {"up": False}, "It is the last here"),
        (leave_out_provision, "1/I/1", [], {"reason": " ", "below": False}, "Say why"),
        (renumber_provision, "1/I/lead-1", ["4"], {"following": False}, "has no number"),
        (renumber_provision, "1/I/1", ["4" * 21], {"following": False}, "at most 20"),
        (change_kind, "1/I/2", ["table"], {}, "A table has nothing below it"),
        (change_kind, "1/I/2", ["novel"], {}, "choose what it should be"),
        (change_words, "1/I/1", [], {"heading": "x" * 301, "text": ""}, "301 characters"),
        (change_words, "1/I/lead-1", [], {"heading": "", "text": ""}, "Nothing would be left"),
        (put_in_left_out, "1/I/1", [3], {"below": False, "kind": "clause"}, "not in the list"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence_and_nothing_is_changed(
    draft, action, path, args, options, why
):
    before = outline(draft)

    with pytest.raises(Refused, match=why):
        do(action, draft, path, *args, **options)

    assert (outline(draft), state_of(draft)) == (before, 0)


def test_a_chapter_never_gets_the_address_of_another_edition(draft):
    Edition.objects.create(
        work=draft.work, label="9", slug="9", in_force_from=datetime.date(2019, 1, 1)
    )

    with pytest.raises(Refused, match="“9” cannot be the address of a chapter"):
        do(renumber_provision, draft, "1", "9", following=False)
    assert at(draft, "1").heading == "Meetings"


def test_a_published_edition_is_not_mended(book):
    with pytest.raises(Refused, match="a published edition stays as it is"):
        do(promote_provision, book, "7/VIII/3/A")


def test_of_two_librarians_the_second_is_told_and_nothing_is_lost(draft):
    seen = state_of(draft)
    promote_provision(at(draft, "1/I/2/A"), state=seen, by=None, now=NOW)
    after = outline(draft)

    with pytest.raises(Refused, match="Somebody changed this draft after you opened it"):
        join_provision(at(draft, "1/I/3"), state=seen, by=None, now=NOW)

    assert outline(draft) == after


# --- restricting -----------------------------------------------------------------------------
def audiences(edition: Edition) -> dict[str, str]:
    return dict(edition.provisions.exclude(audience="members").values_list("path", "audience"))


def test_restricting_a_provision_restricts_all_below_it_and_tells_search(book, member):
    ChangedEntry.objects.all().delete()

    restrict_provision(at(book, "7/VIII/3"), "officers", by=member, now=NOW)

    assert audiences(book) == dict.fromkeys(
        ["7/VIII/3", "7/VIII/3/A", "7/VIII/3/B", "7/VIII/3/B/i"], "officers"
    )
    assert str(at(book, "7/VIII/3/A").pk) in ChangedEntry.objects.values_list("key", flat=True)
    assert ModelLogEntry.objects.for_instance(book).get(action="rules.restrict").data == {
        "provision": "Chapter 7 Clause VIII.3",
        "own_audience": ["", "officers"],
    }
    visible = Provision.objects.visible_to(member).filter(path__startswith="7/VIII/")
    assert not visible.filter(path__startswith="7/VIII/3").exists()


def test_lifting_a_restriction_leaves_those_below_that_have_their_own(book):
    restrict_provision(at(book, "7/VIII/3/B"), "officers", by=None, now=NOW)
    restrict_provision(at(book, "7/VIII"), "leads", by=None, now=NOW)
    assert audiences(book)["7/VIII/3/B/i"] == "leads"

    restrict_provision(at(book, "7/VIII"), "members", by=None, now=NOW)

    assert audiences(book) == {"7/VIII/3/B": "officers", "7/VIII/3/B/i": "officers"}


def test_what_is_moved_below_something_restricted_is_restricted_too(draft):
    restrict_provision(at(draft, "1/I/1"), "officers", by=None, now=NOW)

    do(demote_provision, draft, "1/I/2")
    assert audiences(draft)["1/I/1/2/A"] == "officers"

    do(promote_provision, draft, "1/I/1/2")
    closed = dict.fromkeys(["1/I/1", "1/I/2", "1/I/2/A", "1/I/2/B"], "officers")
    assert audiences(draft) == closed  # a mend opens nothing: only a librarian who says so does
    for _mend in range(2):
        undo_mend(draft, state=state_of(draft), by=None, now=NOW)
    assert audiences(draft) == {"1/I/1": "officers"}


@pytest.mark.parametrize(
    ("verb", "path", "options", "closed"),
    [
        (promote_provision, "1/I/2/A", {}, {"1/I/2", "1/I/A", "1/I/A/B"}),
        (join_provision, "1/I/2/A", {}, {"1/I/2", "1/I/2/B"}),
        (leave_out_provision, "1/I/2", {"reason": "No.", "below": False}, {"1/I/A", "1/I/B"}),
        (
            split_provision,
            "1/I/2",
            {"at": 9},
            {"1/I/2", "1/I/provision", "1/I/provision/A", "1/I/provision/B"},
        ),
    ],
)
def test_no_mend_lifts_a_restriction(draft, verb, path, options, closed):
    restrict_provision(at(draft, "1/I/2"), "officers", by=None, now=NOW)

    do(verb, draft, path, **options)

    assert set(audiences(draft)) == closed


def test_what_takes_restricted_words_in_is_restricted_and_follows_what_they_followed(draft):
    restrict_provision(at(draft, "1/I/3"), "officers", by=None, now=NOW)
    for path in ("1/I/2/B", "1/I/2/A", "1/I/3"):
        do(join_provision, draft, path)
    assert audiences(draft) == {"1/I/2": "officers"}

    do(leave_out_provision, draft, "1/I/2", reason="Twice.", below=True)
    do(put_in_left_out, draft, "1/II/1", 0, below=False, kind="provision")
    assert audiences(draft) == {"1/II/2": "officers"}


def test_an_unknown_audience_is_refused(book):
    with pytest.raises(Refused, match="choose who may read it"):
        restrict_provision(at(book, "7"), "everybody", by=None, now=NOW)


# --- any sequence of changes -----------------------------------------------------------------
KINDS = ["chapter", "clause", "provision", "lead_in", "table", "footnote", "appendix"]


@st.composite
def trees(draw, depth=3):
    words = st.text("abc XY", min_size=1, max_size=12).map(lambda text: f"w {text} w".strip())

    def node(level):
        kind = draw(st.sampled_from(KINDS))
        number = "" if kind in ("lead_in", "table") else draw(st.sampled_from(["1", "2", "A", "i"]))
        closed = kind in mending.CLOSED or not level
        below = 0 if closed else draw(st.integers(0, 3))
        return Node(
            kind, number, text=draw(words), children=[node(level - 1) for _ in range(below)]
        )

    return [node(depth - 1) for _ in range(draw(st.integers(1, 3)))]


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(
            ["promote", "demote", "join", "split", "kind", "up", "down", "out", "all", "in"]
        ),
        st.integers(0, 10_000),
        st.integers(0, 10_000),
    ),
    max_size=12,
)


def change(tree: list[Node], left: list[LeftOut], verb: str, which: int, how: int) -> None:
    nodes = list(mending.walk(tree))
    node = nodes[which % len(nodes)]
    kind = KINDS[how % len(KINDS)]
    match verb:
        case "promote":
            mending.promote(tree, node)
        case "demote":
            mending.demote(tree, node)
        case "join":
            mending.join(tree, node)
        case "split":
            mending.split(tree, node, how % (len(node.text) + 1))
        case "kind":
            mending.change_kind(tree, node, kind)
        case "up" | "down":
            mending.move(tree, node, up=verb == "up")
        case "out" | "all":
            left += mending.leave_out(tree, node, "Wrong.", below=verb == "all")
        case "in" if left:
            taken = left[how % len(left)]
            mending.put_in(tree, taken, node, below=bool(how % 2), kind=kind)
            left.remove(taken)


def characters(tree: list[Node], left: list[LeftOut]) -> Counter[str]:
    texts = [mending.as_text(node) for node in mending.walk(tree)] + [one.text for one in left]
    return Counter(re.sub(r"[^a-zA-Z]", "", "".join(texts)).replace("Chapter", ""))


@settings(max_examples=80, deadline=None)
@given(trees(), CHANGES)
def test_any_changes_keep_every_word_and_a_whole_tree(tree, changes):
    left: list[LeftOut] = []
    before = Counter(
        re.sub(r"[^a-zA-Z]", "", "".join(node.number + node.text for node in mending.walk(tree)))
    )
    for verb, which, how in changes:
        try:
            change(tree, left, verb, which, how)
        except CannotMend:
            continue

    assert tree
    assert before <= characters(tree, left)
    found = places(tree)
    assert [place.position for place in found] == list(range(len(found)))
    assert len({place.path for place in found}) == len(found)
    for place in found:
        if place.parent:
            assert place.parent.position < place.position < place.end <= place.parent.end
        assert not (place.node.children and place.node.kind in mending.CLOSED)


def some_change(draft: Edition, verb: int, which: int) -> None:
    """Do the change that two numbers stand for, unless it is refused."""
    rows = list(draft.provisions.order_by("position"))
    row, now = rows[which % len(rows)], {"state": state_of(draft), "by": None, "now": NOW}
    try:
        match verb:
            case 0 | 1 | 2:
                (promote_provision, demote_provision, join_provision)[verb](row, **now)
            case 3:
                move_provision(row, up=bool(which % 2), **now)
            case 4:
                leave_out_provision(row, reason="Wrong.", below=bool(which % 2), **now)
            case 5:
                split_provision(row, which % (len(row.text) + 1), **now)
            case 6:
                renumber_provision(row, "IV", following=True, **now)
            case _:
                put_in_left_out(row, 0, below=bool(which % 2), kind="provision", **now)
    except Refused:
        return


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 10_000)), max_size=5))
def test_any_changes_leave_the_rows_whole_and_undoing_them_all_brings_the_draft_back(
    draft, changes
):
    before = outline(draft)
    for verb, which in changes:
        some_change(draft, verb, which)
        check_whole(draft)
    while state_of(draft):
        undo_mend(draft, state=state_of(draft), by=None, now=NOW)

    assert outline(draft) == before
    check_whole(draft)


LADDER = ["members", "officers", "leads", "editors"]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(LADDER)), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 10_000)), max_size=5),
)
def test_no_changes_let_more_people_read_any_words_than_before(draft, restricted, changes):
    for which, audience in restricted:
        rows = list(draft.provisions.order_by("position"))
        restrict_provision(rows[which % len(rows)], audience, by=None, now=NOW)
    before = readers(draft)
    state = state_of(draft)
    for verb, which in changes:
        some_change(draft, verb, which)

    after = readers(draft)
    assert {
        word: after[word] for word in before if word in after and after[word] < before[word]
    } == {}
    while state_of(draft) != state:
        undo_mend(draft, state=state_of(draft), by=None, now=NOW)
    assert readers(draft) == before
    while state_of(draft):
        undo_mend(draft, state=state_of(draft), by=None, now=NOW)


def readers(edition: Edition) -> dict[str, int]:
    """Return, of every word marked as one of its kind, how few may read it where most may."""
    found: dict[str, int] = {}
    for text, audience in edition.provisions.values_list("text", "audience"):
        for word in re.findall(r"[A-Za-z]{3,}", text):
            found[word] = min(found.get(word, len(LADDER)), LADDER.index(audience))
    return found


# --- what it costs ---------------------------------------------------------------------------
@pytest.mark.parametrize("rules", [5, 40])
def test_a_change_costs_as_many_queries_in_a_short_edition_as_in_a_long_one(
    db, rules, django_assert_num_queries
):
    text = "\n".join(f"{n}. Rule {n}.\n  A. Below it." for n in range(1, rules + 1))
    draft = make_edition(make_work(), f"## Chapter 1\n{text}", publish=False)
    promote_provision(at(draft, "1/5/A"), state=0, by=None, now=NOW)
    state = state_of(draft)
    provision = at(draft, "1/1")

    with django_assert_num_queries(19):
        split_provision(provision, 2, state=state, by=None, now=timezone.now())
