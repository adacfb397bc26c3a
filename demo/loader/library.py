"""Loads the sample rule book, the model standing order, the fact cards and the series."""

import csv
import datetime
from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone

from demo.loader import CONTENT, DEMO, read
from ground.sheets.spreadsheets import csv_lines
from library.facts.actions.facts import save_fact
from library.facts.actions.lifecycle import publish_fact
from library.facts.actions.series import publish_series, save_series
from library.facts.actions.sheets import import_sheet, read_sheet
from library.facts.models import FactCard, Series
from library.rules.actions.drafts import import_edition
from library.rules.actions.lineage import confirm_lineage
from library.rules.actions.publication import publish_edition
from library.rules.actions.works import save_work
from library.rules.models import Work
from library.rules.rulebooks.formats import read_file
from party.models import Member

EDITION = "2026 sample"
IN_FORCE = datetime.date(2026, 1, 1)
EDITIONS = {  # of each file: its label, and since when it is in force
    "rulebook-2025.md": ("2025 sample", datetime.date(2025, 1, 1)),
    "rulebook.md": (EDITION, IN_FORCE),
    "standing-orders.md": (EDITION, IN_FORCE),
}
WORKS = (
    ("sample", "Sample Rule Book", Work.Kind.RULE_BOOK, ("rulebook-2025.md", "rulebook.md")),
    (
        "standing-orders",
        "Model standing order",
        Work.Kind.STANDING_ORDERS,
        ("standing-orders.md",),
    ),
)


def constituencies() -> list[dict[str, str]]:
    """Return the rows of the reference data."""
    with (DEMO / "data" / "constituencies.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def load() -> None:
    now = timezone.now()
    for slug, title, kind, files in WORKS:
        if not Work.objects.filter(slug=slug).exists():
            load_work(slug, title, kind, files, now)
    existing = set(Series.objects.values_list("slug", flat=True))
    for series in read("series.yaml"):
        if series["slug"] not in existing:
            load_series(series, now)
    known = set(FactCard.objects.values_list("slug", flat=True))
    for card in read("facts.yaml"):
        if card["slug"] not in known:
            load_fact(card, now)


@transaction.atomic
def load_work(
    slug: str, title: str, kind: str, files: tuple[str, ...], now: datetime.datetime
) -> None:
    work = save_work(Work(slug=slug, title=title, kind=kind, sample=True), by=None, now=now)
    for file in files:
        load_edition(work, file, now)


def load_edition(work: Work, file: str, now: datetime.datetime) -> None:
    reading = read_file(CONTENT / file, name=file)
    if reading.left_out or reading.warnings:
        raise SystemExit(f"{file}: {reading.left_out} {reading.warnings}")
    label, in_force_from = EDITIONS[file]
    edition = import_edition(
        work=work,
        label=label,
        in_force_from=in_force_from,
        tree=reading.tree,
        introduction=reading.introduction,
        by=None,
        now=now,
    )
    confirm_lineage(edition, by=None, now=now)
    publish_edition(edition, by=None, now=now)


def load_fact(given: dict[str, Any], now: datetime.datetime) -> None:
    card = {**given, "owner": keeper()}
    topics = [topic.replace("-", " ").capitalize() for topic in card.pop("topics", [])]
    wanted = {key: card.pop(key, "") for key in ("compute", "region", "nation")}
    if wanted["compute"]:
        counted = computed(wanted)
        for name in ("statement", "detail", "figure", "place"):
            card[name] = card[name].format(**counted)
    if series := card.pop("series", ""):
        card["series"] = Series.objects.get(slug=series)
    saved = save_fact(FactCard(**card), topics=topics, by=None, now=now)
    publish_fact(saved, by=None, now=now)


@transaction.atomic
def load_series(given: dict[str, Any], now: datetime.datetime) -> None:
    """Publish a series of counts, by way of the same sheet of values that an editor would give."""
    fields = {**given, "owner": keeper()}
    by = fields.pop("compute")
    counts = Counter(row[by] for row in constituencies())
    series = save_series(Series(**fields), by=None, now=now)
    rows = [("period", "place", "value"), *(("2024", *each) for each in sorted(counts.items()))]
    data = "".join(csv_lines(rows)).encode()
    sheet = read_sheet(data, file_name="constituencies.csv", series=series, by=keeper(), now=now)
    import_sheet(sheet, by=keeper(), now=now)
    publish_series(series, by=None, now=now)


def keeper() -> Member:
    """Return who keeps the demonstration's facts: its author."""
    return Member.objects.get(email="author@demo.example")


def computed(wanted: dict[str, str]) -> dict[str, Any]:
    """Return the figures of a computed card, counted from the reference data."""
    rows = constituencies()
    regions, nations = Counter(r["region"] for r in rows), Counter(r["nation"] for r in rows)
    region, nation = wanted["region"], wanted["nation"]
    if wanted["compute"] == "regions_by_size":
        region = regions.most_common(1)[0][0]
    count = {
        "constituencies_total": len(rows),
        "constituencies_in_nation": nations[nation],
    }.get(wanted["compute"], regions[region])
    return {
        "count": count,
        "total": len(rows),
        "region": region,
        "nation": nation,
        "share": f"{100 * count / len(rows):.1f}",
    }
