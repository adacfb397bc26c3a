"""What the hub is, read from the environment: safe where nothing is said."""

import os
import runpy
import stat

import pytest

from membersnet.backups.hub import SETTINGS
from tests.conftest import ROOT

SAFETY = (
    *("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"),
    *("SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT"),
)


@pytest.fixture
def read(monkeypatch, tmp_path):
    """Read the settings on a machine where only these variables are set."""

    def read_settings(**variables):
        for name in [name for name in os.environ if name.startswith(SETTINGS)]:
            monkeypatch.delenv(name)
        variables = {"MEMBERSNET_DATA_DIR": str(tmp_path / "data"), **variables}
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "membersnet" / "settings.py"))

    return read_settings


def safety(settings) -> list[object]:
    return [settings[name] for name in SAFETY]


def test_a_hub_of_which_nothing_is_said_is_safe_and_asks_for_what_is_missing(read, tmp_path):
    settings = read()
    assert safety(settings) == [False, True, True, True, 31_536_000, None, 0]
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    missing = [sentence.partition(" is not set")[0] for sentence in settings["UNSET"]]
    assert missing == ["MEMBERSNET_SECRET_KEY", "EMAIL_URL"]
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_the_demonstration_runs_without_https_and_without_a_mail_server(read):
    settings = read(MEMBERSNET_DEMO="1", MEMBERSNET_SECRET_KEY="x" * 50)
    assert safety(settings) == [False, False, False, False, 0, None, 0]
    assert settings["UNSET"] == []


def test_a_proxys_word_counts_only_where_there_is_one(read):
    settings = read(MEMBERSNET_BEHIND_PROXY="1")
    https = ("HTTP_X_FORWARDED_PROTO", "https")
    assert safety(settings) == [False, True, True, True, 31_536_000, https, 1]


@pytest.mark.parametrize(("flush", "synchronous"), [("0", "NORMAL"), ("1", "FULL")])
def test_sqlite_is_told_how_surely_a_commit_is_written(read, tmp_path, flush, synchronous):
    database = read(MEMBERSNET_FLUSH_EVERY_COMMIT=flush)["DATABASES"]["default"]
    assert (database["ENGINE"], database["NAME"]) == (
        "membersnet.sqlite",
        str(tmp_path / "data" / "hub.sqlite3"),
    )
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert f"PRAGMA synchronous={synchronous};" in database["OPTIONS"]["init_command"]


def test_another_database_is_asked_for_by_its_address_and_told_nothing_of_sqlites(read):
    database = read(DATABASE_URL="postgres://hub:secret@db.example:5433/hub")["DATABASES"][
        "default"
    ]
    assert (database["ENGINE"], database["HOST"], database["PORT"], database["NAME"]) == (
        *("django.db.backends.postgresql", "db.example", 5433, "hub"),
    )
    assert "OPTIONS" not in database


def test_the_queues_are_in_the_database_until_a_redis_is_named(read):
    settings = read()
    assert settings["TASKS"]["queue"]["BACKEND"] == "django_tasks_db.DatabaseBackend"
    assert "django_rq" not in settings["INSTALLED_APPS"]
    settings = read(MEMBERSNET_REDIS_URL="redis://queue.example")
    assert settings["TASKS"]["queue"]["BACKEND"] == "membersnet.redis_tasks.RedisBackend"
    assert "django_rq" in settings["INSTALLED_APPS"]
    assert {name: queue["URL"] for name, queue in settings["RQ_QUEUES"].items()} == dict.fromkeys(
        ("default", "index", "media", "speech"), "redis://queue.example"
    )


def test_a_page_may_load_nothing_from_elsewhere_but_pictures_from_the_films_bucket(read):
    def elsewhere(**variables) -> dict[str, list[str]]:
        rules = read(**variables)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
        own = {"'self'", "'none'", "data:"}
        return {name: left for name, given in rules.items() if (left := sorted({*given} - own))}

    assert elsewhere() == {}
    assert elsewhere(MEMBERSNET_STORAGE="s3://films?region=eu-west-2") == {
        "img-src": ["https://films.s3.eu-west-2.amazonaws.com"]
    }


def test_a_larger_film_may_be_sent_where_larger_films_are_allowed(read):
    settings = read(MEMBERSNET_MAX_FILM_BYTES="5000000")
    assert [(address, most) for address, _right, most in settings["LARGE_BODIES"]] == [
        ("/uploads/", 5_000_000),
        ("/admin/films/new/", 6_000_000),
        ("/admin/", 25_000_000),
    ]
