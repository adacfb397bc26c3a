"""The columns that a spreadsheet may have, and how their cells are read.

A column is known by its field's name or by its label, in any case and with any spacing.
"""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ground.sheets.spreadsheets import ERRORS, Row, day_of

YEAR = re.compile(r"\d{4}")
THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
PLAIN = re.compile(r"-?\d+(\.\d+)?")


class Column(NamedTuple):
    """A column: its field, its heading, what belongs in it, an example, and whether it is needed.

    `needed` is "always", "live" (to go live, not to be imported) or "" for neither.
    """

    name: str
    label: str | Promise
    meaning: str | Promise
    example: str
    needed: str = ""
    also: tuple[str, ...] = ()  # other headings by which it is known

    def headings(self) -> set[str]:
        """Return what the column may be called, as `plain_heading` gives it."""
        return {plain_heading(each) for each in (self.name, str(self.label), *self.also)}


CARD_COLUMNS = (
    Column(
        "title",
        gettext_lazy("Title"),
        gettext_lazy("What the card is called: a few words."),
        "The quorum of a company’s meeting",
        needed="always",
    ),
    Column(
        "slug",
        gettext_lazy("Address"),
        gettext_lazy("Small letters, digits and hyphens. Left empty, it is made from the title."),
        "quorum-of-a-company",
        also=("slug",),
    ),
    Column(
        "statement",
        gettext_lazy("Claim"),
        gettext_lazy("The claim in one sentence of at most 200 characters."),
        "At a company’s general meeting two qualifying persons are in general a quorum, unless the "
        "articles say otherwise; in a company with only one member, one is.",
        needed="always",
        also=("statement",),
    ),
    Column(
        "kind",
        gettext_lazy("Kind"),
        gettext_lazy("“law”, or “computed” for what was worked out from data."),
        "law",
        needed="always",
    ),
    Column(
        "figure",
        gettext_lazy("Figure"),
        gettext_lazy("The number as it is read, such as 650 or 20.3%."),
        "2",
    ),
    Column("unit", gettext_lazy("Unit"), gettext_lazy("What the figure counts."), "persons"),
    Column(
        "period", gettext_lazy("Period"), gettext_lazy("Such as 2024, or April to June 2025."), ""
    ),
    Column("place", gettext_lazy("Place"), gettext_lazy("Where it holds."), "United Kingdom"),
    Column(
        "detail",
        gettext_lazy("Detail"),
        gettext_lazy("More about it, in paragraphs."),
        "A quorum is the smallest number of people who must be present.",
    ),
    Column(
        "does_not_show",
        gettext_lazy("What it does not show"),
        gettext_lazy("What somebody might wrongly read into it."),
        "The quorum of a local party, which comes from its own rules.",
        also=("what it does not mean",),
    ),
    Column(
        "source_name",
        gettext_lazy("Publisher"),
        gettext_lazy("Who published the source."),
        "legislation.gov.uk (The National Archives)",
        needed="live",
        also=("source", "source publisher"),
    ),
    Column(
        "citation",
        gettext_lazy("Source title"),
        gettext_lazy("The section of the Act, or the table used."),
        "Companies Act 2006, section 318",
        needed="live",
        also=("title of the source",),
    ),
    Column(
        "source_url",
        gettext_lazy("Source address"),
        gettext_lazy("Where the source is read, from https:// on."),
        "https://www.legislation.gov.uk/ukpga/2006/46/section/318",
        needed="live",
        also=("source’s address", "url", "link"),
    ),
    Column(
        "source_published",
        gettext_lazy("Published"),
        gettext_lazy("The day on which the source was published."),
        "2006-11-08",
    ),
    Column(
        "source_accessed",
        gettext_lazy("Accessed"),
        gettext_lazy("The day on which you read the source."),
        "2026-06-30",
    ),
    Column(
        "source_licence",
        gettext_lazy("Licence"),
        gettext_lazy("On what terms the source may be used."),
        "Open Government Licence v3.0",
    ),
    Column(
        "as_at",
        gettext_lazy("As at"),
        gettext_lazy("The day on which it was true: 2026-06-30, 30/06/2026 or 30 June 2026."),
        "2026-06-30",
        needed="live",
    ),
    Column(
        "review_by",
        gettext_lazy("Review by"),
        gettext_lazy("The day by which somebody looks at it again."),
        "2027-06-29",
        needed="live",
    ),
    Column(
        "audience",
        gettext_lazy("Who may read it"),
        gettext_lazy("“members”, or “anyone” who has its address. Left empty: members."),
        "members",
    ),
    Column(
        "topics",
        gettext_lazy("Topics"),
        gettext_lazy("With semicolons or commas between them."),
        "Meetings; Companies",
    ),
)
VALUE_COLUMNS = (
    Column(
        "period",
        gettext_lazy("Period"),
        gettext_lazy("Such as 2024, or April to June 2025."),
        "2024",
        needed="always",
        also=("year",),
    ),
    Column(
        "starts_on",
        gettext_lazy("Period begins"),
        gettext_lazy("The period’s first day. May be left empty where the period is a year."),
        "2024-01-01",
    ),
    Column(
        "place",
        gettext_lazy("Place"),
        gettext_lazy("The region, nation or constituency; empty for the whole."),
        "Wales",
    ),
    Column(
        "place_code",
        gettext_lazy("Place code"),
        gettext_lazy("Its code, by which constituencies are found in their regions."),
        "W92000004",
        also=("code", "ons code"),
    ),
    Column(
        "value",
        gettext_lazy("Value"),
        gettext_lazy("A number; commas may stand between its thousands."),
        "32",
        needed="always",
    ),
)


