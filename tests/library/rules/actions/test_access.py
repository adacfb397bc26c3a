"""A chapter or appendix is restricted in every edition at once, and no draft opens it again."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from library.rules.actions.access import restrict_part, shared_parts, without_heir
from library.rules.actions.lineage import PredecessorChoice, confirm_lineage
from library.rules.actions.publication import publish_edition
from library.rules.models import Edition
from search.models import ChangedEntry
from tests.factories.library import BOOK, at, make_edition, make_work
from tests.pages import assert_hidden

LOG = "A moderator keeps a log."
LATER, COMING = datetime.date(2021, 1, 1), datetime.date(2090, 1, 1)
MOVED = BOOK.replace(f"### Clause IV — The log\n\n1. {LOG}\n\n", "").replace(
    "1. Argue about ideas.", f"1. Argue about ideas.\n2. {LOG}"
)
RENUMBERED = BOOK.replace("## Chapter 7 —", "## Chapter 8 —")
WORDS = """\
## Chapter 1 — Words
### Clause I — Definitions
1. In these rules, “panel” means the members nobody may know of.
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


def restrict(edition: Edition, citation: str, audience: str = "officers", *, by=None) -> int:
    return restrict_part(at(edition, citation), audience, by=by, now=timezone.now())


def closed(*editions: Edition) -> list[list[str]]:
    """Return the addresses of the parts of each edition that not every member may read."""
    return [
        list(
            each.provisions.filter(parent=None)
            .exclude(audience="members")
            .order_by("position")
            .values_list("path", flat=True)
        )
        for each in editions
    ]


def later(book: Edition, text: str = BOOK, **fields) -> Edition:
    fields = {"label": "Second edition", "in_force_from": LATER, **fields}
    return make_edition(book.work, text, **fields)


def moved(book: Edition) -> Edition:
    """Return a draft in which the rule about the log stands in the appendix, as is confirmed."""
    draft = later(book, MOVED, publish=False)
    follows = PredecessorChoice(at(book, "7.IV.1").pk)
    choices = {at(draft, "appendix-1.2").pk: follows}
    confirm_lineage(draft, choices=choices, by=None, now=timezone.now())
    confirm_lineage(draft, by=None, now=timezone.now())
    return draft


def test_a_restricted_chapter_is_nowhere_to_be_read(reader, book):
    second = later(book)
    coming = later(book, label="Coming", in_force_from=COMING)
    draft = later(book, label="Draft", in_force_from=COMING.replace(year=2091), publish=False)
    ChangedEntry.objects.all().delete()

    assert restrict(second, "7") == 4

    assert closed(book, second, coming, draft) == [["7"]] * 4
    assert {each.audience for each in second.provisions.filter(path__startswith="7")} == {
        "officers"
    }
    lineage = at(book, "7.IV.1").lineage
    for address in (
        "/rules/sample/first-edition/7/IV/",
        "/rules/sample/coming/7/IV/",
        f"/rules/id/{lineage}/",
        "/rules/sample/compare/first-edition/second-edition/7/",
        "/rules/sample/7/IV/1",
        "/rules/sample/data.md",
    ):
        assert "keeps a log" not in reader.get(address, follow=True).content.decode()
    assert_hidden(reader, f"/rules/id/{lineage}/", follow=True)
    changed = set(ChangedEntry.objects.values_list("key", flat=True))
    assert {str(at(each, "7.IV.1").pk) for each in (book, second, coming)} <= changed


def test_lifting_it_opens_the_chapter_in_every_edition_and_nothing_else(book):
    second = later(book)
    draft = later(book, label="Draft", in_force_from=COMING, publish=False)
    restrict(second, "7")
    restrict(second, "appendix-1")

    assert restrict(book, "7", "members") == 3

    assert closed(book, second, draft) == [["appendix-1"]] * 3
    assert at(draft, "7.IV.1").audience == "members"


