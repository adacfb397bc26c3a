"""The citation registry: who cites what, and who is flagged when that changes."""

import pytest
from django.utils import timezone

from library.rules.actions.access import restrict_part
from library.rules.actions.citing_texts import (
    citations_in,
    flag_citing_texts,
    replace_citations,
)
from library.rules.models import CitationFlag, CitingText, Work
from party.models import Notice
from tests.factories.library import at, make_edition, make_second, make_work
from tests.factories.party import MemberFactory

FLAGS_QUERIES = 6


def cite(*citations: str, key: str = "1", owner=None, work: str = "sample") -> int:
    return replace_citations(
        kind="lesson",
        key=key,
        title=f"Lesson {key}",
        url=f"/courses/lesson-{key}/",
        edit_url=f"/admin/pages/{key}/edit/",
        audience=["members"],
        owner=owner,
        citations=[(work, citation) for citation in citations],
    )


def flagged(edition) -> list[str]:
    flag_citing_texts(edition.pk, now=timezone.now())
    return [flag.citing.citation for flag in CitationFlag.objects.order_by("pk")]


def test_a_text_says_what_it_cites_and_is_tied_to_the_provision_in_force(book):
    make_second(book)

    assert cite("4.II.1", "7.V.1", "9.IX", "4.II.1") == 3

    known = {each.citation: each.lineage for each in CitingText.objects.all()}
    assert known == {
        "4.II.1": at(book, "4.II.1").lineage,
        "7.V.1": at(book, "7.IV.1").lineage,
        "9.IX": None,
    }


def test_what_a_text_says_replaces_what_it_said_and_nothing_else(book):
    cite("4.II.1", "7.IV.1")
    cite("4.II.1", key="2")
    kept = CitingText.objects.get(key="1", citation="4.II.1").pk

    cite("4.II.1", "7.VIII.3")
    assert set(CitingText.objects.filter(key="1").values_list("citation", flat=True)) == {
        "4.II.1",
        "7.VIII.3",
    }
    assert CitingText.objects.get(key="1", citation="4.II.1").pk == kept
    assert cite() == 0
    assert [each.key for each in CitingText.objects.all()] == ["2"]
    assert cite("1", work="unknown") == 0


def test_citations_are_found_in_a_text_and_given_to_the_work_named_beside_them(book):
    make_edition(make_work("orders", title="Model orders", kind=Work.Kind.STANDING_ORDERS))

    assert citations_in(
        "See Chapter 7 Clause VIII of the Model Orders, and 4.II.1, as Clause IX never says. "
        "The sample book, Chapter 7 Clause IV.1 asks for a log; it is kept 2.1 years."
    ) == [("orders", "7.VIII"), ("sample", "4.II.1"), ("sample", "7.IV.1")]
    assert citations_in("Nothing is cited here.") == []


def test_a_citation_of_no_work_is_nobodys_where_there_are_two_rule_books(book):
    make_edition(make_work("other"))

    assert citations_in("See 4.II.1, as everybody knows.") == []
    assert citations_in("See 4.II.1 of the sample book.") == [("sample", "4.II.1")]


def test_a_citation_of_something_that_is_not_kept_here_is_nobodys(book):
    assert citations_in("Chapter 4 of the Companies Act 2006 says so, in its own words.") == []
    assert citations_in("Chapter 4 of the rule book, and Chapter 7 in full.") == [
        ("sample", "4"),
        ("sample", "7"),
    ]


def test_what_cites_something_reworded_removed_or_renumbered_is_flagged_and_nothing_else(book):
    owner = MemberFactory()
    changed = ["4.II.1", "7.IV.1", "7.VIII.3.B.i", "7.VIII.3"]
    cite(*changed, "7.VIII.1", "7.VIII.3.A", owner=owner)

    edition = make_second(book)

    assert flagged(edition) == changed
    assert flagged(edition) == changed  # once for each text
    removed = CitationFlag.objects.get(citing__citation="7.VIII.3.B.i")
    assert (removed.before, removed.after) == (at(book, "7.VIII.3.B.i"), None)
    renumbered = CitationFlag.objects.get(citing__citation="7.IV.1")
    assert renumbered.after == at(edition, "7.V.1")
    (notice,) = Notice.objects.all()
    assert (notice.member, notice.url) == (owner, "/rules/flags/")
    assert notice.subject == "4 citations to review: The sample book changes"
    assert notice.message.splitlines()[1:] == [
        "Lesson 1: Chapter 4 Clause II.1; Chapter 7 Clause IV.1; "
        "Chapter 7 Clause VIII.3.B.i; Chapter 7 Clause VIII.3"
    ]


def test_what_was_written_for_the_new_edition_is_not_flagged_however_late_that_is_told(book):
    cite("4.II.1", key="before")
    edition = make_second(book)
    cite("4.II.1", key="before")  # told again, and unchanged
    cite("4.II.1", "7.IV.1", key="after")

    flag_citing_texts(edition.pk, now=timezone.now())
    cite("4.II.1", key="later")
    flag_citing_texts(edition.pk, now=timezone.now())

    assert [flag.citing.key for flag in CitationFlag.objects.all()] == ["before"]


def test_owners_are_not_flagged_what_they_may_not_read(book):
    cite("4.II", owner=MemberFactory())
    cite("4.II", key="2")
    edition = make_second(book)
    for each in (book, edition):
        restrict_part(at(each, "4"), "editors", by=None, now=timezone.now())

    flag_citing_texts(edition.pk, now=timezone.now())

    assert [flag.citing.key for flag in CitationFlag.objects.all()] == ["2"]


def test_librarians_find_all_flags_in_the_admin(client, book, editor, member):
    cite("4.II.1", owner=member)
    cite("4.II.1", key="2")
    flagged(make_second(book))
    client.force_login(editor)

    page = client.get("/admin/citationflag/").content.decode()

    for flag in CitationFlag.objects.all():
        assert f"/rules/flags/{flag.pk}/" in page
    client.force_login(member)
    assert client.get("/admin/citationflag/").status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_flags_costs_the_same_for_one_and_three(
    client, book, member, count, django_assert_num_queries
):
    for number in range(count):
        cite("4.II.1", key=str(number), owner=member)
    flagged(make_second(book))
    client.force_login(member)

    with django_assert_num_queries(FLAGS_QUERIES):
        page = client.get("/rules/flags/")
    assert len(page.context["page"].object_list) == count
