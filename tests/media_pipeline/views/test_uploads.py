"""The tus protocol, as a client meets it: begin, go on, ask, forget; and what is refused."""

import base64
import hashlib
import json
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.test import Client
from django.utils import timezone

from media_pipeline.actions.resumable_uploads import part_of
from media_pipeline.models import Upload
from tests.factories.party import MemberFactory

BYTES = "application/offset+octet-stream"
VERSION = {"tus-resumable": "1.0.0"}


def encoded(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def proof(content: bytes, algorithm: str = "sha256") -> dict[str, str]:
    return {"upload-checksum": f"{algorithm} {encoded(hashlib.new(algorithm, content).digest())}"}


@pytest.fixture
def author(client, editor):
    client.force_login(editor)
    return client


def begin(client, length=10, *, name="film.mp4", content=b"", **headers):
    told = {"upload-length": str(length), "upload-metadata": f"filename {encoded(name)}"}
    return client.post(
        "/uploads/",
        data=content,
        content_type=BYTES,
        headers={**VERSION, **told, **{key.replace("_", "-"): v for key, v in headers.items()}},
    )


def patch(client, url, content, offset=0, *, kind=BYTES, **headers):
    told = {**VERSION, "upload-offset": str(offset), **headers}
    return client.patch(url, data=content, content_type=kind, headers=told)


def offset_of(client, url) -> str:
    return client.head(url, headers=VERSION).headers["Upload-Offset"]


def test_the_server_says_what_it_can_do(author, settings):
    settings.MEDIA_MAX_BYTES = 1000
    answer = author.options("/uploads/")
    assert answer.status_code == 204
    assert answer.headers["Tus-Resumable"] == answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Max-Size"] == "1000"
    assert answer.headers["Tus-Extension"].split(",") == [
        *("creation", "creation-with-upload", "expiration", "termination", "checksum")
    ]
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256,sha512"


def test_a_film_arrives_in_pieces(author, editor, settings):
    begun = begin(author, 10, name="Sul y Blodau.mp4")
    assert (begun.status_code, begun.headers["Upload-Offset"]) == (201, "0")
    url = begun.headers["Location"]
    first = patch(author, url, b"hello")
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "5")
    asked = author.head(url, headers=VERSION)
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("5", "10")
    assert asked.headers["Cache-Control"] == "no-store"
    assert patch(author, url, b"world", 5, **proof(b"world")).headers["Upload-Offset"] == "10"
    upload = Upload.objects.get()
    assert (upload.name, upload.uploaded_by, upload.length) == ("Sul y Blodau.mp4", editor, 10)
    assert upload.is_complete
    assert part_of(upload).path.read_bytes() == b"helloworld"


def test_the_first_piece_may_come_with_the_beginning(author):
    begun = begin(author, 10, content=b"hello")
    assert (begun.status_code, begun.headers["Upload-Offset"]) == (201, "5")
    assert offset_of(author, begun.headers["Location"]) == "5"


def test_each_piece_renews_the_day_until_which_the_upload_is_kept(author, settings):
    settings.MEDIA_UPLOAD_DAYS = 3
    begun = begin(author)
    assert days_left(begun) == pytest.approx(3, abs=0.01)
    settings.MEDIA_UPLOAD_DAYS = 5
    assert days_left(patch(author, begun.headers["Location"], b"x")) == pytest.approx(5, abs=0.01)


def days_left(answer) -> float:
    until = parsedate_to_datetime(answer.headers["Upload-Expires"])
    return (until - timezone.now()) / timedelta(days=1)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha512"])
def test_a_damaged_piece_is_refused_and_nothing_of_it_kept(author, algorithm):
    url = begin(author).headers["Location"]
    answer = patch(author, url, b"hallo", **proof(b"hello", algorithm))
    assert (answer.status_code, answer.reason_phrase) == (460, "Checksum Mismatch")
    assert offset_of(author, url) == "0"
    assert patch(author, url, b"hello", **proof(b"hello", algorithm)).status_code == 204


