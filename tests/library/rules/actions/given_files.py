"""A file that a librarian gives, and how its import stands."""

import datetime

from django.core.files.base import ContentFile

from library.rules.actions.imports import request_import
from library.rules.models import RulesImport, Work
from tests.factories.library import BOOK

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)


def give(work: Work, text: str | bytes = BOOK, name: str = "rules.md", **fields) -> RulesImport:
    fields = {"label": "2026 edition", "in_force_from": datetime.date(2026, 12, 1), **fields}
    content = text if isinstance(text, bytes) else text.encode()
    file = ContentFile(content, name=name)
    return request_import(**{"work": work, "file": file, "by": None, "now": NOW, **fields})


def fresh(given: RulesImport) -> RulesImport:
    return RulesImport.objects.get(pk=given.pk)
