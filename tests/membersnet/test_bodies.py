"""Nobody fills the disk: large bodies are refused before they are read."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client

from party.models import Member
from tests.factories.party import MemberFactory
from tests.pages import visible_text

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LARGE = b"x" * 3_000_000  # above what Django keeps in memory, so that it would go to the disk
ADDRESSES = [
    "/accounts/login/",
    "/search/",
    "/uploads/",
    "/admin/films/new/",
    "/admin/fact-sheets/",
    "/admin/rules-imports/add/",
    "/admin/images/add/",
    "/admin/images/multiple/add/",
    "/admin/documents/multiple/add/",
    "/nothing/is/here/",
]
on_disk: list[int] = []


class CountingHandler(TemporaryFileUploadHandler):
    """Counts the bytes that are written to the disk."""

    def receive_data_chunk(self, raw_data, start):
        on_disk.append(len(raw_data))
        super().receive_data_chunk(raw_data, start)


@pytest.fixture(autouse=True)
def counted(settings, tmp_path):
    on_disk.clear()
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_HANDLERS = ["tests.membersnet.test_bodies.CountingHandler"]
    settings.SECURE_SSL_REDIRECT = False


def send(client, address, data=LARGE, **headers):
    """Send a file as a browser does, with a CSRF cookie that the sender made up."""
    token = "a" * 32
    client.cookies["csrftoken"] = token
    form = {"csrfmiddlewaretoken": token, "film": SimpleUploadedFile("film.mp4", data)}
    return client.post(address, form, headers={"accept": "text/html", **headers})


def editor(*codenames):
    person = MemberFactory()
    person.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return Member.objects.get(pk=person.pk)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_with_a_made_up_cookie_writes_not_one_byte(address):
    answer = send(Client(enforce_csrf_checks=True), address)
    assert (answer.status_code, sum(on_disk)) == (403, 0)
    assert "You are signed out, so what you sent was not read" in visible_text(answer)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_member_who_may_not_upload_writes_not_one_byte(address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(MemberFactory())
    answer = send(client, address)
    assert (answer.status_code, sum(on_disk)) == (413, 0)
    assert "The limit here is 976.6 KB" in visible_text(answer).replace("\xa0", " ")


def test_an_editor_may_send_a_picture_and_not_a_film(settings):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor("access_admin"))
    assert send(client, "/admin/films/new/").status_code == 413
    assert sum(on_disk) == 0
    send(client, "/admin/images/multiple/add/")
    assert sum(on_disk) == len(LARGE)
    on_disk.clear()
    settings.LARGE_BODIES = (("/admin/", "wagtailadmin.access_admin", 2_000_000),)
    assert send(client, "/admin/images/multiple/add/").status_code == 413
    assert sum(on_disk) == 0


def test_whoever_may_bring_in_films_sends_one_with_the_plain_form():
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor("access_admin", "add_film"))
    assert send(client, "/admin/films/new/").status_code != 413
    assert sum(on_disk) == len(LARGE)


def test_a_small_form_is_sent_by_anybody(client):
    page = send(client, "/accounts/login/", b"x" * 1000)
    assert "E-mail address This field is required." in visible_text(page)  # it was read


def test_of_a_body_that_does_not_say_its_length_nothing_is_read():
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    answer = client.generic(
        "POST",
        "/accounts/login/",
        LARGE,
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="",
        HTTP_TRANSFER_ENCODING="chunked",
        HTTP_ACCEPT="text/html",
    )
    assert (answer.status_code, sum(on_disk)) == (403, 0)
    assert "so nothing was saved. Go back, reload the page and send it" in visible_text(answer)


def test_a_script_is_told_in_plain_text(client):
    answer = client.post("/search/", LARGE, content_type="application/json")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().startswith("You are signed out")


def test_a_piece_of_an_upload_is_answered_by_the_upload_itself(client):
    piece = "application/offset+octet-stream"
    upload = "/uploads/6f0e0a0e-0000-4000-8000-000000000000/"
    answer = client.patch(upload, LARGE, piece, headers={"tus-resumable": "1.0.0"})
    assert "What is uploaded is kept" in answer.content.decode()
