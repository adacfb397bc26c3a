"""The same work on Redis, by setting alone: real workers, a real Redis, a real film."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media_pipeline.models import Job
from tests.factories.media_pipeline import make_film
from tests.media_pipeline.real_workers import Workers
from tests.redis_server import own_redis

redis = pytest.importorskip("redis", reason="requirements/redis is not installed")
registries = pytest.importorskip("rq.registry", reason="requirements/redis is not installed")

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = datetime.timedelta(hours=1)
# What others do later: Wagtail when a page is saved in a transaction, search some seconds from now.
OTHERS = """
import django
django.setup()
from django.db import transaction
from wagtail.models import Page
from search.actions.changes import request_indexing
with transaction.atomic():
    Page.objects.get(depth=1).save()
request_indexing(after=1)
"""


@pytest.fixture
def server(tmp_path) -> Iterator[str]:
    """The Redis that the environment names, emptied; or one of our own that keeps nothing."""
    if given := os.environ.get("MEMBERSNET_TEST_REDIS_URL"):
        redis.Redis.from_url(given).flushdb()
        yield given
        return
    with own_redis(tmp_path) as url:
        yield url


def count(url: str, registry: str, queue: str) -> int:
    kind = getattr(registries, registry)
    return len(kind(queue, connection=redis.Redis.from_url(url)).get_job_ids())


@pytest.fixture
def workers(tmp_path, upload, kept, server) -> Iterator[Workers]:
    """Workers on Redis, and a film whose first step waits to be found."""
    film = make_film(kept / "long.mp4", seconds=12, size="1280x720")
    upload(Path(film))
    Job.objects.update(created_at=timezone.now() - HOUR)
    workers = Workers(tmp_path, MEMBERSNET_REDIS_URL=server)
    yield workers
    workers.stop()


def test_a_film_is_prepared_on_redis_though_a_worker_is_killed_in_mid_step(workers, server):
    media = workers.start("media")
    workers.start("speech,default,index")
    workers.until(lambda: workers.jobs()["renditions"] == "running")
    workers.kill(media)
    assert workers.jobs()["renditions"] == "running"
    workers.run_script(OTHERS)
    long_ago = timezone.now() - HOUR  # as it is half a minute later
    workers.ask(
        "UPDATE media_pipeline_job SET heartbeat_at = %s WHERE status = 'running'",
        long_ago.replace(tzinfo=None).isoformat(" ") if workers.copy else long_ago,
    )
    workers.start("media")
    workers.until(lambda: set(workers.jobs().values()) == {"done"})
    states = workers.ask("SELECT state FROM media_pipeline_film")
    assert states == [("ready",)]
    attempts = workers.ask("SELECT step, attempts FROM media_pipeline_job WHERE attempts > 1")
    assert attempts == [("renditions", 2)]
    workers.until(lambda: count(server, "FinishedJobRegistry", "index") >= 1)
    workers.until(lambda: count(server, "FinishedJobRegistry", "default") >= 1)
    assert count(server, "FinishedJobRegistry", "speech") == 1
    for queue in ("default", "index", "speech"):
        assert count(server, "FailedJobRegistry", queue) == 0
    done_in_database = f"SELECT id FROM {DBTaskResult._meta.db_table} WHERE status = 'SUCCESSFUL'"
    assert workers.ask(done_in_database) == []
