"""Resumable uploads by the tus protocol, 1.0.0: https://tus.io/protocols/resumable-upload.

Core protocol with creation, creation-with-upload, expiration, termination and checksum. Every
refusal is a sentence in plain text, which the page shows as it is.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _

from ground.refusals import Refused
from media_pipeline.actions import resumable_uploads
from media_pipeline.models import Upload
from media_pipeline.permissions import can_upload
from media_pipeline.steps.part_file import (
    Busy,
    Checksum,
    ChecksumMismatch,
    TakenOver,
    WrongOffset,
)
from party.permissions import EDITORS, open_to, signed_in

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,termination,checksum"
ALGORITHMS = ("sha1", "sha256", "sha512")
BYTES = "application/offset+octet-stream"
PIECE = 64 * 1024  # bytes held in memory at a time
MOST_METADATA = 4096  # characters
CHECKSUM_MISMATCH = 460  # the protocol's own
OVERRIDE = "X-HTTP-Method-Override"
STATUSES: dict[type[Refused], int] = {
    resumable_uploads.TooLarge: 413,
    resumable_uploads.TooManyUploads: 429,
    resumable_uploads.NoRoom: 507,
    resumable_uploads.BytesLost: 410,
}
NUMBER = re.compile(r"\d{1,18}", re.ASCII)
SHA256 = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)


class Answer(Exception):
    """A request that cannot be served: the status and the sentence to answer with."""

    def __init__(self, status: int, sentence: str = "") -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


# The sign-in page would be no answer to a program that sends pieces: these say 403 themselves.
@login_not_required
@open_to(EDITORS)
def uploads(request: HttpRequest) -> HttpResponse:
    """Say what this server can do (OPTIONS), or begin an upload (POST)."""
    return _answered(request, {"OPTIONS": _options, "POST": _begin})


@login_not_required
@open_to(EDITORS)
def upload(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say how much has arrived (HEAD), take more (PATCH), or forget the upload (DELETE)."""
    verbs = {"OPTIONS": _options, "HEAD": _state, "PATCH": _append, "DELETE": _cancel}
    return _answered(request, verbs, uuid)


def _answered(request: HttpRequest, verbs: dict[str, Any], *of: UUID) -> HttpResponse:
    try:
        response = _dispatch(request, verbs, *of)
    except Answer as answer:
        response = _said(answer.status, answer.sentence)
    except Http404:
        response = _said(404, _("There is no such upload."))
    response.headers["Tus-Resumable"] = VERSION
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _dispatch(request: HttpRequest, verbs: dict[str, Any], *of: UUID) -> HttpResponse:
    verb = request.method or ""
    if verb == "POST":
        verb = request.headers.get(OVERRIDE, verb).upper()
    if verb not in verbs:
        raise Answer(405, _("An upload cannot be used like this."))
    if verb != "OPTIONS":
        _refuse_version(request)
        _refuse_person(request)
    return verbs[verb](request, *of)


def _said(status: int, sentence: str = "") -> HttpResponse:
    reason = "Checksum Mismatch" if status == CHECKSUM_MISMATCH else HTTPStatus(status).phrase
    response = HttpResponse(
        sentence, status=status, reason=reason, content_type="text/plain; charset=utf-8"
    )
    if status == HTTPStatus.PRECONDITION_FAILED:
        response.headers["Tus-Version"] = VERSION
    return response


def _refuse_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Answer(412, _("This server speaks version 1.0.0 of the tus protocol."))


