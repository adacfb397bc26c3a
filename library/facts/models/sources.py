"""A source as people name it, who read no more than that where a fact is shared."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

NAMED_IN = ("source_name", "citation")
_FILE = re.compile(
    r"[\w-]\.(csv|tsv|xlsx?|ods|json|ya?ml|md|txt|html?|sqlite3?|docx?|odt|pdf|zip)\b",
    re.IGNORECASE,
)


def check_source(record: models.Model) -> None:
    """Raise ValidationError, by field, where a source is named by a file: nobody else has it."""
    sentence = _("Name the table or section as its publisher does, not a file.")
    files = [name for name in NAMED_IN if _FILE.search(getattr(record, name))]
    if files:
        raise ValidationError(dict.fromkeys(files, sentence))
