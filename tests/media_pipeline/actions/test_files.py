"""A film's files come and go with their rows, whatever the storage is."""

from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from media_pipeline.actions import files
from media_pipeline.models import Film, Job
from media_pipeline.steps import ffmpeg
from tests.factories.media_pipeline import JobFactory, ReadyFilmFactory
from tests.media_pipeline.conftest import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(tmp_path) -> Path:
    path = tmp_path / "made.mp4"
    path.write_bytes(b"new")
    return path


def test_a_finished_file_takes_the_place_of_an_older_one_and_leaves_nothing(made, settings):
    default_storage.save("films/x/360p.mp4", ContentFile(b"older"))
    assert files.put_in_place(made, "films/x/360p.mp4") == "films/x/360p.mp4"
    assert default_storage.open("films/x/360p.mp4").read() == b"new"
    assert stored(settings.MEDIA_ROOT) == ["films/x/360p.mp4"]
    assert not made.exists()


def test_from_another_disk_a_file_appears_at_once_and_whole(made, settings, monkeypatch):
    """Copying takes time; until it is done, the older file is the one to be had."""
    default_storage.save("films/x/360p.mp4", ContentFile(b"older"))
    seen = []

    def copy(source: Path, target: Path) -> None:
        seen.append(default_storage.open("films/x/360p.mp4").read())
        target.write_bytes(source.read_bytes())

    root = str(settings.MEDIA_ROOT)
    monkeypatch.setattr(files, "_disk", lambda path: str(path).startswith(root))
    monkeypatch.setattr(files.shutil, "copyfile", copy)
    files.put_in_place(made, "films/x/360p.mp4")
    assert seen == [b"older"]
    assert default_storage.open("films/x/360p.mp4").read() == b"new"
    assert stored(settings.MEDIA_ROOT) == ["films/x/360p.mp4"]


def test_a_film_on_this_machine_is_read_where_it_lies(tmp_path):
    film = ReadyFilmFactory()
    assert files.original_of(film, tmp_path) == Path(film.original.path)


def test_a_workshop_is_empty_and_gone_afterwards(settings):
    job = JobFactory()
    litter = settings.MEDIA_WORK_DIR / f"{job.film.storage_key.hex}.{job.step}.{job.pk}.old"
    litter.mkdir(parents=True)
    (litter / "half.mp4").write_bytes(b"half")
    with files.workshop(job) as folder:
        assert list(folder.iterdir()) == []
        assert not litter.exists()
        (folder / "part.mp4").write_bytes(b"part")
        assert settings.MEDIA_ROOT not in folder.parents
    assert list(settings.MEDIA_WORK_DIR.iterdir()) == []


def test_an_attempt_that_lost_its_job_leaves_the_next_ones_workshop_alone():
    job = JobFactory(lease=UUID(int=1))
    later = Job.objects.get(pk=job.pk)
    later.lease = UUID(int=2)
    lost = files.workshop(job)
    lost.__enter__()
    with files.workshop(later) as folder:
        (folder / "part.mp4").write_bytes(b"part")
        lost.__exit__(None, None, None)  # the one that was given up for lost comes to its end
        assert (folder / "part.mp4").read_bytes() == b"part"


def test_files_go_once_the_row_is_gone_for_good(settings, django_capture_on_commit_callbacks):
    film = ReadyFilmFactory()
    for name in ("360p.mp4", "clips/1.mp4"):
        default_storage.save(f"{film.folder}/{name}", ContentFile(b"film"))
    before = stored(settings.MEDIA_ROOT)
    with django_capture_on_commit_callbacks(execute=True) as waiting:
        files.remove_on_commit(film)
        film.poster.delete(save=False)
        assert film.original.name in before
        assert film.original.name in stored(settings.MEDIA_ROOT)
    assert len(waiting) == 1
    assert stored(settings.MEDIA_ROOT) == []
    assert not Path(default_storage.path(film.folder)).exists()


def test_files_stay_where_the_row_stays(settings):
    film = ReadyFilmFactory()

    def remove_and_break_down() -> None:
        with transaction.atomic():
            files.remove_on_commit(film)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        remove_and_break_down()
    assert film.original.name in stored(settings.MEDIA_ROOT)


def test_a_film_without_files_goes_and_takes_no_file_of_another_film(
    django_capture_on_commit_callbacks, settings
):
    ReadyFilmFactory()
    film = ReadyFilmFactory(original="", poster="")
    before = stored(settings.MEDIA_ROOT)
    with django_capture_on_commit_callbacks(execute=True):
        files.remove_on_commit(Film.objects.get(pk=film.pk))
    assert stored(settings.MEDIA_ROOT) == before


def test_replacing_leaves_the_older_file_where_the_work_fails(tmp_path):
    target = tmp_path / "film.mp4"
    target.write_bytes(b"older")

    def write_half() -> None:
        with ffmpeg.replacing(target) as part:
            part.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]
