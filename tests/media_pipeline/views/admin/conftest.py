"""People at the films' pages in the admin, and what they see there."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from media_pipeline.models import Job
from tests.factories.media_pipeline import JobFactory

INDEX = "/admin/films/"
NEW = "/admin/films/new/"
JOBS = "/admin/films/jobs/"
LIST_QUERIES, PAGE_QUERIES, WORK_QUERIES, CHOOSER_QUERIES = 10, 15, 7, 7


def page(film, name="edit"):
    return reverse(f"films:{name}", args=[film.pk])


def at_work(**fields) -> Job:
    now = timezone.now()
    return JobFactory(status=Job.Status.RUNNING, heartbeat_at=now, started_at=now, **fields)


def send(client, **fields):
    film = SimpleUploadedFile("film.mp4", b"x" * 100, "video/mp4")
    data = {"title": "A film", "language": "en", "film": film, **fields}
    return client.post(NEW, {name: value for name, value in data.items() if value is not None})
