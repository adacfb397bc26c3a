from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.utils.translation import gettext_lazy as _

LOOPBACK = {"127.0.0.1", "localhost"}


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        checks.register(settings_make_an_engine)
        checks.register(questions_travel_unread, deploy=True)


def settings_make_an_engine(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """Say before the hub starts what would otherwise fail at the first question."""
    from search.actions.indexing import engine

    try:
        engine()
    except ValueError as error:
        return [checks.Error(str(error), id="search.E001")]
    except ImportError as error:
        hint = "pip install --require-hashes -r requirements/cluster.txt"
        return [
            checks.Error(f"The search engine cannot be loaded: {error}", hint, id="search.E002")
        ]
    return []


def questions_travel_unread(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """Warn where questions, texts and a password would cross a network in clear."""
    places = urlsplit(settings.SEARCH_URL)
    hosts = [host.rpartition("@")[2].partition(":")[0] for host in places.netloc.split(",")]
    if settings.SEARCH_ENGINE != "cluster" or places.scheme != "http" or set(hosts) <= LOOPBACK:
        return []
    said = "MEMBERSNET_SEARCH_URL begins with http://, so whoever is on the way reads along."
    return [
        checks.Warning(said, "Give the cluster a certificate and write https://.", id="search.W001")
    ]
