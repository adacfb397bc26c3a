"""Films of every kind, made once a run, and the people who meet them."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.files import File
from django.utils import timezone

from media_pipeline.actions.films import receive_film
from media_pipeline.actions.resumable_uploads import settle_original
from media_pipeline.actions.step_runner import run_step
from media_pipeline.models import Film, Job
from media_pipeline.steps import ffmpeg
from tests.factories.media_pipeline import (
    ENCODED,
    CaptionTrackFactory,
    JobFactory,
    ReadyFilmFactory,
    make_film,
    truncate,
)
from tests.factories.party import MemberFactory


@pytest.fixture(scope="session")
def kept(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("made")


@pytest.fixture(scope="session")
def film_file(kept) -> Path:
    """3 s of a test picture and a tone in which nobody speaks."""
    return make_film(kept / "tone.mp4")


@pytest.fixture(scope="session")
def film_without_sound(kept) -> Path:
    return make_film(kept / "without-sound.mp4", silent=True)


@pytest.fixture(scope="session")
def truncated_film(kept, film_file) -> Path:
    return truncate(film_file, kept / "truncated.mp4")


@pytest.fixture(scope="session")
def text_file(kept) -> Path:
    path = kept / "notes.mp4"
    path.write_text("These are notes, whatever the name says.\n" * 20)
    return path


@pytest.fixture
def member(db):
    return MemberFactory()


@pytest.fixture
def editor(db):
    """A person who works on films: they may add, change and delete them in the admin."""
    editors = Group.objects.create(name="Film editors")
    editors.permissions.set(
        Permission.objects.filter(
            content_type__app_label__in=["media_pipeline", "wagtailadmin"],
            codename__in=[
                "access_admin",
                "add_film",
                "change_film",
                "delete_film",
                "view_film",
            ],
        )
    )
    person = MemberFactory(first_name="Edith", last_name="Editor")
    person.groups.add(editors)
    return person


def with_permission(*names):
    person = MemberFactory()
    person.user_permissions.set(Permission.objects.filter(codename__in=names))
    return person


@pytest.fixture
def people(db):
    return {
        "nobody": AnonymousUser(),
        "member": MemberFactory(),
        "left": MemberFactory(is_active=False),
        "author": with_permission("add_film"),
        "editor": with_permission("change_film"),
        "superuser": MemberFactory(is_superuser=True),
    }


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def author(db):
    """A person who uploads films and sees those of others only when they are ready."""
    person = MemberFactory(first_name="Ada", last_name="Author")
    person.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "add_film"])
    )
    return person


@pytest.fixture
def upload(editor):
    """Bring a film in as a person does, without any worker about."""

    def bring_in(path: Path, **fields):
        with path.open("rb") as source:
            film = receive_film(
                upload=File(source, name=path.name),
                by=editor,
                now=timezone.now(),
                **{"title": "A film", "language": "en", "queue": False, **fields},
            )
        settle_original(film)  # which otherwise waits for the commit
        return film

    return bring_in


def stored(root: Path) -> list[str]:
    """Every file below the media folder."""
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.fixture
def heard_film(db):
    """A ready film that has been listened to, with captions a machine made."""
    film = ReadyFilmFactory(title="Before", glossary="Holyrood")
    steps = (Job.Step.PROBE, Job.Step.TRANSCRIPTION, Job.Step.CAPTIONS, Job.Step.INDEX)
    for position, step in enumerate(steps, start=1):
        JobFactory(film=film, step=step, position=position, status=Job.Status.DONE)
    CaptionTrackFactory(film=film)
    return film


@pytest.fixture(scope="session")
def two_scenes(kept) -> Path:
    """3 s: a test picture, then bars, and a tone."""
    pictures = ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=12:d=1.5", "-f", "lavfi", "-i"]
    pictures += ["smptebars=s=320x240:r=12:d=1.5", "-f", "lavfi", "-i", "sine=330:duration=3"]
    graph = ["-filter_complex", "[0][1]concat=n=2:v=1[v]", "-map", "[v]", "-map", "2:a", *ENCODED]
    ffmpeg.run([*pictures, *graph, "-g", "6", str(kept / "scenes.mp4")])
    return kept / "scenes.mp4"


@pytest.fixture
def film_with_stills(upload, two_scenes):
    """A film of two scenes with its stills taken."""
    film = upload(two_scenes)
    for step in (Job.Step.PROBE, Job.Step.FIRST_VERSION, Job.Step.POSTER):
        run_step_of(film, step)
    return Film.objects.get(pk=film.pk)


def run_step_of(film, step) -> Job:
    """Do one step of a film, done before or not."""
    job = film.jobs.get(step=step)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.WAITING)
    run_step(job.pk, retry=False)
    job.refresh_from_db()
    assert job.status == Job.Status.DONE, job.reason
    return job


def described(film, **changes):
    """What the form says of a film unless something is changed."""
    return {"title": film.title, "language": "en", "script": "", "glossary": "", **changes}


def steps_with(film, status) -> set[str]:
    return set(film.jobs.filter(status=status).values_list("step", flat=True))
