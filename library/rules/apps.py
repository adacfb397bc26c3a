from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulesConfig(AppConfig):
    name = "library.rules"
    verbose_name = _("Rules")

    def ready(self) -> None:
        from library.citations.grammar import RuleGrammar
        from library.rules.sources.provisions import Provisions
        from search import citations, sources

        sources.register(Provisions())
        citations.register(RuleGrammar())
