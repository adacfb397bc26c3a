"""Takes films in over lines that break: begun, gone on with, finished, forgotten.

The bytes lie in the upload folder (`MEDIA_UPLOAD_DIR`) in a `PartFile` named for the upload's row;
their number there is the truth, and the row's `offset` follows it.
"""

import datetime
import errno
import os
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePath
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ground.refusals import Refused
from media_pipeline.actions.files import put_in_place
from media_pipeline.models import Film, Upload
from media_pipeline.steps.ffmpeg import KEPT_FREE
from media_pipeline.steps.part_file import Checksum, PartFile
from party.models import Member

STRAY_AFTER = datetime.timedelta(days=2)  # a file in the upload folder that no row knows
NAME_LENGTH = 255


class TooLarge(Refused):
    """The film is larger than this site takes, or its sender sent more than was announced."""


class TooManyUploads(Refused):
    """The person has as many unfinished uploads as one may have."""


class NoRoom(Refused):
    """The server's disk has no room for the film."""


class BytesLost(Refused):
    """The row is there and the bytes are not: the upload has to be begun again."""


def begin_upload(
    *, name: str, length: int, sha256: str = "", by: Member, now: datetime.datetime
) -> Upload:
    """Write an upload of `length` bytes down and make its empty file.

    `sha256` (64 hexadecimal digits, may be empty) is what the whole file must come to. Raises
    TooLarge, TooManyUploads, NoRoom or, for an empty file, Refused; nothing is kept then.
    """
    refuse_by_size(length)
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=by.pk)  # one at a time of a person
        _refuse_by_number(Upload.objects.open(now).filter(uploaded_by=by).count())
        _refuse_without_room(length)
        upload = Upload.objects.create(
            uploaded_by=by,
            name=plain_name(name),
            length=length,
            sha256=sha256.lower(),
            created_at=now,
            expires_at=_kept_until(now),
        )
    part_of(upload).create()
    return upload


def append(
    upload: Upload,
    pieces: Iterable[bytes],
    *,
    offset: int,
    checksum: Checksum | None = None,
    now: datetime.datetime,
) -> int:
    """Add bytes to an upload, from `offset` on; return how many have arrived in all.

    Raises what `PartFile.append` raises; BytesLost where the file is gone, and NoRoom where the
    disk is full, with what had arrived until then kept.
    """
    part = part_of(upload)
    if not upload.offset:
        part.create()  # the server may have been killed between the row and its file
    try:
        part.append(pieces, offset=offset, most=upload.length, checksum=checksum)
    except FileNotFoundError as error:
        raise BytesLost(_("This upload was lost. Choose the film again.")) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise _no_room() from error
        raise
    finally:
        arrived = note_arrived(upload, now=now)
    return arrived


def note_arrived(upload: Upload, *, now: datetime.datetime) -> int:
    """Let the row say what lies on the disk (bytes), and keep the upload from now on anew."""
    try:
        arrived = part_of(upload).arrived()
    except FileNotFoundError:
        return upload.offset
    if arrived != upload.offset:
        upload.offset, upload.expires_at = arrived, _kept_until(now)
        Upload.objects.filter(pk=upload.pk).update(offset=arrived, expires_at=upload.expires_at)
    return arrived


def save_upload(file: File, *, by: Member, now: datetime.datetime) -> Upload:
    """Make an upload, complete at once, of a file that a plain form sent or that lies here.

    A file that already lies on the upload folder's disk is not copied. Raises what `begin_upload`
    raises.
    """
    upload = begin_upload(name=file.name or "", length=file.size or 0, by=by, now=now)
    try:
        _put(file, part_of(upload).path)
        note_arrived(upload, now=now)
    except BaseException:
        cancel_upload(upload)
        raise
    return upload


def cancel_upload(upload: Upload) -> None:
    """Forget an upload and its bytes; one that has become a film meanwhile stays."""
    gone, _rows = Upload.objects.unused().filter(pk=upload.pk).delete()
    if gone:
        part_of(upload).remove()


