"""Films arrive whole or in the parts a player asks for, byte for byte."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media_pipeline.models import Rendition
from media_pipeline.views.byte_ranges import PIECE, UnsatisfiableError, send_file, wanted_range

CONTENT = bytes(place * 31 % 251 for place in range(3 * PIECE + 17))
SIZE = len(CONTENT)
places = st.integers(min_value=0, max_value=SIZE + 50)


@pytest.fixture
def sent(tmp_path):
    """Ask for a file of known bytes with certain headers."""
    name = default_storage.save("films/x/360p.mp4", ContentFile(CONTENT))
    file = Rendition(file=name).file

    def ask(method="GET", **headers):
        request = HttpRequest()
        request.method = method
        for header, value in headers.items():
            request.META[f"HTTP_{header.upper()}"] = value
        return send_file(request, file, "video/mp4")

    return ask


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_whole_film_comes_without_a_range(sent):
    response = sent()
    assert response.status_code == 200
    assert body(response) == CONTENT
    assert response["Content-Length"] == str(SIZE)
    assert response["Content-Type"] == "video/mp4"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "private, no-cache"


def test_a_film_is_never_read_into_memory_at_once(sent):
    response = sent()
    assert response.streaming
    assert max(len(piece) for piece in response.streaming_content) <= PIECE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(first=places, last=st.none() | places)
def test_a_range_is_the_same_slice_of_the_bytes(sent, first, last):
    response = sent(range=f"bytes={first}-{'' if last is None else last}")
    expected = CONTENT[first:] if last is None else CONTENT[first : last + 1]
    if last is not None and last < first:
        assert (response.status_code, body(response)) == (200, CONTENT)
    elif first >= SIZE:
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{SIZE}"
    else:
        assert (response.status_code, body(response)) == (206, expected)
        assert response["Content-Range"] == f"bytes {first}-{first + len(expected) - 1}/{SIZE}"
        assert response["Content-Length"] == str(len(expected))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(length=st.integers(min_value=1, max_value=SIZE + 50))
def test_a_suffix_range_is_the_end_of_the_film(sent, length):
    response = sent(range=f"bytes=-{length}")
    assert (response.status_code, body(response)) == (206, CONTENT[-length:])
    assert response["Content-Range"] == f"bytes {max(0, SIZE - length)}-{SIZE - 1}/{SIZE}"


def test_a_suffix_of_no_bytes_cannot_be_given(sent):
    response = sent(range="bytes=-0")
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{SIZE}")
    assert body(response) == b""


@given(st.text(max_size=40))
def test_any_other_header_is_ignored_or_refused_but_never_an_error(header):
    try:
        part = wanted_range(header, 100)
    except UnsatisfiableError:
        return
    assert part is None or 0 <= part.start < part.stop <= 100


@pytest.mark.parametrize(
    "header", ["", "bytes", "bytes=", "bytes=-", "items=0-1", "bytes=a-b", "bytes=0-1,5-6", "0-1"]
)
def test_a_malformed_range_or_several_give_the_whole_film(sent, header):
    response = sent(range=header)
    assert (response.status_code, body(response)) == (200, CONTENT)


def test_head_says_the_same_without_the_bytes(sent):
    for headers, status in (({}, 200), ({"range": "bytes=5-9"}, 206)):
        whole, head = sent(**headers), sent("HEAD", **headers)
        assert head.status_code == whole.status_code == status
        assert body(head) == b""
        assert dict(head.items()) == dict(whole.items())


def test_a_part_of_an_older_file_is_not_mixed_with_the_new_one(sent):
    known = sent()
    for value in (known["ETag"], known["Last-Modified"]):
        assert body(sent(range="bytes=0-9", if_range=value)) == CONTENT[:10]
    for value in ('"older"', f"W/{known['ETag']}", "Mon, 01 Jan 2024 00:00:00 GMT"):
        for part in ("bytes=0-9", f"bytes={SIZE}-"):
            response = sent(range=part, if_range=value)
            assert (response.status_code, body(response)) == (200, CONTENT)


def test_what_the_browser_already_has_is_not_sent_again(sent):
    known = sent()
    response = sent(if_none_match=known["ETag"])
    assert (response.status_code, body(response)) == (304, b"")
    assert response["ETag"] == known["ETag"]