def _refuse_person(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        raise Answer(
            403,
            _(
                "You are signed out. What is uploaded is kept: sign in again in "
                "another tab, then carry on here."
            ),
        )
    if not can_upload(request.user):
        raise Answer(403, _("You may not upload films. Ask the person who runs the site."))


def _options(request: HttpRequest, uuid: UUID | None = None) -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Tus-Version"] = VERSION
    response.headers["Tus-Extension"] = EXTENSIONS
    response.headers["Tus-Max-Size"] = str(settings.MEDIA_MAX_BYTES)
    response.headers["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
    return response


def _begin(request: HttpRequest) -> HttpResponse:
    length = _number(request, "Upload-Length")
    metadata = _metadata(request)
    body = _body_length(request) if request.content_type == BYTES else 0
    if body > length:
        raise Answer(413, _too_much())
    checksum = _checksum(request)
    try:
        begun = resumable_uploads.begin_upload(
            name=metadata.get("filename", ""),
            length=length,
            sha256=_sha256(metadata.get("sha256", "")),
            by=signed_in(request),
            now=timezone.now(),
        )
    except Refused as refusal:
        raise Answer(STATUSES.get(type(refusal), 400), refusal.sentence) from refusal
    if body:
        _take(request, begun, offset=0, checksum=checksum)
    response = _progressed(begun, status=201)
    response.headers["Location"] = reverse("media_pipeline:upload", args=[begun.uuid])
    return response


def _state(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _found(request, uuid)
    resumable_uploads.note_arrived(found, now=timezone.now())
    response = _progressed(found, status=200)
    response.headers["Upload-Length"] = str(found.length)
    return response


def _append(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _found(request, uuid)
    if request.content_type != BYTES:
        raise Answer(415, _("Pieces of a film are sent as %(type)s.") % {"type": BYTES})
    offset = _number(request, "Upload-Offset")
    if offset + _body_length(request) > found.length:
        raise Answer(413, _too_much())
    _take(request, found, offset=offset, checksum=_checksum(request))
    return _progressed(found, status=204)


def _cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    resumable_uploads.cancel_upload(_found(request, uuid))
    return HttpResponse(status=204)


def _found(request: HttpRequest, uuid: UUID) -> Upload:
    """The person's own upload; 404 for everybody else, 410 for one that expired or was used."""
    found = Upload.objects.visible_to(request.user).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    if found.film_id or found.expires_at <= timezone.now():
        raise Answer(410, _("This upload is over. Choose the film again to begin anew."))
    return found


def _take(request: HttpRequest, upload: Upload, *, offset: int, checksum: Checksum | None) -> None:
    try:
        resumable_uploads.append(
            upload, _pieces(request), offset=offset, checksum=checksum, now=timezone.now()
        )
    except WrongOffset as error:
        raise Answer(409, _("The piece does not begin where the last one ended.")) from error
    except (Busy, TakenOver) as error:
        raise Answer(423, _("Another window is sending this film at the moment.")) from error
    except UnreadablePostError as error:
        raise Answer(400, _("The line broke. What had arrived is kept.")) from error
    except ChecksumMismatch as error:
        sentence = _("A piece was damaged on its way and was not kept; it has to be sent again.")
        raise Answer(CHECKSUM_MISMATCH, sentence) from error
    except Refused as refusal:
        raise Answer(STATUSES.get(type(refusal), 400), refusal.sentence) from refusal


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    while piece := request.read(PIECE):
        yield piece


def _progressed(upload: Upload, *, status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    response.headers["Upload-Offset"] = str(upload.offset)
    response.headers["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not NUMBER.fullmatch(text):
        raise Answer(400, _("The header %(name)s has to be a number.") % {"name": header})
    return int(text)


def _body_length(request: HttpRequest) -> int:
    """The body's length in bytes, which has to be said beforehand: the server stops there."""
    text = request.META.get("CONTENT_LENGTH") or ""
    if not NUMBER.fullmatch(text):
        raise Answer(411, _("The length of each piece has to be said beforehand."))
    return int(text)


def _checksum(request: HttpRequest) -> Checksum | None:
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _space, digest = header.partition(" ")
    try:
        wanted = base64.b64decode(digest, validate=True)
    except ValueError:  # no base64, or not even ASCII
        wanted = b""
    if algorithm not in ALGORITHMS or len(wanted) != hashlib.new(algorithm).digest_size:
        raise Answer(400, _("The checksum cannot be read: SHA-1, SHA-256 or SHA-512 in base64."))
    return Checksum(hashlib.new(algorithm), wanted)


def _metadata(request: HttpRequest) -> dict[str, str]:
    """What the sender says of the file: pairs of a key and a value in base64."""
    header = request.headers.get("Upload-Metadata", "")
    if len(header) > MOST_METADATA:
        raise Answer(400, _("The description of the file is too long."))
    metadata = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _space, value = pair.partition(" ")
        try:
            metadata[key] = base64.b64decode(value, validate=True).decode()
        except ValueError as error:  # of either decoding
            raise Answer(400, _("The description of the file cannot be read.")) from error
    return metadata


def _sha256(text: str) -> str:
    if text and not SHA256.fullmatch(text):
        raise Answer(400, _("The film’s SHA-256 has to be 64 hexadecimal digits."))
    return text


def _too_much() -> str:
    return _("More was sent than was announced. What had arrived before is kept.")
