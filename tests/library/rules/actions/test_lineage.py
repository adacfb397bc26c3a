"""What a draft follows is proposed at import and confirmed by a librarian; it never forks."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from library.rules.actions.access import restrict_part
from library.rules.actions.lineage import PredecessorChoice, confirm_lineage, propose_lineage
from library.rules.actions.publication import publish_edition
from library.rules.models import Provision
from tests.factories.library import BOOK, at, make_second


@pytest.fixture
def draft(book):
    return make_second(book, publish=False)


def confirm(edition, choices=None):
    return confirm_lineage(edition, choices=choices, by=None, now=timezone.now())


def test_what_is_the_same_is_confirmed_and_what_is_doubtful_waits(book, draft):
    quorum, log, copy = (at(draft, key) for key in ("4.II.1", "7.V", "7.VIII.1"))

    assert (copy.descent, copy.likeness) == ("confirmed", 1.0)
    assert (quorum.descent, quorum.likeness) == ("proposed", 0.8)
    assert quorum.predecessor == at(book, "4.II.1")
    assert (log.descent, log.likeness, log.lineage) == ("proposed", 1.0, at(book, "7.IV").lineage)
    new = at(draft, "appendix-1.2")
    assert (new.descent, new.predecessor) == ("new", None)
    assert [each.citation for each in draft.provisions.waiting()] == ["4.II.1", "7.V"]


def test_nothing_is_published_while_something_waits(draft):
    with pytest.raises(Refused, match="2 provisions wait for somebody to confirm"):
        publish_edition(draft, by=None, now=timezone.now())

    assert confirm(draft) == 2
    assert publish_edition(draft, by=None, now=timezone.now()).status == "published"


def test_a_librarian_says_otherwise_and_it_is_written_down(book, draft, editor):
    new, log = at(draft, "appendix-1.2"), at(draft, "7.V")

    choices = {
        new.pk: PredecessorChoice(at(book, "7.VIII.3.B.i").pk),
        log.pk: PredecessorChoice(None),
    }
    confirm_lineage(draft, choices=choices, by=editor, now=timezone.now())

    new.refresh_from_db()
    log.refresh_from_db()
    assert (new.lineage, new.descent) == (at(book, "7.VIII.3.B.i").lineage, "confirmed")
    assert (log.predecessor, log.descent) == (None, "new")
    assert log.lineage != at(book, "7.IV").lineage
    entry = ModelLogEntry.objects.for_instance(draft).get(action="rules.confirm_lineage")
    assert entry.user == editor
    assert entry.data["choices"] == {"appendix-1/2": "7/VIII/3/B/i", "7/V": ""}


def test_what_would_fork_is_refused_with_a_sentence_and_nothing_is_changed(book, draft):
    quorum, other = at(draft, "4.II.1"), at(draft, "appendix-1.2")

    with pytest.raises(Refused, match=r"Chapter 4 Clause II.1 goes on in Chapter 4 Clause II.1"):
        confirm(draft, {other.pk: PredecessorChoice(at(book, "4.II.1").pk)})
    both = {each.pk: PredecessorChoice(at(book, "4.II.1").pk) for each in (quorum, other)}
    with pytest.raises(Refused, match="cannot follow it too"):
        confirm(draft, both)

    other.refresh_from_db()
    assert (other.predecessor, at(draft, "4.II.1").descent) == (None, "proposed")


def test_two_that_follow_each_others_place_can_be_exchanged_at_once(book, draft):
    quorum, log = at(draft, "4.II.1"), at(draft, "7.V.1")
    swapped = {
        quorum.pk: PredecessorChoice(log.predecessor_id),
        log.pk: PredecessorChoice(quorum.predecessor_id),
    }

    confirm(draft, swapped)

    assert at(draft, "4.II.1").lineage == at(book, "7.IV.1").lineage
    assert at(draft, "7.V.1").lineage == at(book, "4.II.1").lineage


def test_a_part_has_a_lineage_of_its_own_and_names_what_it_comes_from(book, draft):
    part = at(draft, "appendix-1.2")

    confirm(draft, {part.pk: PredecessorChoice(at(book, "4.II.1").pk, part=True)})

    part.refresh_from_db()
    assert part.predecessor == at(book, "4.II.1")
    assert part.lineage not in set(book.provisions.values_list("lineage", flat=True))


def test_the_database_itself_refuses_a_lineage_twice_in_one_edition(draft):
    quorum, log = at(draft, "4.II.1"), at(draft, "7.V")

    with pytest.raises(IntegrityError), transaction.atomic():
        Provision.objects.filter(pk=log.pk).update(lineage=quorum.lineage)


def test_only_the_edition_before_can_be_followed_and_only_by_a_draft(book, draft):
    with pytest.raises(Refused, match="one of the edition before"):
        confirm(draft, {at(draft, "7.V").pk: PredecessorChoice(at(draft, "4.II.1").pk)})
    with pytest.raises(Refused, match="is published"):
        confirm(book)
    with pytest.raises(Refused, match="is published"):
        propose_lineage(book, by=None, now=timezone.now())


def test_what_follows_something_restricted_is_restricted(book, draft):
    quorum = at(book, "4.II.1")
    restrict_part(at(book, "4"), "editors", by=None, now=timezone.now())

    confirm(
        draft,
        {
            at(draft, "7.V").pk: PredecessorChoice(quorum.pk),
            at(draft, "4.II.1").pk: PredecessorChoice(None),
        },
    )

    assert at(draft, "7").audience == at(draft, "7.V.1").audience == "editors"


def test_a_split_and_a_join_are_recorded(book):
    long = "A moderator may remove a comment that names the address of a member or her family"
    other = "Whoever was removed may ask two officers of another branch to look at it again"
    joined = BOOK.replace("1. A moderator keeps a log.", f"1. {long}.\n2. {other}.")
    first = make_second(book, joined, label="Joined")
    confirm_all = make_second(
        book,
        BOOK.replace("1. A moderator keeps a log.", f"1. {long}. {other}."),
        label="Third",
        in_force_from=first.in_force_from.replace(year=2023),
    )

    (taken_in,) = at(confirm_all, "7.IV.1").absorbs.all()

    assert {taken_in, at(confirm_all, "7.IV.1").predecessor} == {
        at(first, "7.IV.1"),
        at(first, "7.IV.2"),
    }
    again = make_second(
        book,
        joined,
        label="Fourth",
        in_force_from=first.in_force_from.replace(year=2024),
    )
    origin = at(confirm_all, "7.IV.1")
    parts = [at(again, "7.IV.1"), at(again, "7.IV.2")]
    assert [part.predecessor for part in parts] == [origin, origin]
    assert sorted(part.lineage == origin.lineage for part in parts) == [False, True]


def test_a_draft_is_proposed_afresh_when_another_edition_comes_before_it(book):
    later = make_second(book, label="Later", publish=False)
    confirm(later)

    middle = make_second(book, label="Middle", in_force_from=later.in_force_from.replace(year=2021))

    assert at(later, "4.II.1").predecessor == at(middle, "4.II.1")
    assert not later.provisions.waiting().exists()  # it has the words of the one in between


def address(edition) -> str:
    return reverse("rules_lineage", args=[edition.pk])
