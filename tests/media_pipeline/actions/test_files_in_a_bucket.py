"""A film's whole way in a bucket, against a real S3 server: in, prepared, watched, gone."""

import urllib.request

import boto3
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from media_pipeline.actions.films import delete_film
from media_pipeline.actions.posters import choose_poster
from media_pipeline.actions.step_runner import run_all_steps, run_step
from media_pipeline.models import Film, Rendition
from media_pipeline.views.player import player_context
from membersnet.storage import storage_from
from tests.factories.media_pipeline import laddered
from tests.pages import assert_hidden

pytestmark = pytest.mark.any_database

REGION = "eu-west-2"


@pytest.fixture(scope="module")
def server():
    server_module = pytest.importorskip("moto.server", reason="moto is not installed")
    running = server_module.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server, settings, monkeypatch):
    """Empty, private, and Django's storage for this test; gives back the names kept in it."""
    for name, value in (("ID", "key"), ("SECRET", "secret")):
        key = {"ID": "AWS_ACCESS_KEY_ID", "SECRET": "AWS_SECRET_ACCESS_KEY"}[name]
        monkeypatch.setenv(key, value)
    client = boto3.client("s3", endpoint_url=server, region_name=REGION)
    client.create_bucket(Bucket="films", CreateBucketConfiguration={"LocationConstraint": REGION})

    def names() -> list[str]:
        return [one["Key"] for one in client.list_objects_v2(Bucket="films").get("Contents", [])]

    def use(**options: str) -> None:
        more = "".join(f"&{name}={value}" for name, value in options.items())
        kept = storage_from(f"s3://films/hub?endpoint={server}&region={REGION}{more}")
        settings.STORAGES = {**settings.STORAGES, "default": kept.setting}

    names.use = use
    use()
    yield names
    for name in names():
        client.delete_object(Bucket="films", Key=name)
    client.delete_bucket(Bucket="films")


@pytest.fixture
def film(bucket, db):
    return laddered()


def follow(client, address, **headers):
    """What a player gets: the lasting address leads to one that runs out."""
    leading = client.get(address)
    assert leading.status_code == 302
    return leading.url, client.get(leading.url, headers=headers)


def test_a_film_lives_and_dies_in_a_bucket(
    bucket, upload, film_file, client, member, editor, settings, django_capture_on_commit_callbacks
):
    film = run_all_steps(upload(film_file))
    assert film.state == Film.State.READY, [job.reason for job in film.jobs.all()]
    folder = f"hub/{film.folder}"
    made = ["240p.m3u8", "240p.mp4", "rung-240p.mp4", "rung-sound.mp4", "sound.m3u8"]
    expected = [f"{folder}/{name}" for name in [*made, "storyboard.jpg", "storyboard.vtt"]]
    assert set(bucket()) >= {*expected, f"hub/{film.original.name}"}
    assert not settings.MEDIA_ROOT.exists() or not any(settings.MEDIA_ROOT.rglob("*.mp4"))
    assert not any(settings.MEDIA_WORK_DIR.iterdir())

    client.force_login(member)
    address, answer = follow(client, player_context(film)["hls"])
    assert answer["Content-Type"] == "application/vnd.apple.mpegurl"
    rung = film.renditions.get(kind=Rendition.Kind.HLS)
    base = address.rpartition("/")[0]
    part = client.get(f"{base}/rung-240p.mp4", headers={"range": "bytes=100-299"})
    with default_storage.open(rung.media.name) as stored:
        content = stored.read()
    assert (part.status_code, part.getvalue()) == (206, content[100:300])
    assert part["Content-Range"] == f"bytes 100-299/{len(content)}"
    whole = client.get(f"{base}/rung-240p.mp4")
    assert (whole.getvalue(), whole["ETag"]) == (content, part["ETag"])
    assert client.get(f"{base}/rung-240p.mp4", headers={"range": "bytes=0-"}).status_code == 206
    assert client.head(f"{base}/rung-240p.mp4")["Content-Length"] == str(len(content))
    assert client.get(player_context(film)["poster"]).getvalue()[:4] == b"RIFF"

    still = film.stills.get(is_poster=True)
    client.force_login(editor)
    assert client.get(reverse("films:still", args=[still.pk])).getvalue()[:4] == b"RIFF"
    choose_poster(film, second=1.0, by=editor)
    with django_capture_on_commit_callbacks(execute=True):
        delete_film(Film.objects.get(), by=editor)
    assert bucket() == []


def test_where_the_setting_says_so_the_bucket_sends_films_by_addresses_that_run_out(
    bucket, film, client, member, settings
):
    bucket.use(films="redirect")
    client.force_login(member)
    address, answer = follow(client, player_context(film)["hls"])
    assert answer.status_code == 200, "playlists are still ours: they carry the pass on"
    base = address.rpartition("/")[0]
    sent_on = client.get(f"{base}/rung-360p.mp4")
    assert (sent_on.status_code, sent_on["Cache-Control"]) == (302, "private, no-store")
    assert f"X-Amz-Expires={settings.MEDIA_ADDRESS_SECONDS}" in sent_on.url
    assert "X-Amz-Signature=" in sent_on.url
    request = urllib.request.Request(sent_on.url, headers={"Range": "bytes=4-7"})
    with urllib.request.urlopen(request, timeout=10) as part:
        assert (part.status, part.read()) == (206, b"4567")
    head = client.head(f"{base}/rung-360p.mp4")
    assert (head.status_code, head["Content-Type"]) == (200, "video/mp4")


def test_a_film_that_the_bucket_lost_is_not_found_and_no_error(bucket, film, client, member):
    rung = film.renditions.get(kind=Rendition.Kind.HLS, height=360)
    default_storage.delete(rung.media.name)
    default_storage.delete(rung.file.name)
    client.force_login(member)
    address, _ = follow(client, player_context(film)["hls"])
    base = address.rpartition("/")[0]
    assert_hidden(client, f"{base}/rung-360p.mp4")
    assert_hidden(client, f"{base}/360p.m3u8")


def test_nothing_of_a_film_deleted_in_mid_step_is_left_in_the_bucket(
    bucket, upload, film_file, editor, django_capture_on_commit_callbacks
):
    """The film goes after its new file was sent ahead, and before the step is written down."""
    film = upload(film_file)
    steps = {job.step: job.pk for job in film.jobs.all()}
    run_step(steps["probe"], retry=False)

    def delete(job, fraction):
        if fraction == 1.0 and Film.objects.exists():
            delete_film(film, by=editor)

    with django_capture_on_commit_callbacks(execute=True):
        run_step(steps["first_version"], retry=False, watch=delete)
    assert not Film.objects.exists()
    assert bucket() == []
