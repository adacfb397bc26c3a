from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulesConfig(AppConfig):
    name = "library.rules"
    verbose_name = _("Rules")

    def ready(self) -> None:
        from ground.jobs import queue
        from library.citations.grammar import RuleGrammar
        from library.rules.actions.imports import requeue_lost_imports
        from library.rules.sources.provisions import Provisions
        from search import citations, sources

        sources.register(Provisions())
        citations.register(RuleGrammar())
        queue.register(requeue_lost_imports)
