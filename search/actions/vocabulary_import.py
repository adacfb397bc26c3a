"""From a file of words to the vocabulary: all of it, or, where something is wrong, nothing."""

import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ground.refusals import Refused
from party.models import Member
from search.actions.vocabulary_editing import save_taught
from search.engines.text import plain_words
from search.models import VocabularyEntry

MOST_ENTRIES = 2000  # of one file
TOLD = 60  # characters of a value or name that a message asked_today
KEYS = {"words": list, "meaning": str, "source": str, "both_ways": bool}


class ImportCounts(NamedTuple):
    """How many entries of a file are new, were changed, or stood there just so."""

    added: int
    updated: int
    unchanged: int


@transaction.atomic
def import_entries(
    given: Any, *, by: Member | None, update: bool = True, dry_run: bool = False
) -> ImportCounts:
    """Add the entries of a file that was read, and update those whose first form is known.

    `given`: a list of mappings with `words` (a list of forms) and, where wanted, `meaning`,
    `source` and `both_ways`; what an entry does not say is empty, and both ways. Entries that the
    file does not name are left alone; with `update` false, so are those it does. Raises `Refused`.
    """
    if not isinstance(given, list) or not given or len(given) > MOST_ENTRIES:
        raise Refused(_("The file must be a list of 1 to %d entries.") % MOST_ENTRIES)
    known = {plain_words(row.forms[0]): row for row in VocabularyEntry.objects.all()}
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    for number, each in enumerate(given, start=1):
        values = _checked(each, number)
        first = plain_words(values["words"].split("\n")[0])
        row = known.get(first)
        if row and (not update or _says(row, values)):
            counts["unchanged"] += 1
            continue
        counts["updated" if row else "added"] += 1
        known[first] = _saved(row or VocabularyEntry(), values, number, by=by)
    if dry_run:
        transaction.set_rollback(True)
    return ImportCounts(**counts)


def _says(row: VocabularyEntry, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _saved(
    row: VocabularyEntry, values: dict[str, Any], number: int, *, by: Member | None
) -> VocabularyEntry:
    for name, value in values.items():
        setattr(row, name, value)
    try:
        return save_taught(row, by=by)
    except ValidationError as error:
        raise Refused(_named(number, values["words"], " ".join(error.messages))) from error


def _checked(given: Any, number: int) -> dict[str, Any]:
    """Return what an entry says, or raise `Refused` for what is not of its kind."""
    if not isinstance(given, dict) or "words" not in given:
        raise Refused(_named(number, "", _("It needs “words”, a list of forms.")))
    words = given["words"]
    if unknown := [_told(name) for name in given if name not in KEYS]:
        message = _("It says “%(unknown)s”; an entry says only %(known)s.")
        told = message % {"unknown": ", ".join(unknown[:3]), "known": ", ".join(KEYS)}
        raise Refused(_named(number, words, told))
    for name, kind in KEYS.items():
        if name in given and not isinstance(given[name], kind):
            message = _("“%(name)s” must be %(kind)s.")
            told = message % {"name": name, "kind": _kind(kind)}
            raise Refused(_named(number, words, told))
    if wrong := [form for form in words if not isinstance(form, str) or "\n" in form]:
        message = _("“%s” must be a text of one line: put quotation marks round it.")
        message %= _told(wrong[0])
        raise Refused(_named(number, words, message))
    return {
        "words": "\n".join(" ".join(form.split()) for form in words),
        "meaning": " ".join(given.get("meaning", "").split()),
        "source": given.get("source", "").strip(),
        "both_ways": given.get("both_ways", True),
    }


def _kind(kind: type) -> str:
    return {list: _("a list"), str: _("a text"), bool: _("true or false")}[kind]


def _told(value: Any) -> str:
    """Return the beginning of a value, and of a list or mapping, however deep, only its kind."""
    if isinstance(value, int) and value.bit_length() > TOLD:
        return _("a long number")
    if value is None or isinstance(value, str | int | float | datetime.date):
        return str(value)[:TOLD]
    return type(value).__name__


def _named(number: int, words: Any, message: str) -> str:
    """Return a message with the entry's number and its first word."""
    first = words[0] if words and isinstance(words, list) else words
    return _("Entry %(number)d (%(first)s): %(message)s Nothing was imported.") % {
        "number": number,
        "first": _told(first).split("\n")[0][:40] or "…",
        "message": message,
    }
