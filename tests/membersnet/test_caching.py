"""The shared cache: what every page asks for comes from memory."""

import pytest
from django.core.cache import cache
from wagtail.models import Site

from membersnet import caching
from tests.factories.courses import make_catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def table():
    assert isinstance(cache._connections[cache._alias], caching.MemoryAndDatabaseCache)


def test_wagtails_site_paths_are_read_once_and_then_cost_no_query(django_assert_num_queries):
    catalogue = make_catalogue()
    assert catalogue.get_url() == "/courses/"
    with django_assert_num_queries(1):
        Site.get_site_root_paths()
    with django_assert_num_queries(0):
        assert len(Site.get_site_root_paths()) == 1


def test_a_change_of_the_sites_is_seen_at_once():
    catalogue = make_catalogue()
    Site.get_site_root_paths()
    site = Site.objects.get()
    site.root_page = catalogue
    site.save()
    assert [each.root_path for each in Site.get_site_root_paths()] == ["/hub/courses/"]


def test_another_process_sees_a_change_within_seconds(monkeypatch):
    key = caching.SITE_ROOT_PATHS_CACHE_KEY
    cache.set(key, "before")
    assert cache.get(key) == "before"
    caching.ForgivingDatabaseCache.set(
        caches_default(), key, "after"
    )  # as another process writes it
    assert cache.get(key) == "before"
    later = caching.time.monotonic() + caching.SECONDS
    monkeypatch.setattr(caching.time, "monotonic", lambda: later)
    assert cache.get(key) == "after"


def test_what_is_counted_together_stays_in_the_database(django_assert_num_queries):
    cache.set("tries", 3)
    with django_assert_num_queries(1):
        assert cache.get("tries") == 3


def caches_default():
    return cache._connections[cache._alias]