def test_it_is_written_down_and_what_is_so_already_changes_nothing(book, editor):
    assert restrict(book, "7", by=editor) == 1
    assert restrict(book, "7", by=editor) == 0

    (entry,) = ModelLogEntry.objects.for_instance(book).filter(action="rules.restrict")
    assert (entry.user, entry.data) == (editor, {"audience": {"7": ["members", "officers"]}})


@pytest.mark.parametrize(
    ("citation", "audience", "sentence"),
    [("7", "everybody", "choose who may read it"), ("7.IV", "officers", "restrict the chapter")],
)
def test_no_audience_and_no_clause_is_restricted(book, citation, audience, sentence):
    with pytest.raises(Refused, match=sentence):
        restrict(book, citation, audience)

    assert closed(book) == [[]]


def test_a_chapter_is_followed_through_a_new_number(book):
    second = later(book, RENUMBERED, publish=False)
    confirm_lineage(second, by=None, now=timezone.now())
    publish_edition(second, by=None, now=timezone.now())

    restrict(book, "7")

    assert closed(book, second) == [["7"], ["8"]]


def test_text_that_stands_in_another_chapter_elsewhere_is_named_for_the_librarian(
    book, now, client, editor
):
    second = publish_edition(moved(book), by=None, now=now)

    restrict(second, "appendix-1")

    assert closed(book, second) == [["appendix-1"], ["appendix-1"]]
    assert shared_parts(at(second, "appendix-1")) == [at(book, "7")]
    assert shared_parts(at(second, "4")) == []
    client.force_login(editor)
    address = reverse("edition:restrict", args=[at(second, "appendix-1").pk])
    page = client.post(address, {"audience": "leads"}, follow=True).content.decode()
    assert "Who may read it was changed in 2 editions." in page
    assert "which were not changed: Chapter 7 — Online groups (First edition)." in page
    restrict(book, "7", "leads")
    assert shared_parts(at(second, "appendix-1")) == []


def test_a_draft_takes_a_restriction_over_when_its_text_follows_what_is_restricted(book):
    restrict(book, "7")
    draft = moved(book)

    assert closed(draft) == [["7", "appendix-1"]]
    assert at(draft, "appendix-1.1").audience == "officers"


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_draft_from_before_a_restriction_is_not_published_open(book, now, confirmed):
    draft = later(book, publish=False)
    restrict(book, "7")
    draft.provisions.update(audience="members")  # as if both were at one moment
    if not confirmed:
        confirm_lineage(draft, by=None, now=now)
        assert closed(draft) == [["7"]]

    publish_edition(draft, by=None, now=now)
    assert closed(draft) == [["7"]]


def test_what_is_only_proposed_of_a_draft_restricts_nothing_that_is_published(book):
    draft = later(book, RENUMBERED, publish=False)
    chapter = at(draft, "8")
    assert (chapter.descent, chapter.predecessor) == ("proposed", at(book, "7"))

    assert restrict(draft, "8") == 1
    assert closed(book, draft) == [[], ["8"]]

    confirm_lineage(draft, by=None, now=timezone.now())
    assert restrict(draft, "8", "leads") == 2
    assert closed(book, draft) == [["7"], ["8"]]


def test_what_was_restricted_and_is_followed_by_nothing_is_named_for_the_librarian(book):
    restrict(book, "appendix-1")
    without = BOOK[: BOOK.index("## Appendix 1")]

    draft = later(book, without, publish=False)

    assert [old.path for old in without_heir(draft)] == ["appendix-1", "appendix-1/1"]
    assert without_heir(book) == []


def test_a_word_defined_in_a_restricted_chapter_has_no_meaning_elsewhere(reader):
    edition = make_edition(make_work(), WORDS)
    assert "nobody may know" in reader.get("/rules/sample/words/").content.decode()

    restrict(edition, "1")

    for page in ("words/", "2/I/", "1/I/"):
        assert "nobody may know" not in reader.get(f"/rules/sample/{page}").content.decode()
