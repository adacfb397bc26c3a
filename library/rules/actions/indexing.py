"""What search is told when rules change."""

from django.db import models

from library.rules.models import Edition, Provision
from search.actions.changes import mark_changed

PROVISIONS = "provision"  # the kind by which search knows provisions


def mark_provisions(editions: models.QuerySet[Edition]) -> None:
    keys = Provision.objects.filter(edition__in=editions).addressed()
    mark_changed(PROVISIONS, [str(pk) for pk in keys.values_list("pk", flat=True)])
