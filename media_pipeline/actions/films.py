"""Brings a film in, and takes it away."""

import datetime
import hashlib
from collections.abc import Iterable

from django.core.files import File
from django.db import models, router, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from media_pipeline.actions.files import remove_on_commit
from media_pipeline.actions.queue import enqueue_next
from media_pipeline.actions.resumable_uploads import (
    cancel_upload,
    note_arrived,
    part_of,
    save_upload,
    settle_original,
)
from media_pipeline.models import Film, Glossary, Job, Upload
from media_pipeline.models.films import original_path
from party.models import Member


class AlreadyAFilm(Refused):
    """The upload has become a film before, for instance by a form that was sent twice."""

    def __init__(self, film: Film) -> None:
        super().__init__(_("This upload is a film already: “%(film)s”.") % {"film": film})
        self.film = film


def receive_film(
    *,
    title: str,
    upload: File | Upload,
    language: str,
    script: str = "",
    captions: str = "",
    glossary: str = "",
    glossaries: Iterable[Glossary] = (),
    by: Member,
    now: datetime.datetime,
    queue: bool = True,
) -> Film:
    """Make a film of a finished upload or a file, with the work it needs; queue the first step.

    `script` asks for alignment instead of recognition, `captions` (WebVTT) for neither; `glossary`
    has one name or term a line, `glossaries` are those chosen. Without `queue` nothing is put in
    the queue: call `run_all_steps` then. Raises Refused for an empty or too large file, of which
    nothing is kept, and for an upload that has not arrived; AlreadyAFilm for one used before.

    The bytes are moved after the commit, and again by the first step: see `settle_original`.
    """
    arrived = upload if isinstance(upload, Upload) else save_upload(upload, by=by, now=now)
    film = Film(
        title=title.strip(),
        language=language,
        script=script.strip(),
        captions_given=captions,
        glossary=glossary.strip(),
        original_name=arrived.name,
        sha256=arrived.sha256 or (_checksum(upload) if isinstance(upload, File) else ""),
        bytes=arrived.length,
        uploaded_by=by,
        created_at=now,
    )
    film.original.name = original_path(film, arrived.name)
    try:
        with transaction.atomic():
            _claim(arrived, now=now)
            _write_down(film, glossaries, arrived, by=by)
            transaction.on_commit(lambda: settle_original(film), robust=True)
            if queue:
                enqueue_next(film)
    except BaseException:
        if arrived is not upload:
            cancel_upload(arrived)
        raise
    return film


def delete_film(film: Film, *, by: Member) -> None:
    """Delete a film, what was made of it and its work; the files go once that is committed.

    Raises ProtectedError, and changes nothing, while something still shows the film.
    """
    with transaction.atomic():
        log(
            film,
            "media_pipeline.delete",
            user=by,
            title=film.title,
            data={"file": film.original_name, "sha256": film.sha256},
            deleted=True,
        )
        remove_on_commit(film)
        film.delete()


def uses_of(film: Film) -> list[models.Model]:
    """The things that would break without this film; deleting is refused while there are any."""
    collector = Collector(using=router.db_for_write(Film), origin=film)
    try:
        collector.collect([film])
    except ProtectedError as error:
        return list(error.protected_objects)
    except RestrictedError as error:
        return list(error.restricted_objects)
    return []


def steps_for(film: Film) -> list[Job.Step]:
    """The steps a film goes through, in order."""
    step = Job.Step
    if film.captions_given:
        captions = [step.IMPORT]
    elif film.script:
        captions = [step.ALIGNMENT, step.CAPTIONS]
    else:
        captions = [step.TRANSCRIPTION, step.CAPTIONS]
    look = [step.PROBE, step.FIRST_VERSION, step.POSTER]
    return [*look, *captions, step.RENDITIONS, step.STORYBOARD, step.INDEX]


def _claim(arrived: Upload, *, now: datetime.datetime) -> None:
    """Refuse an upload that is not whole, or is a film already; hold its row until the commit."""
    fresh = Upload.objects.select_for_update(of=("self",)).select_related("film")
    row = fresh.filter(pk=arrived.pk).first()
    if row is None:
        raise Refused(_("This upload is not kept any more. Choose the film again."))
    if row.film:
        raise AlreadyAFilm(row.film)
    if not part_of(row).path.exists():
        raise Refused(_("This upload was lost. Choose the film again."))
    if note_arrived(row, now=now) != row.length:
        raise Refused(_("The upload has not finished. Choose the same file to carry on."))


def _write_down(film: Film, glossaries: Iterable[Glossary], arrived: Upload, *, by: Member) -> None:
    film.save()
    film.glossaries.set(glossaries)
    Upload.objects.filter(pk=arrived.pk).update(film=film)
    Job.objects.bulk_create(
        Job(film=film, step=step, position=position, created_at=film.created_at)
        for position, step in enumerate(steps_for(film), start=1)
    )
    log(
        film,
        "media_pipeline.upload",
        user=by,
        data={"file": film.original_name, "sha256": film.sha256},
    )


def _checksum(upload: File) -> str:
    upload.seek(0)
    checksum = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    return checksum
