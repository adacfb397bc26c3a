"""Two editions of one book, as readers come upon them."""

import datetime
import uuid

import pytest
from django.utils import timezone

from library.rules.actions.publication import publish_edition
from library.rules.models import Edition, Provision
from tests.factories.library import BOOK, make_edition, make_work

OLD, NEW = datetime.date(2020, 1, 1), datetime.date(2024, 1, 1)
# Clause VIII becomes IX, and Clause IV is gone.
SECOND = BOOK.replace("Clause VIII", "Clause IX").replace(
    "### Clause IV — The log\n\n1. A moderator keeps a log.\n\n", ""
)


@pytest.fixture
def editions(db) -> tuple[Edition, Edition]:
    """Two editions of one work, in which what goes on has the same lineage."""
    work = make_work()
    old = make_edition(work, BOOK, "First edition", OLD)
    new = make_edition(work, SECOND, "Second edition", NEW, publish=False)
    before = {each.path: each for each in old.provisions.all()}
    for each in new.provisions.all():
        predecessor = before.get(each.path.replace("7/IX", "7/VIII"))
        lineage = predecessor.lineage if predecessor else uuid.uuid4()
        Provision.objects.filter(pk=each.pk).update(
            lineage=lineage, predecessor=predecessor, descent=Provision.Descent.CONFIRMED
        )
    return old, publish_edition(new, by=None, now=timezone.now())
