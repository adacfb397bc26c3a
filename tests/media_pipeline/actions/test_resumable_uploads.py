"""What arrives is kept, moved and forgotten so that a process killed anywhere loses nothing."""

import datetime
import hashlib
import os
import shutil
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils import timezone

from ground.refusals import Refused
from media_pipeline.actions.films import AlreadyAFilm, receive_film
from media_pipeline.actions.resumable_uploads import (
    NoRoom,
    append,
    begin_upload,
    cancel_upload,
    forget_expired_uploads,
    part_of,
    save_upload,
    settle_original,
)
from media_pipeline.actions.step_runner import run_step
from media_pipeline.actions.stray_files import find_stray_files
from media_pipeline.models import Film, Job, Upload
from tests.media_pipeline.conftest import stored

NOW = timezone.make_aware(datetime.datetime(2026, 11, 21, 12))


@pytest.fixture
def arrived(editor, film_file):
    """A film that has arrived whole and is no film yet."""

    def bring(**fields):
        content = film_file.read_bytes()
        length = len(content)
        upload = begin_upload(name="film.mp4", length=length, by=editor, now=NOW, **fields)
        append(upload, [content], offset=0, now=NOW)
        return upload

    return bring


def receive(upload, editor, **fields):
    return receive_film(
        upload=upload, by=editor, now=NOW, queue=False,
        **{"title": "A film", "language": "en", **fields},
    )  # fmt: skip


def probe_film(film) -> Film:
    """Have a worker do the film's first step, and fetch the film afresh."""
    run_step(film.jobs.get(step=Job.Step.PROBE).pk, retry=False)
    return Film.objects.get(pk=film.pk)


def waiting(settings) -> list[str]:
    return sorted(path.name for path in settings.MEDIA_UPLOAD_DIR.glob("*.part"))


def test_an_arrived_film_is_moved_after_the_commit(
    arrived, editor, film_file, settings, django_capture_on_commit_callbacks
):
    upload = arrived()
    inode = part_of(upload).path.stat().st_ino
    with django_capture_on_commit_callbacks(execute=True):
        film = receive(upload, editor)
        assert len(waiting(settings)) == 1
    assert film.original.read() == film_file.read_bytes()
    assert Path(film.original.path).stat().st_ino == inode  # moved, not copied
    assert list(settings.MEDIA_UPLOAD_DIR.iterdir()) == []
    assert (film.bytes, film.original_name) == (film_file.stat().st_size, "film.mp4")


def test_a_server_killed_after_the_commit_leaves_a_film_that_the_worker_finishes(
    arrived, editor, film_file, settings
):
    film = receive(arrived(), editor)  # what waits for the commit never happens here
    assert stored(settings.MEDIA_ROOT) == []
    probe_film(film)
    film.refresh_from_db()
    assert film.jobs.get(step=Job.Step.PROBE).status == Job.Status.DONE
    assert film.original.read() == film_file.read_bytes()
    assert film.sha256 == hashlib.sha256(film_file.read_bytes()).hexdigest()
    settle_original(film)  # a second time does no harm
    film = Film.objects.get()
    assert film.original.read() == film_file.read_bytes()


def test_a_server_killed_before_the_commit_leaves_the_upload_to_be_used(
    arrived, editor, film_file, settings
):
    upload = arrived()
    with pytest.raises(TypeError):
        receive(upload, editor, title="A film", glossaries=object())
    assert not Film.objects.exists()
    assert stored(settings.MEDIA_ROOT) == []
    assert len(waiting(settings)) == 1
    assert receive(upload, editor).title == "A film"


def test_a_film_announced_with_another_checksum_is_refused_by_the_worker(
    arrived, editor, film_file, settings, django_capture_on_commit_callbacks
):
    good = hashlib.sha256(film_file.read_bytes()).hexdigest()
    with django_capture_on_commit_callbacks(execute=True):
        wrong = probe_film(receive(arrived(sha256="0" * 64), editor))
    assert (wrong.state, wrong.sha256) == (Film.State.REFUSED, "0" * 64)
    assert wrong.refusal.startswith("The file was damaged on its way")
    assert stored(settings.MEDIA_ROOT) == []
    assert list(settings.MEDIA_UPLOAD_DIR.iterdir()) == []
    right = receive(arrived(sha256=good.upper()), editor)
    probe_film(right)
    assert right.jobs.get(step=Job.Step.PROBE).status == Job.Status.DONE


