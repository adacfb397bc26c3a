"""Procedures as members read them, fill them in and take them away, and as editors issue them."""

import datetime
import sys
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from docx import Document

from library.procedures.actions.procedures import issue_version
from library.procedures.forms import LONGEST_ANSWER, LONGEST_LINE
from library.procedures.models import ProcedurePage
from tests.factories.library import PROCEDURE, make_procedure
from tests.factories.party import AppointmentFactory, RoleFactory, UnitFactory
from tests.pages import assert_hidden, visible_text

PAGE = "/procedures/moderation/"


def paragraphs(response) -> list[str]:
    """What stands in a Word document that was handed out."""
    return [each.text for each in Document(BytesIO(response.content)).paragraphs]


@pytest.fixture
def reader(client, member):
    client.force_login(member)
    return client


def filled(**values) -> dict[str, str]:
    return {f"in-{key}": value for key, value in values.items()}


# --- the list ---------------------------------------------------------------------------------


def test_the_list_goes_by_kind_with_version_and_what_is_overdue(reader):
    page = make_procedure()
    issue_version(page, note="", by=None, now=timezone.now())
    make_procedure("old", kind="policy", review_by=timezone.localdate(), asked=(), body=())
    make_procedure(
        "older",
        kind="standing_orders",
        review_by=timezone.localdate() - datetime.timedelta(days=1),
        sample=True,
    )
    make_procedure("hidden", publish=False)

    response = reader.get("/procedures/")

    main = BeautifulSoup(response.content, "html.parser").main
    assert [each.text for each in main.find_all("h2")] == [
        *("Procedures", "Standing orders", "Policies"),
    ]
    assert [" ".join(each.get_text(" ").split()) for each in main.select("ul.card-list > li")] == [
        "The moderation procedure How it is done. Version 1, issued "
        f"{timezone.localdate():%-d %B %Y} To fill in",
        "The older procedure How it is done. Not yet issued as a version "
        "Review overdue To fill in Sample",
        "The old procedure How it is done. Not yet issued as a version",
    ]