def settle_original(film: Film) -> None:
    """Move an arrived film to where its row says it lies. Doing it again does no harm.

    This comes after the commit that makes the film, so that a process killed in between loses
    nothing: the film's first step calls it too.
    """
    upload = Upload.objects.filter(film=film).first()
    if upload is None or not film.original:
        return
    part = part_of(upload)
    if part.path.exists():
        put_in_place(part.path, film.original.name or "")
    part.remove()


def forget_expired_uploads(now: datetime.datetime) -> int:
    """Remove the uploads that nobody went on with in time, and stray files; return how many rows.

    What a killed process left to be moved to its film is moved first.
    """
    count = 0
    for upload in Upload.objects.expired(now).select_related("film"):
        if upload.film:
            settle_original(upload.film)
            upload.delete()
        else:
            cancel_upload(upload)
        count += 1
    _remove_strays(now)
    return count


def part_of(upload: Upload) -> PartFile:
    """Where an upload's bytes lie while it arrives."""
    return PartFile(Path(settings.MEDIA_UPLOAD_DIR) / f"{upload.uuid.hex}.part")


def plain_name(name: str) -> str:
    """The file's own name, without folders and without what cannot be shown."""
    own = PurePath(name.replace("\\", "/")).name
    return "".join(letter for letter in own if letter.isprintable())[:NAME_LENGTH]


def refuse_by_size(length: int) -> None:
    """Raise Refused for an empty film, TooLarge for one larger than this site takes (bytes)."""
    if not length:
        raise Refused(_("The file is empty. Choose the film again, then upload it."))
    if length > settings.MEDIA_MAX_BYTES:
        raise TooLarge(
            _(
                "The file is %(size)s; the most this site takes is %(most)s. "
                "Nothing was kept. Export the film at a lower quality, then upload it."
            )
            % {
                "size": filesizeformat(length),
                "most": filesizeformat(settings.MEDIA_MAX_BYTES),
            }
        )


def _refuse_by_number(count: int) -> None:
    if count >= settings.MEDIA_MAX_OPEN_UPLOADS:
        raise TooManyUploads(
            _(
                "You have %(count)s unfinished uploads, and that is the most one person may have. "
                "Nothing was sent. Finish or remove one of them on the page “Upload a film”."
            )
            % {"count": count}
        )


def _refuse_without_room(length: int) -> None:
    """Count what the open uploads of everybody still have to bring as taken."""
    folder = Path(settings.MEDIA_UPLOAD_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    promised = sum(
        whole - offset for whole, offset in Upload.objects.unused().values_list("length", "offset")
    )
    if shutil.disk_usage(folder).free < length + promised + KEPT_FREE:
        raise _no_room()


def _no_room() -> NoRoom:
    return NoRoom(
        _(
            "The server is full, so the upload stopped. What is uploaded is kept. Tell the person"
            " who runs the site, then carry on."
        )
    )


def _kept_until(now: datetime.datetime) -> datetime.datetime:
    return now + datetime.timedelta(days=settings.MEDIA_UPLOAD_DAYS)


def _put(file: File, target: Path) -> None:
    """Bring a file to `target`: by a second name where the disk allows it, else by copying."""
    source = getattr(file, "temporary_file_path", None)
    if source is not None:
        file.seek(0)  # writes out what is still buffered
        beside = target.with_suffix(".link")
        try:
            os.link(source(), beside)
        except OSError:
            pass  # another disk
        else:
            beside.replace(target)
            return
    with target.open("wb") as copy:
        for piece in file.chunks():
            copy.write(piece)


def _remove_strays(now: datetime.datetime) -> None:
    """Remove files that no row knows: Django's own of a killed request, holds, half-made links."""
    folder = Path(settings.MEDIA_UPLOAD_DIR)
    known = {uuid.hex for uuid in Upload.objects.values_list("uuid", flat=True)}
    before = (now - STRAY_AFTER).timestamp()
    for path in folder.glob("*"):
        if path.stem in known or not _is_ours(path):
            continue
        try:
            if path.stat().st_mtime < before:
                path.unlink()
        except FileNotFoundError:
            continue


def _is_ours(path: Path) -> bool:
    if path.suffix in {".part", ".hold", ".link"}:
        try:
            UUID(hex=path.stem)
        except ValueError:
            return False
        return True
    return path.name.startswith("tmp") and ".upload" in path.name