@pytest.mark.parametrize(
    "header", ["md5 abcd", "sha256 abcd", "sha256", "sha1 !!!!", "sha1 é", "", "crc32 AAAA"]
)
def test_a_checksum_that_cannot_be_read_is_refused(author, header):
    url = begin(author).headers["Location"]
    assert patch(author, url, b"hello", **{"upload-checksum": header}).status_code == 400
    assert offset_of(author, url) == "0"


def test_pieces_for_the_wrong_place_of_the_wrong_kind_or_too_long_are_refused(author):
    url = begin(author).headers["Location"]
    patch(author, url, b"hello")
    assert patch(author, url, b"x", 4).status_code == 409
    assert patch(author, url, b"x", 6).status_code == 409
    assert patch(author, url, b"x", 5, kind="video/mp4").status_code == 415
    assert patch(author, url, b"123456", 5).status_code == 413
    assert patch(author, url, b"x", "five").status_code == 400
    assert patch(author, url, b"x", "-1").status_code == 400
    assert offset_of(author, url) == "5"


def test_a_body_of_unsaid_length_is_refused(author):
    url = begin(author).headers["Location"]
    told = {**VERSION, "upload-offset": "0"}
    answer = author.generic("PATCH", url, b"", CONTENT_TYPE=BYTES, headers=told)
    assert answer.status_code == 411
    assert offset_of(author, url) == "0"


@pytest.mark.parametrize("version", [{}, {"tus-resumable": "0.2.2"}])
def test_another_version_of_the_protocol_is_refused(author, version):
    url = begin(author).headers["Location"]
    answer = author.head(url, headers=version)
    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")
    assert "Upload-Offset" not in answer.headers


@pytest.mark.parametrize(
    ("length", "status", "sentence"),
    [
        (101, 413, "the most this site takes is"),
        (0, 400, "The file is empty."),
        ("", 400, "has to be a number"),
        ("-5", 400, "has to be a number"),
        ("1e3", 400, "has to be a number"),
        ("9" * 40, 400, "has to be a number"),
    ],
)
def test_lengths_that_cannot_be_are_refused(author, settings, length, status, sentence):
    settings.MEDIA_MAX_BYTES = 100
    answer = begin(author, length)
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert not Upload.objects.exists()
    assert not settings.MEDIA_UPLOAD_DIR.exists()


@pytest.mark.parametrize(
    "metadata", ["filename !!", "filename " + encoded(b"\xff\xfe"), "filename " + "A" * 5000]
)
def test_a_description_that_cannot_be_read_is_refused(author, metadata):
    assert begin(author, upload_metadata=metadata).status_code == 400
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.mp4", "passwd.mp4"),
        ("C:\\films\\a.mp4", "a.mp4"),
        ("/", ""),
        ("..", ".."),
        ("a\0b\nc\u202e.mp4", "abc.mp4"),
        ("x" * 400, "x" * 255),
    ],
)
def test_a_name_is_only_a_name(author, settings, name, kept):
    url = begin(author, 4, name=name).headers["Location"]
    patch(author, url, b"film")
    upload = Upload.objects.get()
    assert upload.name == kept
    files = {path.name for path in settings.MEDIA_UPLOAD_DIR.iterdir()}
    assert files == {f"{upload.uuid.hex}.part", f"{upload.uuid.hex}.hold"}


def test_nobody_else_knows_of_an_upload(author, editor, member, client):
    url = begin(author).headers["Location"]
    upload = Upload.objects.get()
    other = MemberFactory()
    other.groups.set(editor.groups.all())
    stranger = Client()
    stranger.force_login(other)
    assert stranger.head(url, headers=VERSION).status_code == 404
    assert patch(stranger, url, b"hello").status_code == 404
    assert stranger.delete(url, headers=VERSION).status_code == 404
    for person in (editor, other, member):
        visible = Upload.objects.visible_to(person).filter(pk=upload.pk).exists()
        assert visible is (person == editor)
    assert offset_of(author, url) == "0"


