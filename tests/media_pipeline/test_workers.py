"""What a real worker, as a process of its own, does with the work it is given."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from media_pipeline.models import Job
from membersnet.management.commands.worker import served_queues
from tests.factories.media_pipeline import make_film
from tests.media_pipeline.conftest import stored
from tests.media_pipeline.real_workers import Workers

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.any_database,
    pytest.mark.nightly,
]


@pytest.fixture
def workers(tmp_path, upload, kept) -> Iterator[Workers]:
    """Workers on the database's own queue, in which the film of a minute waits."""
    film = kept / "minute.mp4"
    if not film.exists():
        make_film(film, seconds=60, size="1280x720")
    upload(film, queue=True)
    workers = Workers(tmp_path)
    yield workers
    workers.stop()


def busy_with(folder: Path) -> list[str]:
    """The programs that run on files below a folder, such as an ffmpeg at work."""
    commands = []
    for program in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(FileNotFoundError, ProcessLookupError):  # it ended in this very moment
            commands.append(program.read_bytes().decode(errors="replace"))
    return [command for command in commands if str(folder) in command]


def test_stopping_ends_ffmpeg_and_its_files_go(workers, settings):
    workers.start("media,speech")
    workers.until(lambda: workers.jobs()["first_version"] == "running")
    workers.until(lambda: busy_with(settings.MEDIA_WORK_DIR))
    workers.ask(  # what `stop_work` writes down
        "UPDATE media_pipeline_job SET status = 'cancelled', lease = NULL "
        "WHERE status IN ('running', 'waiting')"
    )
    workers.until(lambda: not busy_with(settings.MEDIA_WORK_DIR))
    workers.until(lambda: stored(settings.MEDIA_WORK_DIR) == [])
    assert workers.jobs() == {"probe": "done", **dict.fromkeys(steps_after_probe(), "cancelled")}
    (original,) = stored(settings.MEDIA_ROOT)
    assert original.startswith("originals/")


def steps_after_probe() -> list[str]:
    steps = Job.objects.exclude(step=Job.Step.PROBE)
    return list(steps.values_list("step", flat=True))


def test_a_worker_killed_alone_takes_its_ffmpeg_along(workers, settings):
    worker = workers.start("media,speech")
    workers.until(lambda: busy_with(settings.MEDIA_WORK_DIR))
    workers.kill(worker)
    workers.until(lambda: not busy_with(settings.MEDIA_WORK_DIR))
    assert workers.jobs()["first_version"] == "running"  # until its silence is noticed


def test_a_queue_that_there_is_not_is_named():
    with pytest.raises(CommandError, match="There is no queue called films"):
        call_command("worker", queue_name="films")
    assert served_queues("media, speech") == ["media", "speech"]
