"""The owners of texts that cite what changed see them, with the difference."""

from django.utils import timezone

from library.rules.actions.citing_texts import (
    flag_citing_texts,
    replace_citations,
    resolve_flag,
)
from library.rules.models import CitationFlag
from tests.factories.library import make_second
from tests.factories.party import MemberFactory
from tests.pages import visible_text


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


def test_the_list_counts_texts_and_names_each_rule_they_cite_in_words(client, book, member):
    cite("4.II.1", "7.IV.1", owner=member)
    cite("4.II.1", key="2", owner=member)
    flagged(make_second(book))
    client.force_login(member)

    said = visible_text(client.get("/rules/flags/"))

    assert "2 of your texts cite rules that change." in said
    assert said.count("Cites Chapter 4 Clause II.1 of The sample book") == 2
    assert "Cites Chapter 7 Clause IV.1 of The sample book" in said


def test_flags_are_seen_by_the_owner_and_by_librarians(client, book, editor):
    owner, stranger = MemberFactory.create_batch(2)
    cite("4.II.1", owner=owner)
    flagged(make_second(book))
    flag = CitationFlag.objects.get()
    address = f"/rules/flags/{flag.pk}/"

    for person, status in ((owner, 200), (editor, 200), (stranger, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status
        assert CitationFlag.objects.visible_to(person).exists() == (status == 200)
    client.force_login(stranger)
    assert client.post(address).status_code == 404
    assert not client.get("/rules/flags/").context["page"].object_list


def test_the_owner_sees_the_difference_and_says_that_they_looked(client, book):
    owner = MemberFactory()
    cite("4.II.1", owner=owner)
    flagged(make_second(book))
    flag = CitationFlag.objects.get()
    client.force_login(owner)

    assert "Citations to review (1)" in visible_text(client.get("/"))
    page = client.get(f"/rules/flags/{flag.pk}/")
    assert "It cites Chapter 4 Clause II.1 of The sample book." in visible_text(page)
    assert "[removed: ten ]" in visible_text(page)
    assert "/admin/pages/1/edit/" in page.content.decode()

    answer = client.post(f"/rules/flags/{flag.pk}/")
    assert answer.headers["Location"] == "/rules/flags/"
    flag.refresh_from_db()
    seen, by = flag.resolved_at, flag.resolved_by
    assert by == owner
    again = resolve_flag(flag, by=MemberFactory(), now=timezone.now())
    assert (again.resolved_at, again.resolved_by) == (seen, owner)
    assert "None of your texts cites a rule that has changed" in visible_text(
        client.get("/rules/flags/")
    )
    assert "Citations to review" not in visible_text(client.get("/"))
