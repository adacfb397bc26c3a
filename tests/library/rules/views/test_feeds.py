"""The feed of a work's editions: for those signed in, and of what they may read."""

from django.utils import timezone
from lxml import etree

from library.rules.actions.access import restrict_part
from tests.factories.library import at, make_second

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client) -> list[tuple[str, str, str]]:
    answer = client.get("/rules/sample/feed/")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert "private" in answer.headers["Cache-Control"]
    feed = etree.fromstring(answer.content)
    return [
        (
            entry.findtext(f"{ATOM}title"),
            entry.find(f"{ATOM}link").get("href"),
            entry.findtext(f"{ATOM}summary"),
        )
        for entry in feed.iter(f"{ATOM}entry")
    ]


def test_each_edition_is_an_entry_with_what_it_changed_by_chapter(client, book, member):
    edition = make_second(book)
    edition.note = "The quorum <grows>."
    edition.save()
    client.force_login(member)

    newest, first = entries(client)

    assert newest == (
        "Second edition, in force from 1 January 2022",
        "http://testserver/rules/sample/compare/first-edition/second-edition/",
        "<p>The quorum &lt;grows&gt;.</p><ul>"
        "<li>Chapter 4 — Meetings: 1 reworded</li>"
        "<li>Chapter 7 — Online groups: 1 removed, 1 renumbered</li>"
        "<li>Appendix 1 — House rules: 1 new</li></ul>",
    )
    assert first[2] == "<p>The first edition here.</p>"


def test_strangers_sign_in_first_and_nobody_reads_of_what_is_restricted(
    client, book, member, editor
):
    edition = make_second(book)
    for each in (book, edition):
        restrict_part(at(each, "4"), "editors", by=None, now=timezone.now())
    assert client.get("/rules/sample/feed/").status_code == 302

    client.force_login(member)
    assert "Meetings" not in entries(client)[0][2]
    client.force_login(editor)
    assert "Meetings" in entries(client)[0][2]
