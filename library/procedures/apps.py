from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "library.procedures"
    verbose_name = _("Procedures")

    def ready(self) -> None:
        from django.db.models.signals import post_delete
        from wagtail.signals import page_published, page_unpublished

        from library.procedures.actions import procedures
        from library.procedures.sources import Procedures
        from library.rules.views import related_pages
        from search.sources import register

        register(Procedures())
        related_pages.register("procedures/_on_list_of_rules.html")
        # Wagtail's and Django's own signals, as courses listens to them (docs/signals.md).
        page_published.connect(procedures.procedure_changed, dispatch_uid="procedure-published")
        page_unpublished.connect(procedures.procedure_changed, dispatch_uid="procedure-unpublished")
        post_delete.connect(procedures.procedure_deleted, dispatch_uid="procedure-deleted")
