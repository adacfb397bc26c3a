"""A film comes in and goes away: rows and files together, or not at all."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from media_pipeline.actions.films import delete_film, receive_film, uses_of
from media_pipeline.models import CaptionTrack, Cue, Film, Job, Rendition
from tests.factories.media_pipeline import watchable
from tests.media_pipeline.conftest import stored

STEPS = [
    *("probe", "first_version", "poster", "transcription", "captions"),
    *("renditions", "storyboard", "index"),
]


def test_an_upload_is_kept_as_it_came_with_the_work_it_needs(upload, film_file, editor):
    film = upload(film_file, title="  Keeping a record ", glossary="CLP\n", language="cy")
    film.refresh_from_db()
    assert film.original.read() == film_file.read_bytes()
    assert film.sha256 == hashlib.sha256(film_file.read_bytes()).hexdigest()
    assert film.bytes == film_file.stat().st_size
    assert (film.title, film.language, film.glossary) == (
        "Keeping a record",
        "cy",
        "CLP",
    )
    assert (film.original_name, film.uploaded_by) == ("tone.mp4", editor)
    assert film.state == Film.State.PROCESSING
    jobs = list(film.jobs.all())
    assert [job.step for job in jobs] == STEPS
    assert {job.status for job in jobs} == {Job.Status.WAITING}


def test_a_script_asks_for_alignment_instead_of_recognition(upload, film_file):
    film = upload(film_file, script="Welcome to this lesson.")
    steps = [job.step for job in film.jobs.all()]
    assert steps == [step if step != "transcription" else "alignment" for step in STEPS]


def test_a_script_of_spaces_is_no_script(upload, film_file):
    film = upload(film_file, script=" \n ")
    assert [job.step for job in film.jobs.all()] == STEPS


def test_the_first_step_is_queued_for_the_film_workers(
    upload, film_file, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        film = upload(film_file, queue=True)
        assert not DBTaskResult.objects.exists()
    task = DBTaskResult.objects.get()
    first = film.jobs.get(step=Job.Step.PROBE)
    assert (task.queue_name, task.args_kwargs["args"]) == ("media", [first.pk])
    assert first.task_id == str(task.pk)


def test_who_uploaded_what_is_in_the_audit_log(upload, film_file, editor):
    film = upload(film_file)
    entry = ModelLogEntry.objects.get(action="media_pipeline.upload")
    assert (entry.object_id, entry.user) == (str(film.pk), editor)
    assert entry.data == {"file": "tone.mp4", "sha256": film.sha256}


def test_an_empty_file_and_one_too_large_leave_nothing(editor, settings):
    settings.MEDIA_MAX_BYTES = 10
    for content, sentence in ((b"", "The file is empty"), (b"x" * 11, "at a lower quality")):
        with pytest.raises(Refused) as refusal:
            receive_film(
                title="A film",
                upload=ContentFile(content, name="film.mp4"),
                language="en",
                by=editor,
                now=timezone.now(),
            )
        assert sentence in refusal.value.sentence
    assert not Film.objects.exists()
    assert stored(settings.MEDIA_ROOT) == []


def test_a_transaction_that_fails_leaves_neither_row_nor_file(editor, settings):
    with pytest.raises(TypeError):
        receive_film(
            title="A film",
            upload=ContentFile(b"film", name="film.mp4"),
            language="en",
            by=editor,
            now=object(),
        )
    assert not Film.objects.exists()
    assert stored(settings.MEDIA_ROOT) == []


def test_deleting_takes_rows_and_files_and_says_who_did_it(
    editor, settings, django_capture_on_commit_callbacks
):
    film, other = watchable(title="Old film"), watchable()
    kept = {other.original.name, other.poster.name}
    kept |= {one.file.name for one in other.renditions.all()}
    folder = settings.MEDIA_ROOT / film.folder
    folder.mkdir(parents=True)
    (folder / "360p.mp4").write_bytes(b"film")
    original = film.original.name
    with django_capture_on_commit_callbacks(execute=True):
        delete_film(film, by=editor)
        assert original in stored(settings.MEDIA_ROOT)
    assert list(Film.objects.all()) == [other]
    for model, left in ((Rendition, 2), (CaptionTrack, 1), (Cue, 3)):
        assert model.objects.count() == left
    files = stored(settings.MEDIA_ROOT)
    assert original not in files
    assert kept <= set(files)
    assert not folder.exists()
    entry = ModelLogEntry.objects.get(action="media_pipeline.delete")
    assert (entry.label, entry.user, entry.deleted) == ("Old film", editor, True)


def test_a_film_that_nothing_shows_is_in_nobody_s_way(db):
    assert uses_of(watchable()) == []