def test_who_is_signed_out_or_may_not_upload_is_told_so(author, client, member):
    url = begin(author).headers["Location"]
    nobody = Client()
    answer = patch(nobody, url, b"hello")
    assert answer.status_code == 403
    assert "sign in again in another tab" in answer.content.decode()
    assert begin(nobody).status_code == 403
    nobody.force_login(member)
    assert "may not upload films" in begin(nobody).content.decode()
    assert Upload.objects.get().offset == 0


def test_another_site_cannot_send_for_a_person(editor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert begin(strict).status_code == 403
    assert not Upload.objects.exists()
    strict.get("/admin/films/new/")
    token = strict.cookies["csrftoken"].value
    begun = begin(strict, x_csrftoken=token)
    assert begun.status_code == 201
    url = begun.headers["Location"]
    assert patch(strict, url, b"hello").status_code == 403
    assert strict.delete(url, headers=VERSION).status_code == 403
    assert patch(strict, url, b"hello", **{"x-csrftoken": token}).status_code == 204


def test_an_upload_is_forgotten_when_asked(author, settings):
    url = begin(author).headers["Location"]
    patch(author, url, b"hello")
    assert author.delete(url, headers=VERSION).status_code == 204
    assert author.head(url, headers=VERSION).status_code == 404
    assert list(settings.MEDIA_UPLOAD_DIR.iterdir()) == []


def test_an_expired_upload_is_gone(author):
    url = begin(author).headers["Location"]
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert author.head(url, headers=VERSION).status_code == 410
    assert patch(author, url, b"hello").status_code == 410
    assert Upload.objects.get().offset == 0


def test_the_method_may_be_told_in_a_header(author):
    url = begin(author).headers["Location"]
    told = {**VERSION, "upload-offset": "0", "x-http-method-override": "PATCH"}
    answer = author.post(url, data=b"hello", content_type=BYTES, headers=told)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "5")
    assert author.get(url, headers=VERSION).status_code == 405
    assert author.put("/uploads/", headers=VERSION).status_code == 405
    assert offset_of(author, url) == "5"


def test_a_person_has_a_bounded_number_of_unfinished_uploads(author, settings):
    settings.MEDIA_MAX_OPEN_UPLOADS = 2
    urls = [begin(author).headers["Location"] for _ in range(2)]
    answer = begin(author)
    assert answer.status_code == 429
    assert "You have 2 unfinished uploads" in answer.content.decode()
    author.delete(urls[0], headers=VERSION)
    assert begin(author).status_code == 201


def test_a_full_disk_is_said_before_anything_is_sent(author, settings):
    settings.MEDIA_MAX_BYTES = 10**18
    answer = begin(author, 10**17)
    assert answer.status_code == 507
    assert "The server is full" in answer.content.decode()
    assert not Upload.objects.exists()


def test_offset_on_the_disk_is_the_truth(author):
    url = begin(author).headers["Location"]
    upload = Upload.objects.get()
    part_of(upload).append([b"hello"], offset=0, most=10)  # killed before the row was written
    assert Upload.objects.get().offset == 0
    assert offset_of(author, url) == "5"
    assert Upload.objects.get().offset == 5
    assert patch(author, url, b"world", 5).headers["Upload-Offset"] == "10"


def test_bytes_that_were_lost_end_the_upload(author):
    url = begin(author).headers["Location"]
    patch(author, url, b"hello")
    part_of(Upload.objects.get()).remove()
    answer = patch(author, url, b"world", 5)
    assert answer.status_code == 410
    assert "Choose the film again" in answer.content.decode()


def test_a_row_without_its_file_begins_at_nothing(author):
    url = begin(author).headers["Location"]
    part_of(Upload.objects.get()).remove()  # killed between the row and its file
    assert offset_of(author, url) == "0"
    assert patch(author, url, b"hello").headers["Upload-Offset"] == "5"


def test_every_refusal_is_a_plain_sentence(author):
    url = begin(author).headers["Location"]
    for answer in (patch(author, url, b"x", 9), patch(author, url, b"x", kind="text/html")):
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.content.decode().endswith(".")
        assert "Traceback" not in json.dumps(answer.content.decode())
