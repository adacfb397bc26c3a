from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        checks.register(settings_make_an_engine)


def settings_make_an_engine(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """Say before the hub starts what would otherwise fail at the first question."""
    from search.actions import engine

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
