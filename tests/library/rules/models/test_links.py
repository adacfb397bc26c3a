"""What leads to a provision: each told once, and open to whom it is for."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import IntegrityError, transaction
from django.utils import timezone

from library.rules.models import (
    CitationFlag,
    CitingText,
    CrossReference,
    DefinedTerm,
    Follow,
    Subject,
    SubjectEntry,
)
from tests.factories.library import at, make_edition, make_work
from tests.factories.party import MemberFactory


def cite(edition, citation: str = "4.II.1", **fields) -> CitingText:
    provision = at(edition, citation)
    return CitingText.objects.create(
        work=edition.work,
        citation=citation,
        lineage=provision.lineage,
        **{"kind": "lesson", "key": "1", "title": "Lesson", "audience": ["members"], **fields},
    )


def flag(citing: CitingText, before, after, **fields) -> CitationFlag:
    return CitationFlag.objects.create(
        citing=citing,
        edition=after,
        before=before.provisions.get(lineage=citing.lineage),
        after=after.provisions.filter(lineage=citing.lineage).first(),
        **fields,
    )


# --- told once -------------------------------------------------------------------------------
def test_each_link_is_kept_once(book, second, member):
    provision, citing = at(book, "4.II.1"), cite(book)
    subject = Subject.objects.create(work=book.work, name="Decisions")
    links = [
        (CrossReference, {"provision": provision, "start": 3, "end": 9, "work": book.work,
                          "lineage": provision.lineage}),
        (DefinedTerm, {"edition": book, "provision": provision, "term": "Decisions"}),
        (SubjectEntry, {"subject": subject, "lineage": provision.lineage}),
        (Follow, {"member": member, "work": book.work, "lineage": provision.lineage}),
        (Follow, {"member": member, "work": book.work, "lineage": None}),
        (CitationFlag, {"citing": citing, "edition": second, "before": provision}),
    ]  # fmt: skip
    for model, fields in links:
        first = model.objects.create(**fields)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**fields)
        assert model.objects.filter(**fields).get() == first
    for model, fields in (
        (Subject, {"work": book.work, "name": "Decisions"}),
        (CitingText, {"kind": "lesson", "key": "1", "work": book.work, "citation": "4.II.1"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**fields)


def test_a_link_is_named_by_what_it_leads_from(book, second):
    provision, citing = at(book, "4.II.1"), cite(book)
    reference = CrossReference(provision=provision, start=3, end=9)
    lineage = uuid.UUID(int=1)
    subject = Subject(name="Decisions")
    assert str(reference) == "Chapter 4 Clause II.1 [3:9]"
    assert str(DefinedTerm(term="Branch")) == "Branch"
    assert str(SubjectEntry(subject=subject, lineage=lineage)) == f"Decisions: {lineage}"
    assert str(Follow(work=book.work)) == "The sample book: all"
    assert str(Follow(work=book.work, lineage=lineage)) == f"The sample book: {lineage}"
    assert str(citing) == "Lesson: 4.II.1"
    assert str(flag(citing, book, second)) == f"Lesson: 4.II.1, {second}"


# --- follows ---------------------------------------------------------------------------------
def test_people_see_their_own_follows_and_strangers_none(book, member):
    chapter = at(book, "7").lineage
    other = MemberFactory()
    for who, lineage in ((member, chapter), (member, None), (other, at(book, "4").lineage)):
        Follow.objects.create(member=who, work=book.work, lineage=lineage)
    elsewhere = make_edition(make_work("other"))
    Follow.objects.create(member=member, work=elsewhere.work)

    own = Follow.objects.visible_to(member)
    assert own.lineages(book.work) == {chapter, None}
    assert own.lineages(elsewhere.work) == {None}
    assert list(Follow.objects.visible_to(AnonymousUser())) == []


# --- citing texts ----------------------------------------------------------------------------
def test_texts_are_found_by_what_they_cite(book):
    quorum, log = cite(book), cite(book, "7.IV.1", key="2")
    cite(book, "7.VIII.1", key="3")
    assert set(CitingText.objects.of([quorum.lineage, log.lineage])) == {quorum, log}
    assert list(CitingText.objects.of([])) == []


def test_texts_are_open_to_those_whose_audience_they_are_for(book, member, editor):
    for key, audience in (("1", ["anyone"]), ("2", ["members"]), ("3", ["editors"]), ("4", [])):
        cite(book, key=key, title=f"Lesson {key}", audience=audience)

    def opened(user) -> list[str]:
        return [each.key for each in CitingText.objects.open_to(user)]

    assert opened(AnonymousUser()) == ["1"]
    assert opened(member) == ["1", "2"]
    assert opened(editor) == ["1", "2", "3"]


# --- flags -----------------------------------------------------------------------------------
def test_flags_are_seen_by_the_owner_of_the_text_and_by_those_who_may_publish(book, second, member):
    owned = flag(cite(book, owner=member), book, second)
    nobodys = flag(cite(book, "7.IV.1", key="2"), book, second)
    publisher = MemberFactory()
    publisher.user_permissions.set(Permission.objects.filter(codename="change_edition"))

    assert list(CitationFlag.objects.visible_to(member)) == [owned]
    assert set(CitationFlag.objects.visible_to(publisher)) == {owned, nobodys}
    for stranger in (MemberFactory(), AnonymousUser()):
        assert list(CitationFlag.objects.visible_to(stranger)) == []


def test_open_flags_are_counted_by_text_and_not_by_citation(book, second):
    for citation, key in (("4.II.1", "1"), ("7.IV.1", "1"), ("7.IV.1", "2")):
        flag(cite(book, citation, key=key), book, second)
    flag(cite(book, key="3"), book, second, resolved_at=timezone.now())

    assert CitationFlag.objects.open().count() == 3
    assert CitationFlag.objects.open().count_texts() == 2


def test_a_flag_names_the_provision_as_people_write_it_or_else_by_the_key_that_is_cited(
    book, second
):
    assert flag(cite(book), book, second).cited_as == "Chapter 4 Clause II.1"
    renumbered = cite(book, "7.IV.1", key="2")
    renumbered.citation = "7.III.1"  # as it was called in an edition before
    assert flag(renumbered, book, second).cited_as == "7.III.1"
