from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from django.db.models.signals import post_delete
        from wagtail.signals import page_published, page_unpublished

        from library.actions import procedures
        from library.sources import Facts, Procedures, Provisions
        from search.sources import register

        register(Provisions())
        register(Facts())
        register(Procedures())
        # Wagtail's and Django's own signals, as courses listens to them (docs/signals.md).
        page_published.connect(procedures.procedure_changed, dispatch_uid="library-published")
        page_unpublished.connect(procedures.procedure_changed, dispatch_uid="library-unpublished")
        post_delete.connect(procedures.procedure_deleted, dispatch_uid="library-deleted")