def test_an_upload_becomes_one_film_only(arrived, editor):
    upload = arrived()
    film = receive(upload, editor)
    with pytest.raises(AlreadyAFilm) as before:
        receive(upload, editor)
    assert before.value.film == film
    assert Film.objects.count() == 1


def test_half_a_film_is_no_film(editor):
    upload = begin_upload(name="film.mp4", length=10, by=editor, now=NOW)
    append(upload, [b"half"], offset=0, now=NOW)
    with pytest.raises(Refused, match="has not finished"):
        receive(upload, editor)
    assert append(upload, [b"other "], offset=4, now=NOW) == 10


def test_a_file_from_a_form_is_given_a_second_name_not_copied(editor, settings):
    sent = TemporaryUploadedFile("film.mp4", "video/mp4", 4, None)
    sent.write(b"film")
    sent.seek(0)
    inode = Path(sent.temporary_file_path()).stat().st_ino
    upload = save_upload(sent, by=editor, now=NOW)
    sent.close()
    assert upload.is_complete
    assert part_of(upload).path.read_bytes() == b"film"
    assert part_of(upload).path.stat().st_ino == inode


def test_a_plain_file_that_becomes_no_film_leaves_nothing(editor, settings):
    with pytest.raises(TypeError):
        receive(ContentFile(b"film", name="film.mp4"), editor, glossaries=object())
    assert not Upload.objects.exists()
    assert waiting(settings) == []


def test_what_nobody_went_on_with_is_forgotten_with_its_bytes(editor, settings, arrived):
    settings.MEDIA_UPLOAD_DAYS = 7
    old = begin_upload(name="old.mp4", length=10, by=editor, now=NOW)
    young = begin_upload(name="young.mp4", length=10, by=editor, now=NOW)
    append(young, [b"x"], offset=0, now=NOW + datetime.timedelta(days=6))
    assert forget_expired_uploads(NOW + datetime.timedelta(days=7)) == 1
    assert list(Upload.objects.all()) == [young]
    assert waiting(settings) == [f"{young.uuid.hex}.part"]
    assert not part_of(old).path.exists()


def test_forgetting_first_moves_what_a_killed_server_left_to_be_moved(
    arrived, editor, film_file, settings
):
    film = receive(arrived(), editor)
    forget_expired_uploads(NOW + datetime.timedelta(days=30))
    assert film.original.read() == film_file.read_bytes()
    assert not Upload.objects.exists()
    assert Film.objects.get() == film


def test_stray_files_in_the_upload_folder_go_after_two_days_and_nothing_else(editor, settings):
    upload = begin_upload(name="film.mp4", length=10, by=editor, now=NOW)
    folder = settings.MEDIA_UPLOAD_DIR
    strays = [folder / f"{'a' * 32}.part", folder / f"{'b' * 32}.hold", folder / "tmp1.upload.mp4"]
    others = [folder / "README", folder / "film.part"]
    old = (NOW - datetime.timedelta(days=3)).timestamp()
    for path in [*strays, *others, part_of(upload).path]:
        path.touch()
        os.utime(path, (old, old))
    forget_expired_uploads(NOW)
    left = {path.name for path in folder.iterdir()}
    assert left == {"README", "film.part", part_of(upload).path.name}


def test_an_original_that_no_row_names_is_found_as_a_stray(arrived, editor, settings):
    film = receive(arrived(), editor)
    settle_original(film)
    later = NOW + datetime.timedelta(days=365)
    assert find_stray_files(later) == []
    Film.objects.all().delete()
    assert [stray.name for stray in find_stray_files(later)] == [film.original.name]


def test_cancelling_never_takes_a_film_away(arrived, editor, film_file):
    upload = arrived()
    film = receive(upload, editor)
    cancel_upload(upload)
    settle_original(film)
    assert film.original.read() == film_file.read_bytes()


def test_what_others_have_announced_counts_as_taken(editor, settings):

    settings.MEDIA_MAX_BYTES = 10**12
    free = shutil.disk_usage(settings.MEDIA_UPLOAD_DIR.parent).free
    begin_upload(name="one.mp4", length=free // 2, by=editor, now=NOW)
    with pytest.raises(NoRoom):
        begin_upload(name="two.mp4", length=free // 2, by=editor, now=NOW)
    assert Upload.objects.count() == 1


def test_an_upload_whose_bytes_an_operator_removed_makes_no_film(arrived, editor):
    upload = arrived()
    part_of(upload).path.unlink()
    with pytest.raises(Refused, match="lost"):
        receive(upload, editor)
    assert not Film.objects.exists()
