"""Brings a film in, and takes it away."""

import datetime
import hashlib
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import models, router, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from media_pipeline.actions.files import remove_on_commit
from media_pipeline.actions.queueing import enqueue_next
from media_pipeline.models import Job, Recording
from media_pipeline.steps.refusals import Refused


def receive_recording(
    *,
    title: str,
    upload: File,
    language: str,
    script: str = "",
    glossary: str = "",
    by: Any,
    now: datetime.datetime,
    queue: bool = True,
) -> Recording:
    """Keep an uploaded film, write down the work it needs and put the first step in the queue.

    The file is read and written in pieces. `script` asks for alignment instead of recognition;
    `glossary` has one name or term a line. Without `queue` nothing is put in the queue: call
    `run_all_steps` then. Raises Refused if the file is empty or too large; nothing is kept then.
    """
    _refuse_by_size(upload)
    recording = Recording(
        title=title.strip(),
        language=language,
        script=script.strip(),
        glossary=glossary.strip(),
        original_name=PurePath(upload.name or "").name[:255],
        sha256=_checksum(upload),
        bytes=upload.size,
        uploaded_by=by,
        created_at=now,
    )
    recording.original.save(upload.name or "", upload, save=False)
    try:
        with transaction.atomic():
            _write_down(recording, by=by, queue=queue)
    except BaseException:
        recording.original.delete(save=False)
        raise
    return recording


def delete_recording(recording: Recording, *, by: Any) -> None:
    """Delete a film, what was made of it and its work; the files go once that is committed.

    Raises ProtectedError, and changes nothing, while something still shows the film.
    """
    with transaction.atomic():
        log(
            recording,
            "media_pipeline.delete",
            user=by,
            title=recording.title,
            data={"file": recording.original_name, "sha256": recording.sha256},
            deleted=True,
        )
        remove_on_commit(recording)
        recording.delete()


def uses_of(recording: Recording) -> list[models.Model]:
    """The things that would break without this film; deleting is refused while there are any."""
    collector = Collector(using=router.db_for_write(Recording), origin=recording)
    try:
        collector.collect([recording])
    except ProtectedError as error:
        return list(error.protected_objects)
    except RestrictedError as error:
        return list(error.restricted_objects)
    return []


def steps_for(recording: Recording) -> list[Job.Step]:
    """The steps a film goes through, in order."""
    step = Job.Step
    speech = step.ALIGNMENT if recording.script else step.TRANSCRIPTION
    return [step.PROBE, step.RENDITIONS, step.POSTER, speech, step.CAPTIONS, step.INDEX]


def _write_down(recording: Recording, *, by: Any, queue: bool) -> None:
    recording.save()
    Job.objects.bulk_create(
        Job(recording=recording, step=step, position=position, created_at=recording.created_at)
        for position, step in enumerate(steps_for(recording), start=1)
    )
    log(
        recording,
        "media_pipeline.upload",
        user=by,
        data={"file": recording.original_name, "sha256": recording.sha256},
    )
    if queue:
        enqueue_next(recording)


def _refuse_by_size(upload: File) -> None:
    if not upload.size:
        raise Refused(_("The file is empty. Choose the film again, then upload it."))
    if upload.size > settings.MEDIA_MAX_BYTES:
        raise Refused(
            _(
                "The file is %(size)s; the most this site takes is %(most)s. "
                "Nothing was kept. Export the film at a lower quality, then upload it."
            )
            % {
                "size": filesizeformat(upload.size),
                "most": filesizeformat(settings.MEDIA_MAX_BYTES),
            }
        )


def _checksum(upload: File) -> str:
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    upload.seek(0)
    return digest.hexdigest()
