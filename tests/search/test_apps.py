"""What is wrong with search's settings is told when the hub starts."""

import pytest

from search.apps import questions_travel_unread, settings_make_an_engine


def told(settings, **values) -> list[str]:
    for name, value in values.items():
        setattr(settings, name, value)
    return [f"{error.id}: {error.msg}" for error in settings_make_an_engine(None)]


def test_settings_that_make_an_engine_are_not_spoken_of(settings):
    assert told(settings) == []
    assert told(settings, SEARCH_ENGINE="cluster", SEARCH_URL="http://127.0.0.1:1/hub") == []


def test_an_engine_that_does_not_exist_is_told_with_those_that_do(settings):
    assert told(settings, SEARCH_ENGINE="oracle") == [
        "search.E001: SEARCH_ENGINE is “oracle”; it can be: embedded, cluster."
    ]


@pytest.mark.parametrize("url", ["hub:secret-word@nowhere", "ftp://hub:secret-word@nowhere/"])
def test_an_address_that_is_none_is_told_without_its_password(settings, url):
    [error] = told(settings, SEARCH_ENGINE="cluster", SEARCH_URL=url)

    assert error.startswith("search.E001: MEMBERSNET_SEARCH_URL is not understood: it begins with")
    assert "secret-word" not in error


@pytest.mark.parametrize(
    ("engine", "url", "ids"),
    [
        ("cluster", "http://hub:secret-word@search.example:9200/hub", ["search.W001"]),
        ("cluster", "http://127.0.0.1:9200,other.example:9200/hub", ["search.W001"]),
        ("cluster", "http://hub:secret-word@127.0.0.1:9200/hub", []),
        ("cluster", "https://hub:secret-word@search.example:9200/hub", []),
        ("embedded", "http://search.example:9200/hub", []),
    ],
)
def test_before_a_deployment_a_cluster_that_is_asked_in_clear_is_told(settings, engine, url, ids):
    settings.SEARCH_ENGINE, settings.SEARCH_URL = engine, url
    told = questions_travel_unread(None)

    assert [warning.id for warning in told] == ids
    assert "secret-word" not in str(told)
