"""Librarians give files in the admin, look at source and tree side by side, and mend the tree."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from library.rules.actions import imports as reading
from library.rules.actions.draft_history import state_of
from library.rules.actions.imports import perform_import, request_import
from library.rules.actions.mending import promote_provision
from library.rules.models import Edition, RulesImport, Work
from library.rules.permissions import LibrariansPolicy, can_publish_editions
from library.rules.rulebooks.reading import read_file
from tests.factories.library import BOOK, make_edition, make_work
from tests.factories.party import MemberFactory

FORM = {"title": "", "slug": "", "kind": "rule_book", "label": "2027 edition"}
FORM |= {"in_force_from": "2027-01-01"}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def given(db, editor) -> RulesImport:
    """A file that waits to be read."""
    return request_import(
        work=make_work(),
        label="2027 edition",
        in_force_from=datetime.date(2027, 1, 1),
        file=SimpleUploadedFile("rules.md", BOOK.encode()),
        by=editor,
        now=timezone.now(),
    )


@pytest.fixture
def draft(given, monkeypatch) -> Edition:
    monkeypatch.setattr(reading, "read_in_sandbox", read_file)  # without a process for each test
    return perform_import(given.pk)


def upload(text: str = BOOK, name: str = "rules.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def page_of(client, edition: Edition, **query) -> str:
    return client.get(reverse("edition:mend", args=[edition.pk]), query).content.decode()


def press(client, edition: Edition, path: str, do: str, **more):
    """Press a button beside a provision, having seen the draft as it is."""
    fields = {"do": do, "provision": edition.provisions.get(path=path).pk}
    fields["state"] = state_of(edition)
    return client.post(
        reverse("edition:change", args=[edition.pk]), {**fields, **more}, follow=True
    )


# --- giving a file ---------------------------------------------------------------------------
def test_a_librarian_gives_a_file_and_reads_how_it_goes(admin, editor):
    work = make_work()
    answer = admin.post(
        reverse("rulesimport:add"), {**FORM, "work": work.pk, "file": upload()}, follow=True
    )

    given = RulesImport.objects.get()
    assert (given.work, given.label, given.file_name, given.by) == (
        work,
        "2027 edition",
        "rules.md",
        editor,
    )
    page = answer.content.decode()
    assert "It waits for a worker." in page
    assert 'hx-trigger="every 2s"' in page
    perform_import(given.pk)
    part = admin.get(reverse("rulesimport:edit", args=[given.pk]), headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"
    edition = reverse("edition:inspect", args=[Edition.objects.get().pk])
    assert edition in admin.get(reverse("rulesimport:edit", args=[given.pk])).content.decode()


def test_a_new_work_is_named_in_the_same_form(admin):
    new = {"title": "Standing orders", "slug": "orders", "kind": "standing_orders"}

    admin.post(reverse("rulesimport:add"), {**FORM, **new, "file": upload()})

    assert Work.objects.get().title == "Standing orders"
    assert RulesImport.objects.get().work == Work.objects.get()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"file": upload(name="rules.exe")}, "rules are read from files that end in .md"),
        ({"label": "2027-01-01"}, "cannot be an edition’s label"),
        ({"slug": ""}, "A new work needs this."),
        ({"slug": "sample"}, "There is a work at this address."),
        ({"file": upload("")}, "The file is empty."),
    ],
)
def test_what_is_wrong_with_the_form_is_said_and_nothing_is_kept(admin, fields, sentence):
    make_work()
    new = {"title": "Standing orders", "slug": "orders", "file": upload()}

    answer = admin.post(reverse("rulesimport:add"), {**FORM, **new, **fields})

    assert sentence in answer.content.decode()
    assert not RulesImport.objects.exists()
    assert Work.objects.count() == 1


def test_a_failed_file_is_tried_again_downloaded_and_taken_back(admin, given):
    RulesImport.objects.update(status="failed", reason="The worker stopped.")
    page = admin.get(reverse("rulesimport:edit", args=[given.pk])).content.decode()
    assert "The worker stopped." in page
    handed = admin.get(reverse("rulesimport:file", args=[given.pk]))
    assert b"".join(handed.streaming_content).decode() == BOOK
    assert handed.headers["Content-Disposition"] == 'attachment; filename="rules.md"'

    admin.post(reverse("rulesimport:retry", args=[given.pk]))
    assert RulesImport.objects.get().status == "waiting"
    admin.post(reverse("rulesimport:remove", args=[given.pk]))
    assert not RulesImport.objects.exists()


def test_a_file_whose_worker_died_can_be_read_again_at_once(admin, given):
    address = reverse("rulesimport:retry", args=[given.pk])
    assert address not in admin.get(reverse("rulesimport:edit", args=[given.pk])).content.decode()

    RulesImport.objects.update(heartbeat_at=timezone.now() - datetime.timedelta(hours=1))

    assert address in admin.get(reverse("rulesimport:edit", args=[given.pk])).content.decode()


# --- source and tree -------------------------------------------------------------------------
def test_source_and_tree_stand_side_by_side_and_lead_to_each_other(admin, draft):
    given = draft.made_by
    rule = draft.provisions.get(path="7/VIII/3")
    page = page_of(admin, draft, at=rule.pk)

    assert f'href="#s-{rule.source_from}"' in page
    assert f'id="s-{rule.source_from}" data-provision="p-{rule.pk}"' in page
    assert given.source[rule.source_from]["text"] in page
    assert "The quorum is ten members." not in page  # another chapter's


def test_doubts_warnings_and_what_was_left_out_are_there_to_be_looked_at(admin, draft):
    draft.provisions.update(doubt="")
    draft.provisions.filter(path__in=["4/II/1", "7/VIII/3"]).update(doubt="Number 2 is missing.")
    RulesImport.objects.update(
        warnings=["A line stood between two columns."],
        left_out=[{"line": 900, "page": 3, "text": "Page 3 of 9", "reason": "A running foot."}],
    )
    first = draft.provisions.get(path="4/II/1")

    page = page_of(admin, draft, at=first.pk)
    assert "2 things to look at" in page
    assert "A line stood between two columns." in page
    assert "Page 3 of 9" in page
    answer = press(admin, draft, "4/II/1", "right")

    assert answer.redirect_chain[-1][0].endswith(f"#p-{draft.provisions.get(path='7/VIII/3').pk}")
    assert "1 thing to look at" in answer.content.decode()


def test_once_nothing_is_doubtful_the_next_step_is_offered(admin, draft):
    publish = reverse("edition:publish", args=[draft.pk])
    lineage = reverse("rules_lineage", args=[draft.pk])
    draft.provisions.update(doubt="")
    draft.provisions.filter(path="4/II/1").update(doubt="Number 2 is missing.")
    page = page_of(admin, draft)
    assert f'href="{reverse("edition:inspect", args=[draft.pk])}">Back to the edition' in page
    assert f'href="{publish}"' not in page

    page = press(admin, draft, "4/II/1", "right").content.decode()
    assert f'href="{publish}">Publish' in page
    draft.provisions.filter(path="4/II/1").update(descent="proposed")
    page = page_of(admin, draft)
    assert f'href="{lineage}">Confirm what they follow' in page
    assert f'href="{publish}"' not in page


def test_an_introduction_is_mended_on_the_editions_page_and_kept_where_it_is_refused(admin, draft):
    address = reverse("edition:inspect", args=[draft.pk])
    assert "An introduction to the rules.</textarea>" in admin.get(address).content.decode()
    seen = state_of(draft)

    admin.post(address, {"introduction": "One.\r\n\r\nTwo.", "state": seen})
    draft.refresh_from_db()
    assert draft.introduction == "One.\n\nTwo."

    page = admin.post(address, {"introduction": "Typed too late.", "state": seen})
    assert "Somebody changed this draft after you opened it" in page.content.decode()
    assert "Typed too late.</textarea>" in page.content.decode()
    draft.refresh_from_db()
    assert draft.introduction == "One.\n\nTwo."


def test_the_tree_is_mended_by_buttons_and_the_last_change_undone(admin, draft):
    answer = press(admin, draft, "7/VIII/3/B", "promote")

    assert draft.provisions.filter(path="7/VIII/B/i").exists()
    page = answer.content.decode()
    assert "“Chapter 7 Clause VIII.3.B” was put one level up." in page
    admin.post(reverse("edition:undo", args=[draft.pk]), {"state": state_of(draft)})
    assert draft.provisions.filter(path="7/VIII/3/B/i").exists()


@pytest.mark.parametrize(
    ("do", "fields", "path", "text"),
    [
        ("number", {"number": "4", "following": "on"}, "7/VIII/4", "A moderator may remove"),
        ("words", {"heading": "", "text": "Changed."}, "7/VIII/3", "Changed."),
        ("kind", {"kind": "rule"}, "7/VIII/rule-3", "A moderator may remove"),
        ("demote", {}, "7/VIII/1/3", "A moderator may remove"),
        ("join", {}, "7/VIII/1", "Clause IV.1. 3. A moderator may"),
        ("up", {}, "7/VIII/3", "A moderator may remove"),
        (
            "split",
            {"first": "A moderator may", "second": "remove a comment that:"},
            "7/VIII/lead-2",
            "remove a comment that:",
        ),
    ],
)
def test_every_change_has_its_form(admin, draft, do, fields, path, text):
    press(admin, draft, "7/VIII/3", do, **fields)

    if do == "split":
        path = draft.provisions.get(text="remove a comment that:").path
    assert text in draft.provisions.get(path=path).text


def test_what_is_left_out_goes_to_the_list_and_comes_back_where_one_says(admin, draft):
    press(admin, draft, "7/VIII/3", "leave_out", reason="A running head.", below="on")
    assert not draft.provisions.filter(path__startswith="7/VIII/3").exists()
    assert "A running head." in page_of(admin, draft, at=draft.provisions.get(path="7/VIII/1").pk)

    press(admin, draft, "7/VIII/1", "put_in", index=0, kind="provision")

    assert draft.provisions.get(path="7/VIII/3").text.startswith("A moderator may remove")


def test_a_form_that_is_sent_back_keeps_what_was_typed(admin, draft):
    answer = press(admin, draft, "7/VIII/3", "split", first="A moderator", second="can do as")
    assert "Here the text is only divided." in answer.content.decode()
    assert "can do as" in answer.content.decode()

    seen = state_of(draft)
    promote_provision(
        draft.provisions.get(path="7/VIII/3/B"), state=seen, by=None, now=timezone.now()
    )
    answer = press(admin, draft, "7/VIII/3", "words", heading="", text="My long work.", state=seen)

    page = answer.content.decode()
    assert "Somebody changed this draft after you opened it" in page
    assert "My long work." in page
    assert draft.provisions.get(path="7/VIII/3").text.startswith("A moderator may remove")


def test_a_provision_is_restricted_from_the_same_page_even_in_a_published_edition(admin, book):
    page = page_of(admin, book, at=book.provisions.get(path="7/VIII").pk)
    assert "so its words and numbers stay as they are" in page
    assert 'value="promote"' not in page

    press(admin, book, "7/VIII", "audience", audience="officers")

    assert book.provisions.get(path="7/VIII/3/A").audience == "officers"


# --- preview, discard, who may ---------------------------------------------------------------
def test_a_draft_is_seen_as_readers_will_see_it(admin, member, client, draft):
    address = reverse("edition:preview", args=[draft.pk])

    page = admin.get(f"{address}7/VIII/")

    assert "A moderator may remove a comment that:" in page.content.decode()
    assert f"{address}4/" in admin.get(address).content.decode()
    client.force_login(member)
    assert client.get(address).status_code == 302  # to the admin's door


def test_a_draft_is_discarded_after_asking_once_more(admin, draft):
    address = reverse("edition:discard", args=[draft.pk])
    assert "Its 15 provisions and every change made to them go for good." in (
        admin.get(address).content.decode()
    )
    assert Edition.objects.exists()

    admin.post(address)

    assert not Edition.objects.exists()
    assert RulesImport.objects.get().can_be_retried


def test_only_those_who_publish_editions_see_imports_and_mend(client, draft, given):
    author = MemberFactory()
    author.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(author)
    before = list(draft.provisions.values_list("path", flat=True))

    assert client.get(reverse("rulesimport:edit", args=[given.pk])).status_code == 404
    for name in ("mend", "discard", "preview"):
        assert client.get(reverse(f"edition:{name}", args=[draft.pk])).status_code == 302
    press(client, draft, "7/VIII/3/B", "promote")
    client.post(reverse("edition:inspect", args=[draft.pk]), {"introduction": "Mine.", "state": 0})

    draft.refresh_from_db()
    assert draft.introduction == "An introduction to the rules."
    assert list(draft.provisions.values_list("path", flat=True)) == before


def test_the_admins_policy_agrees_with_who_may_see_imports(editor, member, given):
    policy = LibrariansPolicy(RulesImport)
    for person in (editor, member):
        may = can_publish_editions(person)
        assert [policy.user_has_permission(person, a) for a in ("view", "add", "delete")] == [
            may,
            may,
            False,
        ]
        assert RulesImport.objects.visible_to(person).exists() == may


# --- what it costs ---------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_files_asks_as_much_for_one_as_for_three(admin, count):
    work = make_work()
    for number in range(count):
        RulesImport.objects.create(
            work=work, label=f"{number}", in_force_from=datetime.date(2027, 1, 1), file_name="a.md"
        )

    with CaptureQueriesContext(connection) as captured:
        response = admin.get(reverse("rulesimport:index"))

    assert response.context["object_list"].count() == count
    assert len([query for query in captured if "rules_" in query["sql"]]) == 3


@pytest.mark.parametrize("rules", [1, 300])
def test_the_page_of_a_chapter_asks_as_much_in_a_long_edition_as_in_a_short_one(admin, rules):
    text = "\n".join(f"{n}. Rule {n}." for n in range(1, rules + 1))
    edition = make_edition(make_work(), f"## Chapter 1\n{text}", publish=False)
    page_of(admin, edition)

    with CaptureQueriesContext(connection) as captured:
        page = page_of(admin, edition)

    assert len([query for query in captured if "rules_" in query["sql"]]) == 12
    assert page.count('class="mend-row ') == min(rules + 1, 200)
