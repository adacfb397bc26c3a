"""From a spreadsheet's rows to fact cards, with a sentence for each problem."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ground.sheets.spreadsheets import Row
from library.facts.actions.sheet_columns import (
    CARD_COLUMNS,
    Column,
    plain_heading,
    read_cells,
    read_day,
)
from library.facts.models import FactCard

LABELS = {column.name: column.label for column in CARD_COLUMNS}
DAYS = ("source_published", "source_accessed", "as_at", "review_by")
CHOICES = {"kind": FactCard.Kind, "audience": FactCard.Audience}
TOPICS = "topics"


def card_rows(rows: Iterable[Row], columns: Sequence[Column | None]) -> list[dict[str, Any]]:
    """Return the rows of a `FactSheet`: each with its values, and why it could not be a card."""
    found = [_card_row(row, columns) for row in rows]
    _note_repeated(found)
    _note_existing(found)
    return found


def card_from(values: dict[str, str]) -> FactCard:
    """Return the card, not saved, that a sound row describes."""
    days = {name: read_day(values[name], "", []) for name in DAYS if name in values}
    rest = {name: text for name, text in values.items() if name != TOPICS and name not in days}
    return FactCard(**rest, **days)


def topics_from(values: dict[str, str]) -> list[str]:
    """Return the names of a row's topics."""
    names = values.get(TOPICS, "").replace(";", ",").split(",")
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def _card_row(row: Row, columns: Sequence[Column | None]) -> dict[str, Any]:
    values, problems = read_cells(row, columns)
    for name in DAYS:
        if day := read_day(values.get(name, ""), LABELS[name], problems):
            values[name] = day.isoformat()
        else:
            values.pop(name, None)
    for name, choices in CHOICES.items():
        _choose(values, name, choices, problems)
    values["slug"] = values.get("slug") or slugify(values.get("title", ""))[:80].strip("-")
    problems += _faults(values, told={name for name in CHOICES if name not in values})
    problems += [
        _("%(column)s: “%(name)s” is longer than 100 characters.")
        % {"column": LABELS[TOPICS], "name": f"{name[:40]}…"}
        for name in topics_from(values)
        if len(name) > 100
    ]
    slug = values["slug"]
    return {"row": row.number, "values": values, "problems": problems, "slug": slug}


def _choose(values: dict[str, str], name: str, choices: Any, problems: list[str]) -> None:
    """Replace a choice's label by its value; one that is not known becomes a problem."""
    text = values.pop(name, "")
    meant = {
        plain_heading(str(word)): each.value for each in choices for word in (each, each.label)
    }
    if chosen := meant.get(plain_heading(text)):
        values[name] = chosen
    elif text:
        problems.append(
            _("%(column)s: “%(text)s” is not one of %(choices)s.")
            % {
                "column": LABELS[name],
                "text": text[:40],
                "choices": ", ".join(f"“{each.value}”" for each in choices),
            }
        )
    elif name == "audience":
        values[name] = FactCard.Audience.MEMBERS.value
    else:
        problems.append(_("%(column)s: the cell is empty.") % {"column": LABELS[name]})


def _faults(values: dict[str, str], *, told: set[str]) -> list[str]:
    """Return what a card of these values would be refused for, without asking the database."""
    card, errors = card_from(values), {}
    try:
        card.clean_fields(exclude={"owner", "series", "superseded_by", *told})
    except ValidationError as error:
        errors = error.message_dict
    try:
        card.clean()
    except ValidationError as error:
        errors = {**error.message_dict, **errors}
    return [
        f"{LABELS.get(name, name)}: {_sentence(values.get(name, ''), message)}"
        for name, messages in errors.items()
        for message in messages
    ]


def _sentence(text: str, message: str) -> str:
    return message[0].lower() + message[1:] if text else _("the cell is empty.")


def _note_repeated(rows: list[dict[str, Any]]) -> None:
    """Say of each row whether an earlier one has its address, or makes the same claim."""
    for name in ("slug", "statement"):
        first: dict[str, int] = {}
        for row in rows:
            text = row["values"].get(name, "").lower()
            if text and text in first:
                row["problems"].append(
                    _("%(column)s: row %(number)d has the same.")
                    % {"column": LABELS[name], "number": first[text]}
                )
            first.setdefault(text, row["row"])


def _note_existing(rows: list[dict[str, Any]]) -> None:
    """Say of each row whether there is such a card already, and in what it would differ."""
    cards = FactCard.objects.filter(slug__in=[row["slug"] for row in rows])
    existing = {card.slug: card for card in cards}
    for row in rows:
        if card := existing.get(row["slug"]):
            row["problems"] += _differences(card, row["values"])


def _differences(card: FactCard, values: dict[str, str]) -> list[str]:
    found = [
        _(
            "There is a card at this address already (%(state)s). It is kept as it is; change it"
            " in the admin."
        )
        % {"state": card.get_state_display().lower()}
    ]
    for column in CARD_COLUMNS:
        if column.name in (TOPICS, "slug") or column.name not in values:
            continue
        here = values[column.name]
        there = card.as_text(column.name)
        if here != there:
            found.append(
                _("%(column)s: the card says “%(there)s”, this row “%(here)s”.")
                % {"column": column.label, "there": there, "here": here}
            )
    return found
