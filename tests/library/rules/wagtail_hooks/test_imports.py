"""Librarians give files in the admin, and see, preview and discard what comes of them."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from library.rules.actions import import_worker
from library.rules.actions.import_worker import perform_import
from library.rules.actions.imports import request_import
from library.rules.models import Edition, RulesImport, Work
from library.rules.permissions import LibrariansPolicy, can_publish_editions
from library.rules.rulebooks.formats import read_file
from tests.factories.library import BOOK, make_work
from tests.factories.party import MemberFactory
from tests.pages import assert_hidden

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
    monkeypatch.setattr(
        import_worker, "read_in_sandbox", read_file
    )  # without a process for each test
    return perform_import(given.pk)


def upload(text: str = BOOK, name: str = "rules.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


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
    assert "Waiting to start." in page
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
        ({"file": upload(name="rules.exe")}, "cannot be read. Choose a file that ends in .md"),
        ({"label": "2027-01-01"}, "cannot be an edition’s label"),
        ({"slug": ""}, "Enter this for a new work, or choose a work above."),
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

    RulesImport.objects.update(
        status="running", heartbeat_at=timezone.now() - datetime.timedelta(seconds=26)
    )

    assert address in admin.get(reverse("rulesimport:edit", args=[given.pk])).content.decode()


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
    assert "This permanently deletes its 15 provisions and every version of the draft." in (
        admin.get(address).content.decode()
    )
    assert Edition.objects.exists()

    admin.post(address)

    assert not Edition.objects.exists()
    assert RulesImport.objects.get().can_be_retried


def test_only_those_who_publish_editions_see_imports_and_drafts(client, draft, given):
    author = MemberFactory()
    author.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(author)

    assert_hidden(client, reverse("rulesimport:edit", args=[given.pk]))
    for name in ("draft", "discard", "preview"):
        assert client.get(reverse(f"edition:{name}", args=[draft.pk])).status_code == 302, name
    top = draft.provisions.get(path="7")
    client.post(reverse("edition:restrict", args=[top.pk]), {"audience": "officers"})
    client.post(reverse("edition:draft", args=[draft.pk]), {"text": "## Mine", "state": 0})

    top.refresh_from_db()
    assert top.audience == "members"
    assert not draft.versions.exists()
    assert draft.provisions.count() == 15


def test_a_chapter_is_restricted_from_the_editions_page(admin, book):
    page = admin.get(reverse("edition:inspect", args=[book.pk])).content.decode()
    assert "Who may read Chapter 7 — Online groups, in every edition?" in page

    top = book.provisions.get(path="7")
    answer = admin.post(
        reverse("edition:restrict", args=[top.pk]), {"audience": "officers"}, follow=True
    )

    assert "Who may read it was changed in 1 edition." in answer.content.decode()
    assert book.provisions.get(path="7/VIII/3/A").audience == "officers"
    below = book.provisions.get(path="7/VIII")
    address = reverse("edition:restrict", args=[below.pk])
    assert admin.post(address, {"audience": "leads"}).status_code == 404


def test_the_admins_policy_agrees_with_who_may_see_imports(editor, member, given):
    policy = LibrariansPolicy(RulesImport, "view", "add", "change")
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
