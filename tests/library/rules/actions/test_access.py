"""A restriction holds for a text wherever it stands: in every edition, whatever it became."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from ground.refusals import Refused
from library.rules.actions.access import restrict_provision
from library.rules.actions.draft_outline import outline_of, save_outline
from library.rules.actions.lineage import PredecessorChoice, confirm_lineage
from library.rules.actions.publication import publish_edition
from library.rules.models import DefinedTerm, Edition
from search.models import ChangedEntry
from tests.factories.library import BOOK, at, make_edition, make_work
from tests.pages import assert_hidden

LOG = "A moderator keeps a log."
LATER, COMING = datetime.date(2021, 1, 1), datetime.date(2090, 1, 1)
MOVED = BOOK.replace(f"### Clause IV — The log\n\n1. {LOG}\n\n", "").replace(
    "1. Argue about ideas.", f"1. Argue about ideas.\n2. {LOG}"
)
WORDS = """\
## Chapter 1 — Words
### Clause I — Definitions
1. In these rules, “panel” means:
  A. the members nobody may know of; and
  B. others.
## Chapter 2 — Use
### Clause I — Meetings
1. The panel meets weekly.
"""


@pytest.fixture
def now() -> datetime.datetime:
    return timezone.now()


@pytest.fixture
def reader(client, member):
    client.force_login(member)
    return client


def restrict(edition: Edition, citation: str, audience: str = "officers") -> int:
    return restrict_provision(at(edition, citation), audience, by=None, now=timezone.now())


def open_to_members(*editions: Edition) -> list[bool]:
    """Say of each edition whether every member may read the rule about the log."""
    return [each.provisions.filter(text=LOG, audience="members").exists() for each in editions]


def later(book: Edition, text: str = BOOK, **fields) -> Edition:
    fields = {"label": "Second edition", "in_force_from": LATER, **fields}
    return make_edition(book.work, text, **fields)


def test_a_restricted_text_is_nowhere_else_to_be_read(reader, book):
    second = later(book)
    coming = later(book, label="Coming", in_force_from=COMING)
    draft = later(book, label="Draft", in_force_from=COMING.replace(year=2091), publish=False)
    ChangedEntry.objects.all().delete()

    assert restrict(second, "7.IV.1") == 4

    assert open_to_members(book, second, coming, draft) == [False] * 4
    lineage = at(book, "7.IV.1").lineage
    for address in (
        "/rules/sample/first-edition/7/IV/",
        "/rules/sample/coming/7/IV/",
        f"/rules/id/{lineage}/",
        "/rules/sample/compare/first-edition/second-edition/7/",
        "/rules/sample/7/IV/1",
    ):
        assert "keeps a log" not in reader.get(address, follow=True).content.decode()
    assert_hidden(reader, f"/rules/id/{lineage}/", follow=True)
    changed = set(ChangedEntry.objects.values_list("key", flat=True))
    assert {str(at(each, "7.IV.1").pk) for each in (book, second, coming)} <= changed


def test_lifting_it_opens_the_text_in_every_edition_and_nothing_else(book):
    second = later(book)
    draft = later(book, label="Draft", in_force_from=COMING, publish=False)
    restrict(second, "7.IV.1")
    restrict(second, "7.VIII")

    assert restrict(book, "7.IV.1", "members") == 3
    assert open_to_members(book, second, draft) == [True] * 3
    assert {at(each, "7.VIII.1").audience for each in (book, second, draft)} == {"officers"}


def test_what_stands_below_it_is_restricted_where_it_stood_elsewhere(book):
    second = make_edition(book.work, MOVED, label="Second", in_force_from=LATER, publish=False)
    confirm_lineage(
        second,
        choices={at(second, "appendix-1.2").pk: PredecessorChoice(at(book, "7.IV.1").pk)},
        by=None,
        now=timezone.now(),
    )
    confirm_lineage(second, by=None, now=timezone.now())
    publish_edition(second, by=None, now=timezone.now())

    restrict(second, "appendix-1")
    assert open_to_members(book, second) == [False, False]
    assert at(book, "7.VIII.1").audience == "members"

    restrict(second, "appendix-1", "members")
    assert open_to_members(book) == [False]  # it keeps what was said of it until somebody lifts it
    assert open_to_members(second) == [False]
    restrict(second, "appendix-1.2", "members")
    assert open_to_members(book, second) == [True, True]


def test_a_part_and_what_took_it_in_are_restricted_with_it(book, now):
    second = make_edition(book.work, MOVED, label="Second", in_force_from=LATER, publish=False)
    part = at(second, "appendix-1.2")
    follows = PredecessorChoice(at(book, "7.IV.1").pk, part=True)
    confirm_lineage(second, choices={part.pk: follows}, by=None, now=now)
    text = outline_of(second).replace("Argue about ideas.\n2. ", "Argue about ideas. ")
    save_outline(second, text, state=0, by=None, now=now)
    joined = at(second, "appendix-1.1")
    followed = {joined.predecessor, *joined.absorbs.all()}
    assert followed == {at(book, "7.IV.1"), at(book, "appendix-1.1")}
    confirm_lineage(second, by=None, now=now)
    publish_edition(second, by=None, now=now)

    restrict(book, "7.IV.1")

    joined.refresh_from_db()
    assert joined.audience == "officers"
    assert at(book, "appendix-1.1").audience == "officers"  # of which it is the other half


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_draft_from_before_a_restriction_is_not_published_open(book, now, confirmed):
    draft = later(book, publish=False)
    if confirmed:
        confirm_lineage(draft, by=None, now=now)
    restrict(book, "7.IV.1")
    draft.provisions.update(audience="members", own_audience="")  # as if both were at one moment
    if not confirmed:
        confirm_lineage(draft, by=None, now=now)
        assert open_to_members(draft) == [False]

    publish_edition(draft, by=None, now=now)
    assert open_to_members(draft) == [False]


def test_a_draft_does_not_open_what_is_restricted_where_it_is_published(book):
    draft = later(book, publish=False)
    restrict(book, "7.IV.1")

    with pytest.raises(Refused, match="of First edition, which fewer may read"):
        restrict(draft, "7.IV.1", "members")
    assert open_to_members(book, draft) == [False, False]


def test_a_defined_word_loses_the_part_of_its_meaning_that_is_restricted(reader):
    edition = make_edition(make_work(), WORDS)
    assert "nobody may know" in DefinedTerm.objects.get().meaning

    restrict(edition, "1.I.1.A")

    assert "nobody may know" not in DefinedTerm.objects.get().meaning
    assert "B. others" in DefinedTerm.objects.get().meaning
    for page in ("words/", "2/I/", "1/I/"):
        assert "nobody may know" not in reader.get(f"/rules/sample/{page}").content.decode()


def test_the_librarian_is_told_how_many_editions_were_changed(client, editor, book):
    later(book)
    client.force_login(editor)
    given = {"audience": "officers"}
    address = reverse("edition:restrict", args=[book.provisions.get(path="7").pk])

    page = client.post(address, given, follow=True).content.decode()
    assert "Who may read it was changed in 2 editions: wherever its text stands." in page
    page = client.post(address, given, follow=True).content.decode()
    assert "Nothing was changed: it was already like that." in page
