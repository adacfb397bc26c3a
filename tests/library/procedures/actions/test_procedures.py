"""Procedures: who may read them, versions that stay as issued, and what follows from publishing."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from ground.refusals import Refused
from library.procedures.actions.procedures import issue_version
from library.procedures.models import ProcedurePage, ProcedureVersion
from library.rules.models import CitingText
from party.models.audiences import audience_tokens
from party.permissions import tokens_of
from search.actions.answers import answer
from search.actions.indexing import index_changes
from tests.factories.library import make_procedure
from tests.factories.party import AppointmentFactory, MemberFactory, RoleFactory, UnitFactory

NOW = timezone.now()


def reword(page: ProcedurePage, **fields) -> ProcedurePage:
    """Publish a page with other values, as its editor does."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


def issue(page: ProcedurePage, note: str = "", by=None) -> ProcedureVersion:
    return issue_version(page, note=note, by=by, now=NOW)


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


def test_a_page_says_whether_it_still_reads_as_its_last_version(db):
    page = make_procedure()
    assert page.standing(None) == "Not yet issued as a version"

    version = issue(page)
    day = f"{timezone.localtime(NOW):%-d %B %Y}"
    assert page.standing(version) == f"Version 1, issued {day}"
    assert reword(page, summary="Put otherwise.").standing(version) == f"Version 1, issued {day}"
    changed = reword(page, body=[("section", "New")])
    assert changed.standing(version) == f"Changed since version 1 of {day}"


def test_the_revision_of_a_version_is_never_tidied_away(db):
    version = issue(make_procedure())

    with pytest.raises(ProtectedError):
        Revision.objects.get(pk=version.revision_id).delete()


# --- who may read -----------------------------------------------------------------------------


@pytest.fixture
def people(db):
    """Members with and without posts, in two regions, and an editor."""
    here, there = UnitFactory(), UnitFactory()
    officer, secretary = RoleFactory(), RoleFactory(name="Secretary", slug="secretary")
    return {
        "roles": {"officer": officer, "secretary": secretary},
        "regions": {"here": here.region, "there": there.region},
        "members": {
            "member": MemberFactory(),
            "officer here": AppointmentFactory(unit=here, role=officer).member,
            "officer there": AppointmentFactory(unit=there, role=officer).member,
            "secretary here": AppointmentFactory(unit=here, role=secretary).member,
            "editor": MemberFactory(is_superuser=True),
        },
    }


@pytest.mark.parametrize(
    ("roles", "regions", "readers"),
    [
        ((), (), ["member", "officer here", "officer there", "secretary here"]),
        (("officer",), (), ["officer here", "officer there"]),
        ((), ("here",), ["officer here", "secretary here"]),
        (("officer",), ("here",), ["officer here"]),
        (("officer", "secretary"), ("there",), ["officer there"]),
        (("officer", "secretary"), ("here",), ["officer here", "secretary here"]),
    ],
)
def test_a_procedure_is_for_its_roles_in_its_regions_and_for_editors(
    people, roles, regions, readers
):
    page = make_procedure(
        roles=[people["roles"][name] for name in roles],
        regions=[people["regions"][name] for name in regions],
    )
    draft = make_procedure("draft", publish=False)
    issue(page)

    for name, person in people["members"].items():
        may = name in {*readers, "editor"}
        assert ProcedurePage.objects.visible_to(person).filter(pk=page.pk).exists() == may, name
        assert (not audience_tokens(person).isdisjoint(page.readers())) == may, name
        assert ProcedureVersion.objects.visible_to(person).exists() == may, name
        assert ProcedurePage.objects.visible_to(person).filter(pk=draft.pk).exists() == (
            name == "editor"
        )
    assert set(page.readers()) == set(
        tokens_of(
            [people["roles"][name].slug for name in roles],
            [people["regions"][name].slug for name in regions],
        )
    )


def test_nobody_reads_what_was_withdrawn_but_editors(db, member, editor):
    page = make_procedure()
    page.unpublish()

    assert not ProcedurePage.objects.visible_to(member).exists()
    assert ProcedurePage.objects.visible_to(editor).exists()


# --- what an editor may write -----------------------------------------------------------------


def test_a_blank_that_nobody_is_asked_for_is_refused(db):
    page = make_procedure(body=[("section", "For [[party_name]]")])
    page.body = [("numbered", ["The quorum is [[quorum]]."])]

    with pytest.raises(ValidationError, match=r"\[\[quorum\]\]\. Add a field with that key"):
        page.full_clean()


def test_two_blanks_under_one_key_are_refused(db):
    asked = {"key": "party_name", "help": "", "example": "", "long": False}
    page = make_procedure()
    page.fields = [("field", {**asked, "label": label}) for label in ("One", "Two")]

    with pytest.raises(ValidationError, match="Two fields have the key “party_name”"):
        page.full_clean()


def test_a_rule_that_is_in_no_edition_is_refused(book):
    block = ProcedurePage._meta.get_field("body").stream_block.child_blocks["rule"]

    assert block.clean(block.to_python({"work": "sample", "citation": "7.VIII.3"}))
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python({"work": "sample", "citation": "7.VIII.33"}))
    problem = refusal.value.block_errors["citation"]
    assert problem.message == "No published edition of “sample” has a rule 7.VIII.33."


def test_rules_are_quoted_as_they_hold_today_to_whoever_may_read_them(book, member):
    rules = [("rule", {"work": "sample", "citation": one}) for one in ("4.II.1", "7.VIII.3")]
    page = make_procedure(body=rules)

    found = page.quotations(member)

    assert found["sample", "4.II.1"].text == "The quorum is ten members."
    assert found["sample", "7.VIII.3"].cited == "The sample book, Chapter 7 Clause VIII.3"
    assert found["sample", "7.VIII.3"].text.splitlines()[1] == (
        "A. harasses a person, as Chapter 4, Clause II.1 never says; or"
    )
    book.work.audience = "editors"
    book.work.save()
    assert page.quotations(member) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_quoting_costs_the_same_however_many_rules_of_a_work_are_quoted(
    book, member, count, django_assert_num_queries
):
    keys = ["4.II.1", "7.VIII.3", "7.IV.1"][:count]
    page = make_procedure(body=[("rule", {"work": "sample", "citation": key}) for key in keys])

    with django_assert_num_queries(5):
        assert len(page.quotations(member)) == count


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


# --- the owner is told ------------------------------------------------------------------------
