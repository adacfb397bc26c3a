"""Write the references and defined words of published editions once more."""

from typing import Any

from django.core.management.base import BaseCommand

from library.rules.actions.cross_references import link_edition
from library.rules.models import Edition


class Command(BaseCommand):
    help = (
        "Find the references and defined words of every published edition again, as publishing "
        "does: after an upgrade that finds more of them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for edition in Edition.objects.published().select_related("work"):
            link_edition(edition)
            self.stdout.write(f"{edition}: done")
