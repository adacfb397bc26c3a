"""A second edition of the sample book, with a change of every kind in it."""

import datetime

from library.rules.models import Edition, Provision
from tests.library.conftest import BOOK, make_edition

SECOND_FROM = datetime.date(2022, 1, 1)
SECOND = (
    BOOK.replace("The quorum is ten members.", "The quorum is twelve members.")
    .replace("### Clause IV — The log", "### Clause V — The log")
    .replace("1. Argue about ideas.", "1. Argue about ideas.\n2. Read what others wrote first.")
    .replace("    i. of a child.\n", "")
)


def make_second(first: Edition, text: str = SECOND, **fields) -> Edition:
    """Return the edition after the first, published unless told otherwise."""
    fields = {"label": "Second edition", "in_force_from": SECOND_FROM, **fields}
    return make_edition(first.work, text, **fields)


def at(edition: Edition, citation: str) -> Provision:
    """Return what an edition has under a citation."""
    return edition.provisions.select_related("edition__work").get(citation=citation)