def test_an_empty_list_says_so(reader):
    assert "There are no procedures for your post yet." in visible_text(reader.get("/procedures/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(reader, count, django_assert_num_queries):
    for number in range(count):
        page = make_procedure(f"p-{number}", roles=[])
        issue_version(page, note="", by=None, now=timezone.now())
    reader.get("/procedures/")

    with django_assert_num_queries(8):
        assert len(reader.get("/procedures/").context["groups"][0][1]) == count


def test_a_long_list_is_turned_page_by_page(reader, monkeypatch):
    monkeypatch.setattr(sys.modules["library.procedures.views.procedures"], "PER_PAGE", 1)
    make_procedure("a")
    make_procedure("b", kind="policy")

    assert "The a procedure" in visible_text(reader.get("/procedures/"))
    second = visible_text(reader.get("/procedures/?page=2"))
    assert "Page 2 of 2" in second
    assert "The b procedure" in second


# --- one procedure ----------------------------------------------------------------------------


def test_a_procedure_is_read_with_its_numbers_blanks_and_rules(reader, book):
    rule = ("rule", {"work": "sample", "citation": "4.II.1"})
    make_procedure(body=[*PROCEDURE, rule], sample=True)

    response = reader.get(PAGE)

    main = BeautifulSoup(response.content, "html.parser").main
    assert [" ".join(each.get_text(" ").split()) for each in main.select(".paragraph")] == [
        "1.1 It covers the group of [party name] .",
        "1.2 It binds its moderators.",
        "2.1 The moderators are [moderators] .",
    ]
    assert main.find(id="2.1").a["href"] == "#2.1"
    assert main.find(id="2").get_text(" ", strip=True) == "2 Removing a comment"
    quorum = book.provisions.get(citation="4.II.1")
    assert main.blockquote.a["href"] == quorum.get_absolute_url()
    assert "The quorum is ten members." in main.blockquote.text
    assert "It is not binding." in main.text
    assert [each["href"] for each in main.select(".button")] == [
        f"{PAGE}fill/",
        f"{PAGE}template.docx",
    ]


def test_whoever_it_is_not_for_finds_nothing_at_any_of_its_addresses(reader):
    page = make_procedure(roles=[RoleFactory()])
    issue_version(page, note="", by=None, now=timezone.now())

    for address in ("", "fill/", "template.docx", "versions/", "versions/1/"):
        assert_hidden(reader, PAGE + address)
    assert "moderation" not in visible_text(reader.get("/procedures/"))


def test_a_member_who_is_not_signed_in_is_asked_to(client, db):
    make_procedure()

    assert client.get(PAGE).headers["Location"].startswith("/accounts/login/")


def test_a_page_that_changed_since_its_version_says_which_one_to_hold_to(reader):
    page = make_procedure()
    version = issue_version(page, note="", by=None, now=timezone.now())
    assert "The text has changed" not in visible_text(reader.get(PAGE))

    page.body = [("section", "Something new")]
    page.save_revision().publish()

    page = BeautifulSoup(reader.get(PAGE).content, "html.parser").main
    assert "The text has changed since it was issued." in page.text
    assert page.find(class_="notice").a["href"] == version.get_absolute_url()


def test_an_overdue_review_is_said_and_an_editor_sees_the_owner_and_drafts(client, editor, member):
    day = timezone.localdate() - datetime.timedelta(days=1)
    make_procedure(review_by=day, responsible=member, roles=[RoleFactory(name="Officer")])
    make_procedure("draft", publish=False)
    client.force_login(editor)

    said = visible_text(client.get(PAGE))
    assert f"This was due for review by {day:%-d %B %Y}" in said
    assert f"Owner: {member}" in said
    assert "For Officer" in said
    assert "only editors can read it" in visible_text(client.get("/procedures/draft/"))


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_however_much_is_quoted(
    reader, book, count, django_assert_num_queries
):
    keys = ["4.II.1", "7.VIII.3", "7.IV.1"][:count]
    body = [("rule", {"work": "sample", "citation": key}) for key in keys]
    issue_version(make_procedure(body=body), note="", by=None, now=timezone.now())
    reader.get(PAGE)

    with django_assert_num_queries(14):
        assert reader.get(PAGE).content.count(b"<blockquote") == count


# --- versions ---------------------------------------------------------------------------------


@pytest.fixture
def two_versions(db):
    page = make_procedure()
    issue_version(page, note="", by=None, now=timezone.now())
    page.body = [PROCEDURE[0], ("numbered", ["It covers two groups of [[party_name]]."])]
    page.title = "A newer title"
    page.save_revision().publish()
    issue_version(page, note="It covers two groups.", by=None, now=timezone.now())
    return page


def test_versions_are_listed_with_what_changed(reader, two_versions):
    today = f"{timezone.localdate():%-d %B %Y}"

    main = BeautifulSoup(reader.get(f"{PAGE}versions/").content, "html.parser").main

    assert [" ".join(each.get_text(" ").split()) for each in main.select(".versions li")] == [
        f"Version 2 Issued {today} It covers two groups.",
        f"Version 1 Issued {today}",
    ]


def test_a_version_shows_its_own_words_and_the_difference(reader, two_versions):
    first = BeautifulSoup(reader.get(f"{PAGE}versions/1/").content, "html.parser").main
    second = BeautifulSoup(reader.get(f"{PAGE}versions/2/").content, "html.parser").main

    assert first.h1.text == "The moderation procedure"
    assert "It binds its moderators." in first.text
    assert first.find(class_="notice").a["href"] == f"{PAGE}versions/2/"
    assert first.ins is None
    assert second.h1.text == "A newer title"
    assert second.ins.text == "two groups "
    assert "the group " in [each.text for each in second.select("del")]
    assert "What changed: It covers two groups." in " ".join(second.get_text(" ").split())
    assert_hidden(reader, f"{PAGE}versions/3/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_versions_costs_the_same_however_many_there_are(
    reader, count, django_assert_num_queries
):
    page = make_procedure()
    for number in range(count):
        page.title = f"Title {number}"
        page.save_revision().publish()
        issue_version(page, note="Its title.", by=None, now=timezone.now())
    reader.get(f"{PAGE}versions/")

    with django_assert_num_queries(7):
        assert len(reader.get(f"{PAGE}versions/").context["versions"]) == count


def said_of(client, number: int) -> tuple[int, list[str]]:
    """How a version answers, and the words that it says were put in or taken out."""
    response = client.get(f"{PAGE}versions/{number}/")
    marked = BeautifulSoup(response.content, "html.parser").select("ins, del")
    return response.status_code, [each.text.strip() for each in marked]


def test_a_version_stays_with_those_for_whom_it_was_issued(client, member, editor):
    officer = AppointmentFactory()
    page = make_procedure(asked=(), body=[])
    audiences = [(), [officer.role], ()]
    for words_of, roles in zip(("public", "secret", "opened"), audiences, strict=True):
        page.body, page.roles = [("numbered", [words_of])], roles
        page.save_revision().publish()
        issue_version(page, note="Other words.", by=None, now=timezone.now())

    everything = {1: (200, []), 2: (200, ["secret", "public"]), 3: (200, ["opened", "secret"])}
    for person, seen in (
        (member, {1: (200, []), 2: (404, []), 3: (200, ["opened", "public"])}),
        (officer.member, everything),
        (editor, everything),
    ):
        client.force_login(person)
        found = {number: said_of(client, number) for number in seen}
        assert {n: (code, set(said)) for n, (code, said) in found.items()} == {
            n: (code, set(said)) for n, (code, said) in seen.items()
        }
        listed = client.get(f"{PAGE}versions/").context["versions"]
        assert {each.number for each in listed} == {
            n for n, (code, _) in seen.items() if code < 400
        }


def test_what_was_issued_for_others_alone_is_no_version_for_new_readers(client, member):
    officer = AppointmentFactory()
    page = make_procedure(roles=[officer.role])
    issue_version(page, note="", by=None, now=timezone.now())
    page.roles = []
    page.save_revision().publish()

    for person, standing in ((member, "Not yet issued"), (officer.member, "Version 1, issued")):
        client.force_login(person)
        for address in (PAGE, "/procedures/"):
            assert standing in visible_text(client.get(address)), address
        assert standing in paragraphs(client.get(f"{PAGE}template.docx"))[1]

    issue_version(page, note="It is for all.", by=None, now=timezone.now())
    client.force_login(member)
    assert "Version 2, issued" in visible_text(client.get(PAGE))


# --- filling in -------------------------------------------------------------------------------


def test_the_form_asks_for_every_blank_and_proposes_the_members_own_unit(client, db):
    make_procedure()
    officer = AppointmentFactory(unit=UnitFactory(name="Dale & Vale")).member
    client.force_login(officer)

    form = BeautifulSoup(client.get(f"{PAGE}fill/").content, "html.parser").main.form

    assert form.find(id="id_in-party_name")["value"] == "Dale & Vale"
    assert form.find("textarea", id="id_in-moderators").text.strip() == ""
    assert [each.text for each in form.find_all("label")] == ["Your party", "Who moderates"]
    assert "For example: Dale" in form.text


def test_what_is_missing_is_listed_before_it_can_be_downloaded_with_its_gaps(reader):
    make_procedure()
    values = filled(party_name="Dale", moderators=" ")

    shown = reader.post(f"{PAGE}fill/", {**values, "download": "1"})

    main = BeautifulSoup(shown.content, "html.parser").main
    assert [each.text for each in main.select(".notice li")] == ["Who moderates"]
    assert main.find(id="1.1").p.text == "It covers the group of Dale."
    assert main.select(".gap")[0].text == "________ (moderators)"
    seen = main.find("input", {"name": "seen"})["value"]

    response = reader.post(f"{PAGE}fill/", {**values, "seen": seen, "download": "1"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="moderation-dale.docx"'
    assert paragraphs(response)[3] == "1.1\tIt covers the group of Dale."
    assert "2.1\tThe moderators are ________ (moderators)." in paragraphs(response)


def test_what_is_complete_is_downloaded_at_once_and_named_after_version_and_party(reader):
    page = make_procedure()
    issue_version(page, note="", by=None, now=timezone.now())
    values = filled(party_name="Tŷ Mawr / <b>", moderators="Ann\r\nBob")

    response = reader.post(f"{PAGE}fill/", {**values, "download": "1"})

    name = response.headers["Content-Disposition"]
    assert name == 'attachment; filename="moderation-ty-mawr-b-v1.docx"'
    text = paragraphs(response)
    assert text[1] == f"Version 1, issued {timezone.localdate():%-d %B %Y}"
    assert "1.1\tIt covers the group of Tŷ Mawr / <b>." in text
    assert "2.1\tThe moderators are Ann\nBob." in text


def test_nothing_that_was_filled_in_is_kept(reader):
    page = make_procedure()
    before = list(page.body.raw_data), page.latest_revision_id

    reader.post(f"{PAGE}fill/", {**filled(party_name="Dale", moderators="Ann"), "download": "1"})

    page = ProcedurePage.objects.get()
    assert (list(page.body.raw_data), page.latest_revision_id) == before
    assert "Dale" not in visible_text(reader.get(f"{PAGE}fill/")).replace("For example: Dale", "")
    assert reader.get(f"{PAGE}fill/").headers["Cache-Control"] == "private, no-store"


def test_what_is_too_long_is_sent_back_with_a_sentence_and_kept(reader):
    make_procedure()
    long = "x" * (LONGEST_LINE + 1)
    values = filled(party_name=long, moderators="y" * (LONGEST_ANSWER + 1))

    response = reader.post(f"{PAGE}fill/", {**values, "download": "1"})

    main = BeautifulSoup(response.content, "html.parser").main
    assert [each.text for each in main.select(".error")] == [
        "This is 301 characters. The limit is 300.",
        "This is 4,001 characters. The limit is 4,000.",
    ]
    field = main.find(id="id_in-party_name")
    assert field["value"] == long
    assert (field["aria-invalid"], "id_in-party_name_error" in field["aria-describedby"]) == (
        "true",
        True,
    )


def test_a_blank_one_is_to_be_had_without_filling_anything_in(reader, book):
    rule = ("rule", {"work": "sample", "citation": "4.II.1"})
    make_procedure(body=[*PROCEDURE, rule], sample=True)

    response = reader.get(f"{PAGE}template.docx")

    text = paragraphs(response)
    assert response.headers["Content-Disposition"].endswith('"moderation.docx"')
    assert text[3] == "1.1\tIt covers the group of ________ (party name)."
    assert text[-2] == "The sample book, Chapter 4 Clause II.1\nThe quorum is ten members."
    assert text[-1].startswith(f"Made on {timezone.localdate():%-d %B %Y} from http")
    document = Document(BytesIO(response.content))
    assert document.sections[0].footer.paragraphs[0].text.startswith("Sample, not binding")


def test_a_procedure_without_blanks_has_nothing_to_fill_in(reader):
    make_procedure(asked=(), body=[("section", "Plain")])

    assert_hidden(reader, f"{PAGE}fill/")
    assert paragraphs(reader.get(f"{PAGE}template.docx"))[2] == "1\tPlain"
