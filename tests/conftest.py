"""What every test stands on: a data folder of its own, and the folder of shared example files."""

import os
from pathlib import Path

import hypothesis
import pytest

from membersnet.caching import MemoryAndDatabaseCache
from tests.databases import give_own_database
from tests.mail_server import mail_server

ROOT = Path(__file__).resolve().parent.parent
# How long an example takes is the machine's affair (docs/testing.md).
hypothesis.settings.register_profile("hub", deadline=None)
hypothesis.settings.load_profile("hub")
ABOUT_PAGES = {"views", "wagtail_hooks", "templatetags", "demo"}
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Keep each test's files and index apart, its e-mails jobs, and pages free of the manifest."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_WORK_DIR = tmp_path / "work"
    settings.MEDIA_UPLOAD_DIR = tmp_path / "uploads"
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    settings.EMAIL_BACKEND = "party.email_backend.JobEmailBackend"  # the test runner takes it away
    MemoryAndDatabaseCache.remembered.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Give this process a database of its own, with the tables that were made once."""
    from django.db import connection
    from django.test.utils import teardown_databases

    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        give_own_database()
    yield
    with django_db_blocker.unblock():
        teardown_databases([(connection, before, True)], verbosity=0)


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker, tmp_path_factory):
    """Keep what a module's own fixtures write to the database for all of the module's tests.

    What a test changes is undone after it, what the fixtures wrote after the last one. A test must
    fetch its rows anew: an object is the same for all.
    """
    from django.db import transaction
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("once")
    own = {"SEARCH_INDEX_DIR": folder / "index", "MEDIA_ROOT": folder / "media"}
    with (
        override_settings(**own, PASSWORD_HASHERS=QUICK_HASHERS),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        plant_page_tree()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def post(settings):
    """A mail server, and where it keeps what was delivered."""
    with mail_server(settings) as server:
        yield server


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared example files; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("MEMBERSNET_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no shared example files at {folder}; set MEMBERSNET_SHARED")
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what asks for no database, whose kind cannot matter to it, and what is about pages."""
    for item in items:
        if not asks_for_database(item):
            item.add_marker(pytest.mark.any_database)
        if ABOUT_PAGES & set(item.path.relative_to(ROOT).parts):
            item.add_marker(pytest.mark.pages)


def asks_for_database(item) -> bool:
    named = {"db", "transactional_db", "once"} & set(item.fixturenames)
    return bool(named) or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def page_tree(request):
    """Put back what Wagtail's migrations wrote, which a test of real transactions leaves empty."""
    if not asks_for_database(request.node):
        return
    request.getfixturevalue("_django_db_helper")
    plant_page_tree()


def plant_page_tree() -> None:
    """Make the root of pages and of collections where there is none."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Collection, Locale, Page

    if Page.objects.filter(depth=1).exists():
        return
    locale, _made = Locale.objects.get_or_create(language_code="en-gb")
    kind = ContentType.objects.get_for_model(Page)
    root = Page(title="Root", slug="root", path="0001", depth=1, locale=locale, content_type=kind)
    Page.objects.bulk_create([root])  # without the tasks that saving a page puts in the queue
    Collection.objects.get_or_create(depth=1, defaults={"name": "Root", "path": "0001"})
