"""Fact cards in a sheet: its columns, and what is wrong with a row of it."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ground.sheets.columns import Column, Record, column_of, labelled, read_texts
from library.facts.models import FactCard
from library.facts.models.versions import TOPICS


class TopicsField(forms.Field):
    """The names of topics, with semicolons or commas between them."""

    def to_python(self, value: Any) -> list[str]:
        names = (name.strip() for name in re.split("[;,]", value or ""))
        return list(dict.fromkeys(filter(None, names)))

    def validate(self, value: list[str]) -> None:
        for name in value:
            if len(name) > 100:
                raise ValidationError(
                    _("“%(name)s” is longer than 100 characters.") % {"name": f"{name[:40]}…"}
                )


EXAMPLES = {
    "title": "The quorum of a company’s meeting",
    "slug": "quorum-of-a-company",
    "statement": "At a company’s general meeting two qualifying persons are in general a quorum, "
    "unless the articles say otherwise; in a company with only one member, one is.",
    "kind": "law",
    "figure": "2",
    "unit": "persons",
    "period": "",
    "place": "United Kingdom",
    "detail": "A quorum is the fewest people who must be present.",
    "does_not_show": "The quorum of a local party, which comes from its own rules.",
    "source_name": "legislation.gov.uk (The National Archives)",
    "citation": "Companies Act 2006, section 318",
    "source_url": "https://www.legislation.gov.uk/ukpga/2006/46/section/318",
    "source_published": "2006-11-08",
    "source_accessed": "2026-06-30",
    "source_licence": "Open Government Licence v3.0",
    "as_at": "2026-06-30",
    "review_by": "2027-06-29",
    "audience": "members",
}
OTHERWISE: dict[str, dict[str, Any]] = {  # than the card's own fields say
    "slug": {"required": False, "help_text": gettext_lazy("Leave it empty to use the title.")},
    "statement": {"aliases": ("claim",)},
    "kind": {"help_text": gettext_lazy("“law”, or “computed” from data.")},
    "source_name": {"aliases": ("source", "source publisher")},
    "citation": {"aliases": ("source title",)},
    "source_url": {"aliases": ("source address", "url", "link"), "assume_scheme": "https"},
    "audience": {
        "required": False,
        "help_text": gettext_lazy("“members”, or “anyone” with its address. Empty means members."),
    },
}
CARD_COLUMNS = (
    *(
        column_of(FactCard, name, example, **OTHERWISE.get(name, {}))
        for name, example in EXAMPLES.items()
    ),
    Column(
        TOPICS,
        TopicsField(
            label=gettext_lazy("Topics"),
            required=False,
            help_text=gettext_lazy("Separate them with semicolons or commas."),
        ),
        "Meetings; Companies",
    ),
)
LABELS = {column.name: column.label for column in CARD_COLUMNS}


def judge_cards(records: Sequence[Record]) -> list[str]:
    """Note every problem of some rows in them; return a remark for each, or ""."""
    for record in records:
        _complete(record)
    for name in ("slug", "statement"):
        _note_repeated(records, name)
    _note_existing(records)
    return [_remark(record) for record in records]


def card_from(values: dict[str, Any]) -> FactCard:
    """Return the card, not saved, that the values of a row describe."""
    return FactCard(**{name: each for name, each in values.items() if each and name != TOPICS})


def card_of(texts: dict[str, str]) -> tuple[FactCard, list[str]]:
    """Return the card, not saved, that the cells of a row describe, and its topics."""
    values, _problems = read_texts(texts, CARD_COLUMNS)
    return card_from(values), values[TOPICS]


def _complete(record: Record) -> None:
    """Make the address from the title where there is none, and check what takes several cells."""
    values = record.values
    if values.get("slug") == "" and values.get("title"):
        values["slug"] = record.texts["slug"] = slugify(values["title"])[:80].strip("-")
        if not values["slug"]:
            record.problems += labelled(LABELS["slug"], [_("the cell is empty.")])
    try:
        card_from(values).clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            record.problems += labelled(LABELS[name], messages)


def _note_repeated(records: Sequence[Record], name: str) -> None:
    """Say of each row whether an earlier one has the same in a column."""
    first: dict[str, int] = {}
    for record in records:
        text = record.values.get(name, "").lower()
        if text and text in first:
            same = _("row %(number)d has the same.") % {"number": first[text]}
            record.problems += labelled(LABELS[name], [same])
        first.setdefault(text, record.number)


def _note_existing(records: Sequence[Record]) -> None:
    """Say of each row whether there is such a card already, and in what it would differ."""
    slugs = [record.values.get("slug", "") for record in records]
    existing = {card.slug: card for card in FactCard.objects.filter(slug__in=slugs)}
    for record in records:
        card = existing.get(record.values.get("slug", ""))
        if card is None:
            continue
        state = {"state": card.get_state_display().lower()}
        record.problems.append(
            _("There is a card at this address (%(state)s). Edit it in the admin instead.") % state
        )
        for name in [name for name in record.texts if name not in ("slug", TOPICS)]:
            if name in record.values and record.values[name] != getattr(card, name):
                both = {"there": card.as_text(name), "here": record.texts[name]}
                says = _("the card says “%(there)s”, this row “%(here)s”.") % both
                record.problems += labelled(LABELS[name], [says])


def _remark(record: Record) -> str:
    missing = [] if record.problems else card_from(record.values).missing()
    if not missing:
        return ""
    return _("Before it can go live, add %(missing)s.") % {"missing": ", ".join(missing)}
