"""Procedures: versions that stay as issued, and what follows from publishing."""

import pytest
from wagtail.models import PageLogEntry

from ground.refusals import Refused
from library.procedures.models import ProcedurePage, ProcedureVersion
from library.rules.models import CitingText
from party.models.audiences import audience_tokens
from search.actions.answers import answer
from search.actions.indexing import index_changes
from tests.factories.library import make_procedure
from tests.library.procedures.versions import issue, reword

# --- versions ---------------------------------------------------------------------------------


def test_a_version_keeps_the_words_with_the_numbers_by_which_they_are_cited(db, editor):
    version = issue(make_procedure(), by=editor)

    assert (version.number, version.title, version.issued_by) == (
        1,
        "The moderation procedure",
        editor,
    )
    assert version.text.splitlines() == [
        "1 What this covers",
        "1.1 It covers the group of [party name].",
        "1.2 It binds its moderators.",
        "2 Removing a comment",
        "Keep a copy first; see how.",
        "2.1 The moderators are [moderators].",
        "Before you begin",
        "☐ Read the rules.",
    ]
    entry = PageLogEntry.objects.get(action="procedures.issue")
    assert (entry.user, entry.data["number"], entry.revision) == (editor, 1, version.revision)


def test_a_version_stays_as_it_was_issued_while_its_page_goes_on(db):
    page = make_procedure()
    first = issue(page)
    text = first.text

    page = reword(page, body=[("section", "Something else")])
    second = issue(page, note="All of it.")

    first.refresh_from_db()
    assert (first.text, next(line.words for line in first.revision.as_object().lines())) == (
        text,
        "What this covers",
    )
    assert (second.number, second.text, second.note) == (2, "1 Something else", "All of it.")


def test_nothing_is_issued_without_a_change_without_a_note_or_without_being_published(db):
    draft = make_procedure("draft", publish=False)
    with pytest.raises(Refused, match="Publish it first"):
        issue(draft)

    page = make_procedure()
    issue(page)
    with pytest.raises(Refused, match="has not changed since version 1"):
        issue(reword(page, summary="Put otherwise."), note="The summary.")
    with pytest.raises(Refused, match="what changed"):
        issue(reword(page, title="Another title"), note=" ")
    assert ProcedureVersion.objects.count() == 1


def test_unpublished_changes_are_no_part_of_a_version(db):
    page = make_procedure()
    page.title = "A title that nobody has agreed to"
    page.save_revision()

    assert issue(ProcedurePage.objects.get(pk=page.pk)).title == "The moderation procedure"


# --- what an editor may write -----------------------------------------------------------------


def test_the_registry_knows_what_a_published_procedure_cites_until_it_is_gone(book, member):
    rules = [("rule", {"work": "sample", "citation": one}) for one in ("4.II.1", "7.VIII.3")]
    page = make_procedure(body=rules, responsible=member)

    def told():
        return set(CitingText.objects.values_list("kind", "key", "citation", "owner"))

    assert told() == {
        ("procedure", str(page.pk), citation, member.pk) for citation in ("4.II.1", "7.VIII.3")
    }
    assert CitingText.objects.first().url == "/procedures/moderation/"
    page = reword(page, body=rules[:1])
    assert told() == {("procedure", str(page.pk), "4.II.1", member.pk)}
    page.unpublish()
    assert told() == set()
    make_procedure("other", body=rules).delete()
    assert told() == set()


# --- search -----------------------------------------------------------------------------------


def test_search_shows_a_procedure_to_its_audience_alone(people):
    make_procedure(roles=[people["roles"]["officer"]], regions=[people["regions"]["here"]])
    index_changes()

    for name, person in people["members"].items():
        found = answer(
            "moderators", audience=audience_tokens(person), kind="procedure"
        ).results.total
        assert bool(found) == (name in {"officer here", "editor"}), name