class Headings(NamedTuple):
    """What a sheet's first row says: the columns in their places, and a sentence for each fault."""

    columns: list[Column | None]
    problems: list[str]


def plain_heading(text: str) -> str:
    """Return a heading without case, spacing and marks, to compare it."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def read_headings(row: Row, known: Sequence[Column]) -> Headings:
    """Return which columns a sheet has. Those not known are left out, and said to be."""
    columns: list[Column | None] = []
    problems = []
    for text in row.cells:
        heading = plain_heading(text)
        column = next((each for each in known if heading and heading in each.headings()), None)
        if column in columns and column is not None:
            problems.append(
                _("The column “%(name)s” is there twice; the first counts.") % {"name": text}
            )
            column = None
        elif column is None and text:
            problems.append(
                _("The column “%(name)s” is not known, so its cells were not read.")
                % {"name": text}
            )
        columns.append(column)
    problems += [
        _("The column “%(name)s” is missing.") % {"name": column.label}
        for column in known
        if column.needed == "always" and column not in columns
    ]
    return Headings(columns, problems)


def read_cells(row: Row, columns: Sequence[Column | None]) -> tuple[dict[str, str], list[str]]:
    """Return a row's cells by field, and a sentence for each that a program left as an error."""
    values, problems = {}, []
    for column, text in zip(columns, row.cells, strict=False):
        if column is None:
            continue
        if text.upper() in ERRORS:
            problems.append(
                _("%(column)s: the cell says %(text)s; its formula did not work out.")
                % {"column": column.label, "text": text}
            )
            continue
        values[column.name] = text
    return values, problems


def read_day(text: str, label: Any, problems: list[str]) -> datetime.date | None:
    """Return a cell's day; where it is none, None and one problem more."""
    if not text:
        return None
    try:
        return day_of(text)
    except ValueError:
        problems.append(
            _("%(column)s: “%(text)s” is no day. Write it as 2026-06-30 or 30/06/2026.")
            % {"column": label, "text": text[:40]}
        )
        return None


def read_number(text: str, label: Any, problems: list[str]) -> Decimal | None:
    """Return a cell's number; where it is none, None and one problem more."""
    plain = text.replace("\u2212", "-").replace("\u00a0", "").replace(" ", "")
    if THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if PLAIN.fullmatch(plain):
        return Decimal(plain)
    problems.append(
        _("%(column)s: “%(text)s” is no number.") % {"column": label, "text": text[:40]}
        if text
        else _("%(column)s: the cell is empty.") % {"column": label}
    )
    return None
