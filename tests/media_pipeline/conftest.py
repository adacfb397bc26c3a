"""Films of every kind, made once a run, and the people who meet them."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.files import File
from django.utils import timezone

from media_pipeline.actions.films import receive_film
from media_pipeline.actions.resumable_uploads import settle_original
from tests.factories.media_pipeline import make_film, truncate
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
    """A person who works on films: she may add, change and delete them in the admin."""
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
