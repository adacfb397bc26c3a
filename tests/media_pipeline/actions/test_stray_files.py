"""Files that nothing names any more are found and removed, and no other file is."""

import datetime
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from media_pipeline.actions import stray_files
from media_pipeline.actions.step_runner import run_all_steps
from media_pipeline.models import Job
from tests.factories.media_pipeline import ClipFactory, JobFactory, ReadyFilmFactory
from tests.media_pipeline.conftest import stored

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AFTER = datetime.timedelta(hours=2)


@pytest.fixture(autouse=True)
def small_engine(settings):
    settings.MEDIA_ENGINE = "pocketsphinx"


def litter(path: Path, content: bytes = b"half a film") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    old = (timezone.now() - LONG_AFTER).timestamp()
    os.utime(path, (old, old))
    return path


def test_of_a_prepared_film_with_a_clip_nothing_is_stray(upload, film_file, settings):
    film = run_all_steps(upload(film_file, queue=False))
    ClipFactory(film=film, file="films/clip.mp4")
    litter(settings.MEDIA_ROOT / "films" / "clip.mp4")
    before = stored(settings.MEDIA_ROOT)
    assert stray_files.remove_stray_files(timezone.now() + LONG_AFTER) == []
    assert stored(settings.MEDIA_ROOT) == before


def test_files_that_no_row_names_go_and_their_empty_folders(settings):
    kept = ReadyFilmFactory()
    gone = "0" * 32
    strays = [
        litter(settings.MEDIA_ROOT / "films" / gone / "720p.mp4"),
        litter(settings.MEDIA_ROOT / "films" / gone / "clips" / "one.mp4"),
        litter(settings.MEDIA_ROOT / kept.folder / "1080p.mp4"),
        litter(settings.MEDIA_ROOT / "originals" / "old.mp4"),
    ]
    beside = litter(settings.MEDIA_ROOT / "images" / "badge.png")
    removed = stray_files.remove_stray_files(timezone.now())
    names = {str(path.relative_to(settings.MEDIA_ROOT)) for path in strays}
    assert {stray.name for stray in removed} == names
    assert not any(path.exists() for path in strays)
    assert not (settings.MEDIA_ROOT / "films" / gone).exists()
    assert beside.exists()
    assert kept.original.storage.exists(kept.original.name)


def test_a_file_that_has_just_come_in_may_belong_to_a_row_not_committed_yet(settings):
    young = litter(settings.MEDIA_ROOT / "originals" / "new.mp4")
    os.utime(young)
    assert stray_files.find_stray_files(timezone.now()) == []


def test_files_of_a_film_that_is_being_worked_on_are_left_alone(settings):
    job = JobFactory(status=Job.Status.RUNNING)
    litter(settings.MEDIA_ROOT / job.film.folder / "1080p.mp4")
    assert stray_files.find_stray_files(timezone.now()) == []
    Job.objects.update(status=Job.Status.DONE)
    assert len(stray_files.find_stray_files(timezone.now())) == 1


def test_a_work_folder_stays_while_its_lease_is_held(settings):
    job = JobFactory(status=Job.Status.RUNNING, lease="12345678123456781234567812345678")
    name = f"{job.film.storage_key.hex}.{job.step}.{job.pk}"
    held = litter(settings.MEDIA_WORK_DIR / f"{name}.{job.lease}" / "sound.wav")
    left = litter(settings.MEDIA_WORK_DIR / f"{name}.{'0' * 32}" / "sound.wav")
    other = litter(settings.MEDIA_WORK_DIR / "something else" / "notes.txt")
    (found,) = stray_files.remove_stray_files(timezone.now())
    assert (found.name, found.bytes) == (str(left.parent), 11)
    assert (held.exists(), left.exists(), other.exists()) == (True, False, True)


def test_the_command_lists_what_is_stray_and_removes_it_when_told_to(settings):
    stray = litter(settings.MEDIA_ROOT / "originals" / "old.mp4")
    said = StringIO()
    call_command("media_files", stdout=said)
    assert said.getvalue() == (
        "originals/old.mp4  11\xa0bytes\nStray files found: 1 (11\xa0bytes).\n"
    )
    assert stray.exists()
    said = StringIO()
    call_command("media_files", "--remove", stdout=said)
    assert said.getvalue().endswith("Stray files removed: 1 (11\xa0bytes).\n")
    assert not stray.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_strays_costs_the_same_however_many_films_there_are(
    count, settings, django_assert_num_queries
):
    for _ in range(count):
        ReadyFilmFactory()
    stray_files.find_stray_files(timezone.now())
    with django_assert_num_queries(9):
        stray_files.find_stray_files(timezone.now())
