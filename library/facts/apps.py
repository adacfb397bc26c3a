from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactsConfig(AppConfig):
    name = "library.facts"
    verbose_name = _("Knowledge bank")

    def ready(self) -> None:
        from library.facts.sources import Facts
        from search.sources import register

        register(Facts())
