"""Clips: asked for within limits, made by a worker, shown to their maker alone, and forgotten."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from media_pipeline.actions.clips import delete_clip, forget_old_clips
from media_pipeline.actions.films import delete_film
from media_pipeline.models import Clip, Job
from tests.factories.media_pipeline import (
    FilmFactory,
    watchable,
)
from tests.media_pipeline.actions.conftest import IMPRINT, holder, request
from tests.media_pipeline.conftest import stored

pytestmark = pytest.mark.any_database


def test_asking_for_a_clip_writes_it_down_with_its_job_and_puts_it_in_the_queue(
    db, django_capture_on_commit_callbacks
):
    film, officer = watchable(), holder()
    with django_capture_on_commit_callbacks(execute=True):
        clip = request(film, officer, title="  Why we \n keep a record ")
    assert (clip.title, clip.made_by, clip.file.name) == ("Why we keep a record", officer, "")
    assert (clip.job.step, clip.job.status, clip.job.position) == ("clip", "waiting", 100)
    assert clip.job.film == film
    clip.job.refresh_from_db()
    assert clip.job.task_id
    entry = ModelLogEntry.objects.get(action="media_pipeline.clip")
    assert entry.user == officer
    assert entry.data["imprint"] == IMPRINT


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"start": 4.0, "end": 4.2}, "lasts at least 2 s"),
        ({"end": 59.0}, "the most a clip may last is 5 s"),
        ({"start": 5.0, "end": 3.0}, "last line comes before its first"),
        ({"start": 70.0, "end": 75.0}, "lies beyond the film"),
        ({"title": " "}, "Enter a title"),
        ({"title": "\u200b"}, "Enter a title"),
        ({"imprint": " "}, "Enter the imprint"),
        ({"title": "Well done 🎉"}, "cannot show 🎉"),
        ({"shape": "4:3"}, "one of the three shapes"),
    ],
)
def test_what_makes_no_clip_is_refused_and_nothing_is_kept(db, settings, changes, why):
    settings.MEDIA_CLIP_SECONDS = 5
    with pytest.raises(Refused, match=why):
        request(watchable(), holder(), **changes)
    assert not Clip.objects.exists()
    assert not Job.objects.exists()


def test_a_film_that_is_not_ready_makes_no_clip(db):
    with pytest.raises(Refused, match="not ready"):
        request(FilmFactory(), holder())


def test_a_person_may_have_three_clips_in_the_making(db):
    film, officer = watchable(), holder()
    for _ in range(3):
        clip = request(film, officer)
    with pytest.raises(Refused, match="still being made"):
        request(film, officer)
    request(film, holder())  # another's clips do not count
    Job.objects.filter(clip=clip).update(status=Job.Status.FAILED)
    request(film, officer)


def test_a_person_may_ask_for_twenty_clips_a_day(db):
    film, officer, now = watchable(), holder(), timezone.now()
    for _ in range(20):
        request(film, officer, now=now)
        Job.objects.update(status=Job.Status.DONE)
    with pytest.raises(Refused, match="within a day"):
        request(film, officer, now=now)
    request(film, officer, now=now + datetime.timedelta(hours=25))


def test_deleting_clips_does_not_make_room_for_more_within_the_day(db, monkeypatch):
    monkeypatch.setattr("media_pipeline.actions.clips.MOST_A_DAY", 2)
    film, officer = watchable(), holder()
    for _ in range(2):
        delete_clip(request(film, officer), by=officer)
    assert not Clip.objects.exists()
    with pytest.raises(Refused, match="within a day"):
        request(film, officer)
    request(film, holder())  # another person’s clips are not counted


def test_deleting_a_clip_removes_its_file_and_is_written_down(
    real_film, settings, django_capture_on_commit_callbacks
):
    officer = holder()
    before = stored(settings.MEDIA_ROOT)
    clip = request(real_film, officer, start=2.0, end=5.0)
    default_storage.save(clip.stored_name, ContentFile(b"clip"))
    assert len(stored(settings.MEDIA_ROOT)) == len(before) + 1
    with django_capture_on_commit_callbacks(execute=True):
        delete_clip(Clip.objects.get(), by=officer)
    assert stored(settings.MEDIA_ROOT) == before
    assert ModelLogEntry.objects.filter(action="media_pipeline.delete_clip", user=officer).exists()


def test_a_deleted_film_takes_its_clips_along(
    real_film, settings, editor, django_capture_on_commit_callbacks
):
    clip = request(real_film, holder(), start=2.0, end=5.0)
    default_storage.save(clip.stored_name, ContentFile(b"clip"))
    with django_capture_on_commit_callbacks(execute=True):
        delete_film(real_film, by=editor)
    assert not Clip.objects.exists()
    assert [name for name in stored(settings.MEDIA_ROOT) if "clips/" in name] == []


def test_clips_are_forgotten_after_thirty_days(db, django_capture_on_commit_callbacks):
    film, officer, now = watchable(), holder(), timezone.now()
    request(film, officer, now=now - datetime.timedelta(days=31))
    young = request(film, officer, now=now - datetime.timedelta(days=29))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_clips(now) == 1
    assert list(Clip.objects.all()) == [young]
