"""Files sent whole or in part, as a player asks for them (RFC 9110, sections 13 and 14)."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.utils.text import slugify

PIECE = 64 * 1024  # bytes read at a time
ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class UnsatisfiableError(Exception):
    """The range asked for lies outside the file."""


def wanted_range(header: str, size: int) -> range | None:
    """The places of the bytes asked for; None where the whole file is the answer.

    A header that is malformed or asks for several ranges is ignored, as the standard allows.
    Raises UnsatisfiableError where nothing of the file is asked for.
    """
    asked = ONE_RANGE.fullmatch(header.strip())
    if not asked or not any(asked.groups()):
        return None
    first, last = asked.groups()
    if not first:
        part = range(max(0, size - int(last)), size)
    elif last and int(last) < int(first):
        return None
    else:
        part = range(int(first), min(int(last) + 1, size) if last else size)
    if not part:
        raise UnsatisfiableError
    return part


def send_media(
    request: HttpRequest, file: FieldFile, content_type: str, *, keep_as: str = ""
) -> HttpResponseBase:
    """Answer with a film, or, where the setting of the storage says so, lead to its bucket.

    The bucket's address is signed and runs out when ours would. `keep_as` is a file name.
    """
    disposition = content_disposition_header(True, keep_as) if keep_as else None
    if request.method != "HEAD" and getattr(file.storage, "sends_films", False):
        asked = {"ResponseContentType": content_type}
        if disposition:
            asked["ResponseContentDisposition"] = disposition
        address = file.storage.url(  # type: ignore[call-arg]  # a bucket's takes these too
            file.name, parameters=asked, expire=settings.MEDIA_ADDRESS_SECONDS
        )
        return HttpResponseRedirect(address, headers={"Cache-Control": "private, no-store"})
    response = send_file(request, file, content_type)
    if disposition:
        response.headers["Content-Disposition"] = disposition
    return response


def download_name(title: str) -> str:
    """The name under which a film is kept on a member's disk."""
    return f"{slugify(title) or 'film'}.mp4"


def stored_text(file: FieldFile) -> str:
    """The text of a small stored file; Http404 where the storage has lost it."""
    try:
        with file.open("rb") as source:
            return source.read().decode()
    except FileNotFoundError as error:
        raise Http404 from error


def send_file(request: HttpRequest, file: FieldFile, content_type: str) -> HttpResponseBase:
    """Answer with a file or the part of it asked for, streamed; HEAD gets the headers alone."""
    size, changed = _size_and_time(file)
    etag, stamp = f'"{size:x}-{int(changed * 1e6):x}"', int(changed)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "ETag": etag,
        "Last-Modified": http_date(stamp),
    }
    early = get_conditional_response(request, etag, stamp, HttpResponse(headers=headers))
    if early is not None and early.status_code != 200:
        return early
    # A part of the newer file is of no use to a browser that has a part of an older one.
    same = request.headers.get("If-Range", etag) in (etag, headers["Last-Modified"])
    try:
        part = wanted_range(request.headers.get("Range", "") if same else "", size)
    except UnsatisfiableError:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    if part is not None:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    headers["Content-Length"] = str(size if part is None else len(part))
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=content_type, headers=headers)
    else:
        body = _pieces(file, part or range(size))
        response = StreamingHttpResponse(body, content_type=content_type, headers=headers)
    response.status_code = 200 if part is None else 206
    return response


def _size_and_time(file: FieldFile) -> tuple[int, float]:
    """A file's bytes and when it was changed, as a timestamp; Http404 where it is lost."""
    try:
        if describe := getattr(file.storage, "describe", None):  # a bucket: one question, not two
            size, changed = describe(file.name)
        else:
            size, changed = file.size, file.storage.get_modified_time(file.name or "")
    except FileNotFoundError as error:
        raise Http404 from error
    return size, changed.timestamp()


def _pieces(file: FieldFile, part: range) -> Iterator[bytes]:
    if read_part := getattr(file.storage, "read_part", None):  # a bucket sends parts by itself
        yield from read_part(file.name, part, PIECE)
        return
    with file.open("rb") as source:
        source.seek(part.start)
        left = len(part)
        while left and (piece := source.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
